import { power } from '../../numbers/index.ts';
import type { AlphaGrid } from './types.ts';

/** The times of a grid; both ends are met exactly. */
export const alphaGrid = (grid: AlphaGrid): number[] =>
  Array.from({ length: grid.points }, (_, i) => timeOf(grid, i));

/** One of them, from 0. */
export function timeOf({ from, to, points, scale = 'log' }: AlphaGrid, i: number): number {
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
