import { exponentOf, powerOfTwo } from './bits.ts';
import { ln, lnOfParts } from './ln.ts';

/**
 * ln(1 + x). Near zero f = x itself; elsewhere ln of u, which is 1 + x rounded, and (1 + x − u)/u for what rounding
 * lost.
 */
export function log1p(x: number): number {
  if (x > -0.29 && x < 0.41) return Math.abs(x) < 1e-300 ? x : lnOfParts(0, x, 0);
  if (!(x > -1 && x < 2 ** 54)) return x === -1 ? Number.NEGATIVE_INFINITY : ln(x);
  const u = 1 + x;
  const lost = u > 2 ? 1 - (u - x) : x - (u - 1);
  const k = exponentOf(u);
  return lnOfParts(k, u * powerOfTwo(-k) - 1, lost / u);
}
