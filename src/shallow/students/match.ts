import { hypot } from '../../numbers/index.ts';
import { layoutOf, type ResolvedProblem } from '../problem/index.ts';
import { type Exchange, exchange, exchangesOf } from '../theory/index.ts';

/*
 * Students that leave a symmetric plateau end in any of several equivalent minima, and theory in one of them. A mean
 * over students in different minima is no curve of any student. So the units of a student that ends in another minimum
 * than theory are renumbered, by an exchange that leaves the equations as they are, from the time on at which the
 * student is nearer to theory in the new numbering.
 */

/** A student's units in another numbering, from the time `from` on. */
export interface Renumbered extends Exchange {
  from: number;
}

/** Students have left for different minima once theory is apart from its image by this part of its size. */
const APART = 0.3;
/** A student is nearer to theory in another numbering if its distance is at most this part of what it is as it is. */
const NEARER = 0.5;
/** Exchanges that take it there about as well as the best one; then the one that changes least on the way is taken. */
const ALIKE = 2;

/** States by the place of their time. */
export type States = (place: number) => ArrayLike<number>;

/**
 * A function that finds how a student, measured up to a place, is to be renumbered to end where theory is at that time;
 * undefined if it is not.
 */
export function matchTo(
  problem: ResolvedProblem,
  theory: States,
  exchanges: readonly Exchange[] = exchangesOf(problem),
): (student: States, last: number) => Renumbered | undefined {
  const shape = layoutOf(problem);
  const image = new Float64Array(shape.size);
  const distance = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
    let sum = 0;
    for (let i = 0; i < shape.size; i++) sum += (a[i] - b[i]) ** 2;
    return Math.sqrt(sum);
  };
  /** How far y in another numbering is from a state. */
  const moved = (y: ArrayLike<number>, by: Exchange, state: ArrayLike<number>): number => {
    exchange(y, by, shape, image);
    return distance(image, state);
  };
  const isNearer = (y: ArrayLike<number>, by: Exchange, state: ArrayLike<number>): boolean =>
    moved(y, by, state) < NEARER * distance(y, state);

  return (student, last) => {
    const end = theory(last);
    const own = student(last);
    const apart = APART * hypot(...Array.from({ length: shape.size }, (_, i) => end[i]));
    if (!(distance(own, end) > NEARER * apart)) return undefined;
    const ends = exchanges.map((by) => moved(own, by, end));
    const least = ends.reduce((one, other) => Math.min(one, other), Number.POSITIVE_INFINITY);
    let best: Exchange | undefined;
    let leastChange = Number.POSITIVE_INFINITY;
    exchanges.forEach((by, i) => {
      if (ends[i] > ALIKE * least || moved(end, by, end) < apart) return;
      for (let place = 0; place <= last; place++) {
        const change = moved(student(place), by, student(place));
        if (change < leastChange) [leastChange, best] = [change, by];
      }
    });
    if (best === undefined || !isNearer(own, best, end)) return undefined;
    let from = last;
    while (from > 0 && isNearer(student(from - 1), best, theory(from - 1))) from--;
    return { ...best, from };
  };
}

/** The rows of a student (see `RunRecord`) in the new numbering, from its time on. */
export function renumber(
  rows: Float64Array,
  { from, ...by }: Renumbered,
  times: number,
  problem: ResolvedProblem,
): Float64Array {
  const shape = layoutOf(problem);
  const width = rows.length / times;
  const out = rows.slice();
  for (let t = from; t < times; t++)
    exchange(rows.subarray(t * width, (t + 1) * width), by, shape, out.subarray(t * width));
  return out;
}

/** One sentence on students whose units were renumbered. */
export function wordsOn(all: readonly Renumbered[], students: number, alpha: readonly number[]): string[] {
  if (all.length === 0) return [];
  const first = all.reduce((least, { from }) => Math.min(least, from), alpha.length - 1);
  return [
    `${all.length} of ${students} students ended in another of several equivalent minima than theory: in the means their units are ` +
      `renumbered, from alpha = ${alpha[first]} on at the earliest (match: "none", --match none, leaves them as they are)`,
  ];
}
