import { boundOf } from '../../numbers/estimate.ts';
import { howMany } from '../../support/howMany.ts';
import type { DeepSimulation } from '../networks/index.ts';
import type { Evidence } from './evidence.ts';
import { LEAST_RUNS } from './options.ts';
import type { DeepDeviationTest, DeepVerdict } from './types.ts';

/** Why networks cannot be held against theory; undefined if they can. */
export function troubleOf(
  simulations: readonly DeepSimulation[],
  rates: readonly number[],
  by: DeepVerdict['by'],
): string | undefined {
  for (const [k, { perRun, failed, runs, settings }] of simulations.entries()) {
    const at = `at the learning rate ${rates[k]}`;
    if (failed.length > 0)
      return `${failed.length} of ${howMany(settings.runs, 'run')} ${at} failed, and those that did not may be a choice: ${failed[0].reason}`;
    const diverged = perRun.length - runs;
    if (diverged > 0)
      return `${diverged} of ${howMany(perRun.length, 'network')} ${at} diverged, whose steps are too large to be compared with theory; use a smaller learning rate`;
    if (by === 'chance' && runs < LEAST_RUNS)
      return `${howMany(runs, 'run')} ${at} ${runs === 1 ? 'is' : 'are'} too few to know a standard error; use ${LEAST_RUNS} or more`;
  }
  return undefined;
}

/**
 * Whether theory and networks agree. By chance: the tests are strongly correlated, so their probabilities are only added
 * (Bonferroni), for all tests that were planned, as whichever times are left out is the networks' doing. By bounds: what is
 * left must be within what higher orders and rounding explain.
 */
export function judge(
  { tests, planned, untested, ratios }: Evidence,
  level: number,
  by: DeepVerdict['by'],
  times: readonly number[],
): DeepVerdict {
  const worst = tests.reduce<DeepDeviationTest | null>(
    (most, test) => (most === null || farther(test, most) ? test : most),
    null,
  );
  const p = by === 'chance' && worst !== null ? Math.min(1, planned * worst.p) : null;
  const found = {
    by,
    p,
    level,
    tests: planned,
    bound: by === 'bounds' || planned === 0 ? 1 : boundOf(level / planned),
    worst,
    ratios,
    untested,
  };
  const later = times.filter((t) => t > 0).length;
  if (worst === null)
    return {
      agrees: null,
      ...found,
      message: `undecided: ${later === 0 ? 'at time 0 nothing has been learned; ask for later times' : `at no time do the networks' deviations expand in the learning rate; ${WHAT_HELPS}`}`,
    };
  const agrees = p === null ? Math.abs(worst.z) <= 1 : p >= level;
  if (agrees && untested.length > later / 2)
    return {
      agrees: null,
      ...found,
      message: `undecided: nothing found, but ${untested.length} of ${howMany(later, 'time')} after time 0 could not be tested, as there the networks' deviations do not expand in the learning rate; ${WHAT_HELPS}`,
    };
  return { agrees, ...found, message: sentence(worst, found, agrees) };
}

const WHAT_HELPS = 'use a smaller one, or later times';

const shareOf = ({ deviation, error, bound }: DeepDeviationTest): number =>
  deviation === 0 ? 0 : Math.abs(deviation) / (error + bound);

/** By chance, the less likely one; of equally likely ones, and by bounds, the one farthest for its error and bound. */
const farther = (one: DeepDeviationTest, other: DeepDeviationTest): boolean =>
  one.p < other.p || (!(one.p > other.p) && shareOf(one) > shareOf(other));

function sentence(
  { observable, time, deviation, error, bound, z }: DeepDeviationTest,
  { p, tests, level, ratios, untested }: Omit<DeepVerdict, 'agrees' | 'message'>,
  agrees: boolean,
): string {
  const left = `${observable} at t = ${Number(time.toPrecision(6))}: its deviation extrapolated to η → 0 is ${deviation.toPrecision(3)}`;
  const fall = ratios.some(Number.isNaN)
    ? ''
    : `; deviations at η, η/2 and η/4 fall by ${ratios.map((r) => r.toFixed(2)).join(' and ')} (medians)`;
  const out = untested.length > 0 ? `, ${untested.length} of the times left untested` : '';
  const within =
    p === null
      ? `of which higher orders in η and rounding explain ${(bound + error).toPrecision(2)}${fall}; ${howMany(tests, 'number')} compared, all examples in each step, nothing left to chance${out}`
      : `${Math.abs(z).toPrecision(3)} standard errors beyond what higher orders in η explain (${bound.toPrecision(2)})${fall}; p = ${p.toPrecision(2)} after correction for ${howMany(tests, 'test')} (Student's t, Bonferroni), level ${level}${out}`;
  const far = `${left}, ${within}`;
  return agrees
    ? `theory and networks agree; the largest deviation is ${far}`
    : `theory and networks do not agree: ${far}`;
}

/** The verdict where networks cannot be held against theory. */
export const undecided = (
  why: string,
  level: number,
  by: DeepVerdict['by'],
  evidence: Pick<Evidence, 'planned' | 'untested' | 'ratios'>,
): DeepVerdict => ({
  agrees: null,
  by,
  p: null,
  level,
  tests: evidence.planned,
  bound: by === 'bounds' || evidence.planned === 0 ? 1 : boundOf(level / evidence.planned),
  worst: null,
  ratios: evidence.ratios,
  untested: evidence.untested,
  message: `undecided: ${why}`,
});
