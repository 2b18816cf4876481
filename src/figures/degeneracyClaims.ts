import { binomialInterval } from '../compare/binomial.ts';
import { type Ended, type Endings, type Latecomers, type LateSizes, MINIMA, SMALL } from './endings.ts';
import type { Claim } from './types.ts';
import { listed, short } from './words.ts';

/*
 * What figure 3c says, and whether the students who were trained bear it out.
 */

export const LEVEL = 0.99;
/** "DFA ends in the best aligned" means that at least this part of those who converged do. */
const MOST = 0.99;
/** A claim about uniform counts is wrong by chance once in a million times. */
const RARE = 1e-6;
/** Two |F_k| this near to each other are a tie: the two best solutions have hardly different overlaps. */
const TIE = 0.02;

/** Standard deviation of the weights at the start: as large as the teacher's. */
export const LARGE = 1;

export const countAt = ({ ended }: Endings, rank: number): number =>
  ended.filter((one) => one.rank === rank).length;

const keptBy = ({ ended }: Endings): number => ended.filter(({ kept }) => kept).length;

const percent = (x: number): string => `${Number((100 * x).toFixed(2))}%`;
const interval = (k: number, n: number): string => {
  const [low, high] = binomialInterval(k, n, LEVEL);
  return `${k} of ${n} (${percent(k / n)}; ${100 * LEVEL}% interval ${percent(low)} to ${percent(high)})`;
};

/** How far |F_1| and |F_2| are apart: at 0 the two best solutions, in which the units are exchanged, have the same overlap. */
const gap = ({ F }: Ended): number => {
  const [small, large] = F.map(Math.abs).sort((a, b) => a - b);
  return 1 - small / large;
};

/** Whether only the order of the units is another, and hardly matters. */
const isTie = (one: Ended): boolean => one.signs && gap(one) <= TIE;

/** Of those who did not end in the best: in which, and whether it is a tie. */
function exceptions(ended: readonly Ended[]): string {
  const others = ended.filter(({ rank }) => rank > 1);
  if (others.length === 0) return '';
  const ties = others.filter(isTie);
  const ends = `solution ${listed([...new Set(others.map(({ rank }) => rank))].sort())}`;
  const clear = others.filter((one) => !isTie(one));
  const told = [
    ...(ties.length === 0
      ? []
      : [
          `${ties.length} with |F₁| and |F₂| within ${percent(Math.max(...ties.map(gap)))} of each other, nearly a tie, which the inputs decide (cos(v, F) of the best is greater by ${short(Math.max(...ties.map(({ behind }) => behind)))} at most)`,
        ]),
    ...(clear.length === 0
      ? []
      : [
          `${clear.length} where it is no tie (|F₁| and |F₂| differ by up to ${percent(Math.max(...clear.map(gap)))})`,
        ]),
  ];
  return ` ${others.length} ended in ${ends} instead: ${listed(told)}.`;
}

export function endsInBest(dfa: Endings): Claim {
  const says = `DFA ends in the solution of greatest overlap with F (here: at least ${percent(MOST)} of the students that converged).`;
  const n = dfa.ended.length;
  if (n === 0) return { by: 'paper', says, holds: 'undecided', found: 'nobody has converged' };
  const best = countAt(dfa, 1);
  const [low, high] = binomialInterval(best, n, LEVEL);
  const most = percent(MOST);
  const sharp =
    low >= MOST
      ? `the whole interval is above ${most}`
      : high < MOST
        ? `the whole interval is below ${most}`
        : `the interval begins below ${most}: these students are consistent with ${most} and more, and do not prove it`;
  return {
    by: 'paper',
    says,
    holds: best / n >= MOST ? 'yes' : 'not as printed',
    found: `${interval(best, n)} of the students that converged; ${sharp}.${exceptions(dfa.ended)} ${dfa.students - n} of ${dfa.students} had not converged and are not counted: a small |F_k| makes DFA slow.`,
  };
}

