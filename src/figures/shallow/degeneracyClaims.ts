import { listed, short } from '../../draw/index.ts';
import { binomialInterval } from '../../shallow/compare/binomial.ts';
import type { Claim, Share } from '../types.ts';
import { type Ended, type Endings, type Latecomers, type LateSizes, MINIMA, SMALL } from './endings.ts';
import { most } from './extremes.ts';

/*
 * The claims of figure 3c, tested on the trained students.
 */

export const LEVEL = 0.99;
/** "DFA ends in the best aligned" means that at least this part of the converged students do. */
const MOST = 0.99;
/** A claim about uniform counts is wrong by chance once in a million times. */
const RARE = 1e-6;
/** Two |F_k| this near to each other are a tie: the two best solutions have hardly different overlaps. */
const TIE = 0.02;
const NOBODY = 'nobody has converged';

/** Standard deviation of the weights at the start: as large as the teacher's. */
export const LARGE = 1;

export const countAt = ({ ended }: Pick<Endings, 'ended'>, rank: number): number =>
  ended.filter((one) => one.rank === rank).length;

/** With the exact interval; without students it is [0, 1]. */
const share = (count: number, of: number, level = LEVEL): Share => ({
  count,
  of,
  interval: of === 0 ? [0, 1] : binomialInterval(count, of, level),
});
const shareOf = (ended: readonly Ended[], has: (one: Ended) => boolean): Share =>
  share(ended.filter(has).length, ended.length);
const isBest = ({ rank }: Ended): boolean => rank === 1;
const isKept = ({ kept }: Ended): boolean => kept;
const hasSigns = ({ signs }: Ended): boolean => signs;

const percent = (x: number): string => `${Number((100 * x).toFixed(2))}%`;
const inWords = ({ count, of, interval: [low, high] }: Share): string =>
  `${count} of ${of} (${percent(count / of)}; ${100 * LEVEL}% interval ${percent(low)} to ${percent(high)})`;

/**
 * How far |F_1| and |F_2| are apart: at 0 the two best solutions, in which the units are exchanged, have the same
 * overlap.
 */
const gap = ({ F }: Ended): number => {
  const [small, large] = F.map(Math.abs).sort((a, b) => a - b);
  return 1 - small / large;
};

/** Whether only the order of the units differs, which hardly matters. */
const isTie = (one: Ended): boolean => one.signs && gap(one) <= TIE;

/** The students that did not end in the best solution. */
type Exceptions = {
  count: number;
  /** The solutions in which they ended, by the rank of their overlap with F. */
  ranks: number[];
  /**
   * Those with a tie: the largest difference of |F₁| and |F₂| relative to the larger, and of the overlap from that of
   * the best.
   */
  ties: { count: number; gap: number | null; behind: number | null };
  /** The others. */
  clear: { count: number; gap: number | null };
};

function exceptionsOf(ended: readonly Ended[]): Exceptions {
  const others = ended.filter((one) => !isBest(one));
  const ties = others.filter(isTie);
  const clear = others.filter((one) => !isTie(one));
  return {
    count: others.length,
    ranks: [...new Set(others.map(({ rank }) => rank))].sort(),
    ties: {
      count: ties.length,
      gap: most(ties.map(gap)),
      behind: most(ties.map(({ behind }) => behind)),
    },
    clear: { count: clear.length, gap: most(clear.map(gap)) },
  };
}

function exceptionsInWords({ count, ranks, ties, clear }: Exceptions): string {
  if (count === 0) return '';
  const kinds = [
    ...(ties.gap === null || ties.behind === null
      ? []
      : [
          `${ties.count} with |F₁| and |F₂| within ${percent(ties.gap)} of each other, nearly a tie, which the inputs decide (cos(v, F) of the best is greater by ${short(ties.behind)} at most)`,
        ]),
    ...(clear.gap === null
      ? []
      : [`${clear.count} where it is no tie (|F₁| and |F₂| differ by up to ${percent(clear.gap)})`]),
  ];
  return ` ${count} ended in solution ${listed(ranks)} instead: ${listed(kinds)}.`;
}

type BestNumbers = {
  students: number;
  /** Of the converged students, those in the best aligned solution. */
  best: Share;
  exceptions: Exceptions;
};

export function endsInBest({ students, ended }: Endings): Claim<BestNumbers> {
  const best = shareOf(ended, isBest);
  const exceptions = exceptionsOf(ended);
  const claim = {
    by: 'paper',
    says: `DFA ends in the solution of greatest overlap with F (here: at least ${percent(MOST)} of the students that converged).`,
    numbers: { students, best, exceptions },
  } as const;
  if (best.of === 0) return { ...claim, holds: 'undecided', found: NOBODY };
  const [low, high] = best.interval;
  const limit = percent(MOST);
  const sharp =
    low >= MOST
      ? `the whole interval is above ${limit}`
      : high < MOST
        ? `the whole interval is below ${limit}`
        : `the interval begins below ${limit}: these students are consistent with ${limit} and more, and do not prove it`;
  return {
    ...claim,
    holds: best.count / best.of >= MOST ? 'yes' : 'not as printed',
    found: `${inWords(best)} of the students that converged; ${sharp}.${exceptionsInWords(exceptions)} ${students - best.of} of ${students} had not converged and are not counted: a small |F_k| makes DFA slow.`,
  };
}

