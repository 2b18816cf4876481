import { power } from '../../numbers/index.ts';
import type { AlphaGrid } from './types.ts';

/** The times of a grid; both ends are met exactly. */
export function alphaGrid({ from, to, points, scale = 'log' }: AlphaGrid): number[] {
  const last = points - 1;
  // Over many hundred decades the ratio is no number, but each of the two powers is.
  const log = (x: number): number =>
    to / from <= Number.MAX_VALUE ? from * power(to / from, x) : power(from, 1 - x) * power(to, x);
  const linear = (i: number): number =>
    (to - from) * last <= Number.MAX_VALUE
      ? from + ((to - from) * i) / last
      : from + (to - from) * (i / last);
  return Array.from({ length: points }, (_, i) => {
    if (i === 0) return from;
    if (i === last) return to;
    return scale === 'log' ? log(i / last) : linear(i);
  });
}
