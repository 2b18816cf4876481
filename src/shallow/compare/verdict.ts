import { boundOf, combine, type Estimate, pValue, zOf } from '../../numbers/estimate.ts';
import { howMany } from '../../support/howMany.ts';
import type { Run } from '../students/index.ts';
import type { FitsAtTime } from './scaling.ts';
import type { DeviationTest, Verdict } from './types.ts';

export interface Evidence {
  alpha: readonly number[];
  /** The observables' names. */
  names: readonly string[];
  N: number;
  /** Mean − theory at this N; a row for each time, as in `fits`. */
  deviations: readonly Estimate[][];
  /** Curves through other sizes; none without scaling. */
  fits?: readonly FitsAtTime[];
}

/** Every number that should be 0, with the probability of a deviation at least as large. */
export function testsOf({ alpha, names, N, deviations, fits }: Evidence): DeviationTest[] {
  const describe = (of: DeviationTest['of'], t: number, i: number, x: Estimate): DeviationTest => ({
    of,
    observable: names[i],
    alpha: alpha[t],
    deviation: x.value,
    error: Math.sqrt(x.variance),
    z: zOf(x),
    p: pValue(x),
  });
  return deviations.flatMap((row, t) => {
    if (fits?.[t].expands === false) return [];
    return row.flatMap((deviation, i) => {
      const fit = fits?.[t].fits[i];
      if (!fit) return [describe('mean', t, i, deviation)];
      const corrected = combine([
        [1, deviation],
        [-1, fit.rise(1 / N)],
      ]);
      const bias = fit.rise(1 / N).value;
      return [{ ...describe('mean', t, i, corrected), bias }, describe('limit', t, i, fit.coefficients[0])];
    });
  });
}

/** How much of what was asked for the tests reach. */
export interface Reach {
  times: readonly number[];
  untested: number[];
  /** How many tests would have been made if no student had a say in it: with none of these times left out. */
  planned: number;
  /** Why times are left out: the message where nothing is left, and the one where too little is. */
  because: { all: string; most: string };
  /** The bias of a finite N is so poorly known that, with it subtracted, the means say next to nothing. */
  blunt?: boolean;
}

/** Times are left out by the finite-size scaling. */
export const NO_ROOT: Reach['because'] = {
  all: 'at no time do the students spread as 1/√N, so no mean can be compared with theory; ask for other times',
  most: 'as the spread of the students there does not fall as 1/√N; ask for other times, or lower the learning rate',
};

/** The earliest time from which a student is renumbered, as it ends in another minimum than theory. */
export const partedFrom = (perRun: readonly Run[]): number =>
  perRun.reduce(
    (first, { renumbered }) => Math.min(first, renumbered?.from ?? first),
    Number.POSITIVE_INFINITY,
  );

/** Times are left out because students went to several equivalent minima, and perhaps by the scaling too. */
export const SEVERAL_MINIMA: Reach['because'] = {
  all: 'at every time the students are on their way to several equivalent minima, so that no mean of them is a curve of theory; ask for earlier times',
  most: 'as students ended in several equivalent minima, so that from the plateau on no mean of them is a curve of theory; ask for earlier times, or start with more asymmetry',
};

/** Why the tests alone do not decide. */
export interface Trouble {
  agrees: false | null;
  why: string;
}

/** That some of all runs failed. */
export const lost = (failed: number, all: number): Trouble | undefined =>
  failed > 0
    ? {
        agrees: null,
        why: `undecided: ${failed} of ${all} runs failed, and those that did not may be a choice; try again with fewer threads`,
      }
    : undefined;

/** That students diverged, where theory does not. */
export function divergence(perRun: readonly Run[]): Trouble | undefined {
  const diverged = perRun.filter((run) => run.diverged !== undefined).length;
  if (diverged === 0) return undefined;
  return {
    agrees: false,
    why: `theory and students do not agree: ${diverged} of ${perRun.length} students diverged and theory does not; lower the learning rate, or raise N`,
  };
}

/**
 * Whether theory and students agree. The tests are strongly correlated (a run that is ahead at one time is ahead at the
 * next), so their probabilities are only added (Bonferroni), which holds for any correlation: a right theory is found
 * wrong with a probability of at most `level`. This is the first step of Holm's procedure, and it alone decides whether
 * there is a deviation anywhere. They are multiplied by the number of tests planned, not by that of the tests made: the
 * students decide which times are left out, and a number that depends on them holds no level.
 *
 * `untested` are those of the `times` that are left out; `trouble` says why the tests alone do not decide. At α = 0
 * students are what the problem says, which is no evidence for theory; neither are tests at a few times of many.
 */
export function judge(
  tests: readonly DeviationTest[],
  level: number,
  { times, untested, planned, because, blunt = false }: Reach,
  trouble?: Trouble,
): Verdict {
  const worst = tests.reduce<DeviationTest | null>(
    (least, test) => (least && least.p <= test.p ? least : test),
    null,
  );
  const p = worst && !Number.isNaN(worst.p) ? Math.min(1, planned * worst.p) : null;
  const found = { p, level, tests: planned, bound: boundOf(level / planned), worst, untested };
  if (trouble) return { agrees: trouble.agrees, ...found, message: trouble.why };
  if (worst === null || p === null) return { agrees: null, ...found, message: `undecided: ${because.all}` };
  const later = times.filter((alpha) => alpha > 0).length;
  if (p >= level && (later === 0 || untested.length > later / 2))
    return {
      agrees: null,
      ...found,
      message:
        later === 0
          ? 'undecided: at alpha = 0 nothing has been learned; ask for later times'
          : `undecided: nothing found, but ${untested.length} of ${later} times after alpha = 0 could not be tested, ${because.most}`,
    };
  if (p >= level && blunt)
    return {
      agrees: null,
      ...found,
      message:
        'undecided: nothing found, but this N is so far below the sizes of the scaling that what is taken off its means is ' +
        'known worse than they are; use a larger N, or no scaling (scalingRuns 0) and no correction',
    };
  const agrees = p >= level;
  return { agrees, ...found, message: sentence(worst, found, p, agrees) };
}

function sentence(
  { of, observable, alpha, deviation, bias, z }: DeviationTest,
  { tests, level, untested }: { tests: number; level: number; untested: number[] },
  p: number,
  agrees: boolean,
): string {
  const difference =
    bias === undefined
      ? 'its mean less theory'
      : `its mean less theory and less the bias ${bias.toPrecision(2)} of this N`;
  const what = of === 'mean' ? difference : 'its deviation extrapolated to N → ∞';
  const far = `${observable} at alpha = ${Number(alpha.toPrecision(6))}: ${what} is ${deviation.toPrecision(3)}, ${Math.abs(z).toPrecision(3)} standard errors`;
  const times = untested.length > 0 ? `, ${untested.length} of the times left untested` : '';
  const chance = `p = ${p.toPrecision(2)} after correction for ${howMany(tests, 'test')} (Student's t, Bonferroni), level ${level}${times}`;
  return agrees
    ? `theory and students agree; the largest deviation is ${far}; ${chance}`
    : `theory and students do not agree: ${far}; ${chance}`;
}
