import { combine, type Estimate } from '../../numbers/estimate.ts';

/** How many rates there are, each half the one before. */
export const RATES = 3;

/** d(η) = limit + first + second, in terms of d at η, η/2 and η/4, which these weights solve (Richardson 1911). */
const WEIGHTS = {
  limit: [1 / 3, -2, 8 / 3],
  first: [-2, 10, -8],
  second: [8 / 3, -8, 16 / 3],
} as const;

/** What three rates say of one number. */
export interface Orders {
  /** What is left for η → 0. */
  limit: Estimate;
  /** The parts of order η and η² at η. */
  first: number;
  second: number;
}

export function ordersOf(deviations: readonly Estimate[]): Orders {
  const sum = (weights: readonly number[]): Estimate => combine(weights.map((c, k) => [c, deviations[k]]));
  return { limit: sum(WEIGHTS.limit), first: sum(WEIGHTS.first).value, second: sum(WEIGHTS.second).value };
}

/**
 * By how much the last order that is taken off moves the limit: a line through the two smaller rates finds 2d(η/4) −
 * d(η/2), which is less by second/8. An eighth of the third order is left in the limit: no more than this, where at η that
 * order is no larger than the second.
 */
export const lastStep = ({ second }: Orders): number => Math.abs(second) / 8;

/**
 * Whether an expansion in η says anything of a time: not if even at the smallest rate the second order, second/16, is more
 * than this part of the first, first/4. All numbers of the time together, in units of `scale`; what rounding makes is no
 * order. Of noise alone the second order is a fifth of the first.
 */
export const MOST_BEND = { chance: 1 / 2, bounds: 1 / 16 } as const;

export function expands(
  row: readonly Orders[],
  scale: readonly number[],
  rounding: readonly number[],
  bend: number,
): boolean {
  let first = 0;
  let second = 0;
  let rounded = 0;
  row.forEach((orders, i) => {
    if (Number.isNaN(orders.limit.value)) return;
    first += Math.abs(orders.first) / 4 / scale[i];
    second += Math.abs(orders.second) / 16 / scale[i];
    rounded += rounding[i] / scale[i];
  });
  return second <= rounded || second <= bend * first;
}