export function comesLate(
  { early, ended, staying, students }: Latecomers,
  { N, learningRate, alpha }: LateSizes,
): Claim {
  const [then, now] = alpha;
  const best = ended.filter(({ rank }) => rank === 1).length;
  const clear = ended.some((one) => one.rank > 1 && !isTie(one));
  const late = students - early;
  return {
    by: 'alignode',
    says: 'Those who come late end in the solution of greatest overlap too, but for ties: to leave out who has not converged changes nothing.',
    holds: ended.length === 0 ? 'undecided' : clear ? 'no' : 'yes',
    found: `${students} students, N = ${N}, η = ${learningRate}: ${early} have converged at α = ${short(then)}, ${ended.length} of the other ${late} by α = ${short(now)}${ended.length === 0 ? '' : `, in the best aligned solution ${interval(best, ended.length)}`}.${exceptions(ended)} Of the ${early}, ${staying} are in the same solution at α = ${short(now)}.`,
  };
}

export function keepsSigns({ ended }: Endings): Claim {
  const same = ended.filter(({ signs }) => signs).length;
  return {
    by: 'paper',
    says: 'At the end of DFA sgn(v_k) = sgn(F_k).',
    holds: ended.length === 0 ? 'undecided' : same === ended.length ? 'yes' : 'not as printed',
    found: ended.length === 0 ? 'nobody has converged' : interval(same, ended.length),
  };
}

export function spreads(bp: Endings, dfa: Endings): Claim {
  const says = 'BP converges to any one of the solutions, depending on the start.';
  const n = bp.ended.length;
  if (n === 0) return { by: 'paper', says, holds: 'undecided', found: 'nobody has converged' };
  const counts = MINIMA.map((name) => bp.ended.filter(({ minimum }) => minimum === name).length);
  // Exact, for each of the eight: a share of 1/8 in all would be outside of any of them once in a million times.
  const bounds = counts.map((count) => binomialInterval(count, n, 1 - RARE / MINIMA.length));
  const uniform = bounds.every(([low, high]) => low < 1 / MINIMA.length && 1 / MINIMA.length < high);
  const kept = keptBy(bp);
  // One in four would do so by chance.
  const depends = binomialInterval(kept, n, LEVEL)[0] > 1 / 4;
  return {
    by: 'paper',
    says,
    holds: counts.every((count) => count > 0) && uniform && depends ? 'yes' : 'no',
    found: `${listed(MINIMA.map((name, i) => `${counts[i]} in ${name}`))}, of ${n} converged and ${bp.students} in all. (12 +−: unit 1 is unit 1 of the teacher, unit 2 the mirror image of unit 2.) The largest share is ${percent(Math.max(...counts) / n)}; equal shares of 12.5% are ${uniform ? '' : 'not '}within the exact intervals of all eight, which chance would leave once in a million times. ${interval(kept, n)} end with the signs of v of their start, where chance would give 25%${dfa.ended.length === 0 ? '' : `; by DFA, where F decides, ${interval(keptBy(dfa), dfa.ended.length)} do`}.`,
  };
}

export function needsSmallStarts(small: Endings, large: Endings): Claim {
  const says =
    'Ending in the best aligned solution needs small starts: from weights as large as the teacher’s the start decides, in part, which unit takes which of the teacher’s; F decides the signs all the same.';
  const [n, m] = [small.ended.length, large.ended.length];
  if (n === 0 || m === 0) return { by: 'alignode', says, holds: 'undecided', found: 'nobody has converged' };
  const [best, bestOfLarge] = [countAt(small, 1), countAt(large, 1)];
  const apart = binomialInterval(bestOfLarge, m, LEVEL)[1] < binomialInterval(best, n, LEVEL)[0];
  const signs = large.ended.filter((one) => one.signs).length;
  return {
    by: 'alignode',
    says,
    holds: apart ? (signs === m ? 'yes' : 'no') : 'undecided',
    found: `σ₀ = ${LARGE}: ${interval(bestOfLarge, m)} in the best aligned solution, the signs of F in ${signs} of ${m}; σ₀ = ${SMALL}: ${interval(best, n)}.`,
  };
}
