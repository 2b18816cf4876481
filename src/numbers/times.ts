import {
  type Check,
  either,
  type Field,
  isFiniteNumber,
  isObject,
  listOf,
  number,
  oneOf,
  optional,
  record,
  value,
  whole,
} from '../support/check.ts';
import { power } from './power.ts';

/** Times in place of a list: `points` of them from `from` to `to`. */
export interface Grid {
  from: number;
  to: number;
  points: number;
  /** "log" if not given. */
  scale?: 'log' | 'linear';
}

/** A grid of what is counted: `from` is 1 if not given, or 0 on a linear scale. */
export type CountGrid = Omit<Grid, 'from'> & { from?: number };

const MAX_POINTS = 1_000_000;
/** Below this steps in time are lost to rounding. */
const LEAST_TIME = 1e-300;
/** Relative distances of times, on the mean, below which some may be rounded to one another. */
const DENSE = 1e-12;

const POSSIBLE = `use 0, or times from ${LEAST_TIME} on`;

/** The times of a list or a grid. */
export const timesOf = (times: readonly number[] | Grid): number[] =>
  isObject(times) ? gridTimes(times as unknown as Grid) : byIndex(times as readonly number[]);

/** Nothing else that a list carries is taken over, such as an iterator of its own. */
const byIndex = (times: readonly number[]): number[] =>
  Array.from({ length: times.length }, (_, i) => times[i]);

/** Those of a grid; both ends are met exactly. */
export const gridTimes = (grid: Grid): number[] =>
  Array.from({ length: grid.points }, (_, i) => timeOf(grid, i));

function timeOf({ from, to, points, scale = 'log' }: Grid, i: number): number {
  const last = points - 1;
  if (i === 0) return from;
  if (i === last) return to;
  return scale === 'log' ? log(from, to, i / last) : linear(from, to, i, last);
}

/** Over many hundred decades the ratio is no number, but each of the two powers is. */
const log = (from: number, to: number, x: number): number =>
  to / from <= Number.MAX_VALUE ? from * power(to / from, x) : power(from, 1 - x) * power(to, x);

const linear = (from: number, to: number, i: number, last: number): number =>
  (to - from) * last <= Number.MAX_VALUE ? from + ((to - from) * i) / last : from + (to - from) * (i / last);

const start = value((it) => isFiniteNumber(it) && it >= 0, 'use a finite number, zero or more');

/** A list of times or a grid, each key by itself; `grid`: what one looks like. */
const listOrGrid = (from: Field, grid: string): Check =>
  either(
    isObject,
    record({
      from,
      to: value((it) => isFiniteNumber(it) && it >= 0, 'use a finite number above "from"'),
      points: whole(2, MAX_POINTS),
      scale: optional(oneOf(['log', 'linear'])),
    }),
    either(
      Array.isArray,
      listOf(number, 1, MAX_POINTS, 'finite number'),
      value(() => false, `use a list of 1 to ${MAX_POINTS} finite numbers, or ${grid}`),
    ),
  );

export const aTimeList = listOrGrid(start, '{ "from": 0.1, "to": 1000, "points": 200, "scale": "log" }');
/** The same of what is counted, such as steps. */
export const aCountList = listOrGrid(optional(start), '{ "to": 1000, "points": 60, "scale": "log" }');

/** A grid of what is counted starts from one, or in equal steps from zero, where nothing else is said. */
export const countsOf = (counts: readonly number[] | CountGrid): readonly number[] | Grid =>
  Array.isArray(counts)
    ? counts
    : { ...(counts as CountGrid), from: (counts as CountGrid).from ?? startOf(counts as CountGrid) };

const startOf = ({ scale }: CountGrid): number => (scale === 'linear' ? 0 : 1);

/** What is wrong with times that are well formed: they must be zero or more, and increase. */
export function timesFault(
  path: string,
  times: readonly number[] | Grid,
): { path: string; found: unknown; want: string } | undefined {
  return isObject(times)
    ? gridFault(path, times as unknown as Grid)
    : listFault(path, times as readonly number[]);
}

function listFault(path: string, times: readonly number[]) {
  if (times[0] < 0) return { path: `${path}[0]`, found: times[0], want: 'time starts at 0' };
  const small = times.findIndex((t) => t > 0 && t < LEAST_TIME);
  if (small >= 0) return { path: `${path}[${small}]`, found: times[small], want: POSSIBLE };
  const i = times.findIndex((t, j) => j > 0 && !(t > times[j - 1]));
  return i < 0
    ? undefined
    : { path: `${path}[${i}]`, found: `${times[i]} after ${times[i - 1]}`, want: 'use increasing times' };
}

function gridFault(path: string, { from, to, points, scale = 'log' }: Grid) {
  if (!(to > from)) return { path: `${path}.to`, found: to, want: `use a number above "from" = ${from}` };
  if (scale === 'log' && from === 0)
    return { path: `${path}.from`, found: 0, want: 'a log scale starts above 0; or use "scale": "linear"' };
  if (from > 0 && from < LEAST_TIME) return { path: `${path}.from`, found: from, want: POSSIBLE };
  if (to < LEAST_TIME) return { path: `${path}.to`, found: to, want: POSSIBLE };
  const first = timeOf({ from, to, points, scale }, 1);
  if (first < LEAST_TIME)
    return { path: `${path}.points`, found: points, want: `use fewer: the first time would be ${first}` };
  // Where times are dense enough to be rounded to one another, all are looked at.
  if (to - from > DENSE * points * to) return undefined;
  const times = gridTimes({ from, to, points, scale });
  return times.every((t, i) => i === 0 || t > times[i - 1])
    ? undefined
    : {
        path: `${path}.points`,
        found: points,
        want: `use fewer: there are not so many numbers from ${from} to ${to}`,
      };
}
