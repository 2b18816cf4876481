import { ln } from './ln.ts';
import { log1p } from './log1p.ts';

/** The inverse of the hyperbolic sine, within 2 ulp: ln(a + √(a² + 1)) for a = |x|, by log1p near zero. */
export function asinh(x: number): number {
  const a = Math.abs(x);
  if (a < 2 ** -28) return x;
  const q = a * a;
  const value =
    a > 2 ** 28
      ? ln(a) + Math.LN2
      : a > 2
        ? ln(2 * a + 1 / (a + Math.sqrt(q + 1)))
        : log1p(a + q / (1 + Math.sqrt(q + 1)));
  return x < 0 ? -value : value;
}