type LateNumbers = {
  students: number;
  N: number;
  learningRate: number;
  /** The two times at which they are measured. */
  alpha: [first: number, last: number];
  /** The students that have converged at the first time, and those of them in the same solution at the last. */
  early: number;
  staying: number;
  /** Of those that have converged at the last time but not at the first, the ones in the best aligned solution. */
  best: Share;
  exceptions: Exceptions;
};

export function comesLate(
  { early, ended, staying, students }: Latecomers,
  { N, learningRate, alpha }: LateSizes,
): Claim<LateNumbers> {
  const [first, last] = alpha;
  const best = shareOf(ended, isBest);
  const exceptions = exceptionsOf(ended);
  return {
    by: 'alignode',
    says: 'Those who come late end in the solution of greatest overlap too, but for ties: to leave out who has not converged changes nothing.',
    holds: best.of === 0 ? 'undecided' : exceptions.clear.count > 0 ? 'no' : 'yes',
    numbers: { students, N, learningRate, alpha, early, staying, best, exceptions },
    found: `${students} students, N = ${N}, η = ${learningRate}: ${early} have converged at α = ${short(first)}, ${best.of} of the other ${students - early} by α = ${short(last)}${best.of === 0 ? '' : `, in the best aligned solution ${inWords(best)}`}.${exceptionsInWords(exceptions)} Of the ${early}, ${staying} are in the same solution at α = ${short(last)}.`,
  };
}

export function keepsSigns({ ended }: Endings): Claim<{ signs: Share }> {
  const signs = shareOf(ended, hasSigns);
  return {
    by: 'paper',
    says: 'At the end of DFA sgn(v_k) = sgn(F_k).',
    holds: signs.of === 0 ? 'undecided' : signs.count === signs.of ? 'yes' : 'not as printed',
    numbers: { signs },
    found: signs.of === 0 ? NOBODY : inWords(signs),
  };
}

type SpreadNumbers = {
  students: number;
  /**
   * By solution, its share of the converged students. If all true shares are 1/8, some interval misses 1/8 once in a
   * million times.
   */
  solutions: Record<string, Share>;
  /** The students whose v has kept the signs of the start, by BP and by DFA. */
  kept: Share;
  keptByDfa: Share;
};

export function spreads(bp: Endings, dfa: Endings): Claim<SpreadNumbers> {
  const n = bp.ended.length;
  const solutions = Object.fromEntries(
    MINIMA.map((name) => [
      name,
      share(bp.ended.filter(({ minimum }) => minimum === name).length, n, 1 - RARE / MINIMA.length),
    ]),
  );
  const [kept, keptByDfa] = [shareOf(bp.ended, isKept), shareOf(dfa.ended, isKept)];
  const claim = {
    by: 'paper',
    says: 'BP converges to any one of the solutions, depending on the start.',
    numbers: { students: bp.students, solutions, kept, keptByDfa },
  } as const;
  if (n === 0) return { ...claim, holds: 'undecided', found: NOBODY };
  const shares = Object.values(solutions);
  const equal = 1 / MINIMA.length;
  const uniform = shares.every(({ interval: [low, high] }) => low < equal && equal < high);
  // One in four would do so by chance.
  const depends = kept.interval[0] > 1 / 4;
  const largest = Math.max(...shares.map(({ count }) => count));
  return {
    ...claim,
    holds: shares.every(({ count }) => count > 0) && uniform && depends ? 'yes' : 'no',
    found: `${listed(MINIMA.map((name) => `${solutions[name].count} in ${name}`))}, of ${n} converged and ${bp.students} in all. (12 +−: unit 1 is unit 1 of the teacher, unit 2 the mirror image of unit 2.) The largest share is ${percent(largest / n)}; equal shares of 12.5% are ${uniform ? '' : 'not '}within the exact intervals of all eight, which chance would leave once in a million times. ${inWords(kept)} end with the signs of v of their start, where chance would give 25%${keptByDfa.of === 0 ? '' : `; by DFA, where F decides, ${inWords(keptByDfa)} do`}.`,
  };
}

/**
 * By the size of the start: the students in the best aligned solution and, for large starts, those with the signs of F.
 */
type StartNumbers = { large: { best: Share; signs: Share }; small: { best: Share } };

export function needsSmallStarts(small: Endings, large: Endings): Claim<StartNumbers> {
  const best = shareOf(small.ended, isBest);
  const [bestOfLarge, signs] = [shareOf(large.ended, isBest), shareOf(large.ended, hasSigns)];
  const claim = {
    by: 'alignode',
    says: 'Ending in the best aligned solution needs small starts: from weights as large as the teacher’s the start decides, in part, which unit takes which of the teacher’s; F decides the signs all the same.',
    numbers: { large: { best: bestOfLarge, signs }, small: { best } },
  } as const;
  if (best.of === 0 || bestOfLarge.of === 0) return { ...claim, holds: 'undecided', found: NOBODY };
  const apart = bestOfLarge.interval[1] < best.interval[0];
  return {
    ...claim,
    holds: apart ? (signs.count === signs.of ? 'yes' : 'no') : 'undecided',
    found: `σ₀ = ${LARGE}: ${inWords(bestOfLarge)} in the best aligned solution, the signs of F in ${signs.count} of ${signs.of}; σ₀ = ${SMALL}: ${inWords(best)}.`,
  };
}
