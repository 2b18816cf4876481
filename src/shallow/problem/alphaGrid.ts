import { power } from '../../numbers/index.ts';
import type { AlphaGrid } from './types.ts';

/** The times of a grid; both ends are met exactly. */
export function alphaGrid({ from, to, points, scale = 'log' }: AlphaGrid): number[] {
  const last = points - 1;
  return Array.from({ length: points }, (_, i) => {
    if (i === 0) return from;
    if (i === last) return to;
    return scale === 'log' ? from * power(to / from, i / last) : from + ((to - from) * i) / last;
  });
}
