import { exponentOf, powerOfTwo, SMALLEST_NORMAL } from './bits.ts';
import { LN2_HIGH, LN2_LOW } from './ln2.ts';

/**
 * The natural logarithm. x = 2^k·m with m between √½ and √2; with f = m − 1 and s = f/(2 + f),
 *
 *     ln m = ln((1 + s)/(1 − s)) = f − f²/2 + s·(f²/2 + s²·p(s²)),
 *
 * so that the largest term is exact (the form is that of fdlibm, e_log.c, Sun Microsystems 1993). p has degree 6 and
 * interpolates at Chebyshev nodes: scripts/number-coefficients.mjs.
 */
export function ln(x: number): number {
  if (x >= SMALLEST_NORMAL && x <= Number.MAX_VALUE) return lnOfNormal(x, 0);
  if (x > 0) return x === Number.POSITIVE_INFINITY ? x : lnOfNormal(x * 2 ** 54, -54);
  return x === 0 ? Number.NEGATIVE_INFINITY : Number.NaN;
}

/** ln(2^k x). */
function lnOfNormal(x: number, k: number): number {
  const exponent = exponentOf(x);
  return lnOfParts(k + exponent, x * powerOfTwo(-exponent) - 1, 0);
}

/** k ln 2 + ln(1 + f) + rest for 1 + f between √½ and √2, the rest far smaller than f or k. */
export function lnOfParts(k: number, f: number, rest: number): number {
  const s = f / (2 + f);
  const q = s * s;
  const qq = q * q;
  const p =
    0.666666666666667 +
    0.39999999999899505 * q +
    qq * (0.28571428625975487 + 0.2222221113479508 * q) +
    qq * qq * (0.18182889125261723 + 0.15331721600556042 * q + 0.14616449685043406 * qq);
  const half = 0.5 * f * f;
  return k * LN2_HIGH - (half - (s * (half + q * p) + (k * LN2_LOW + rest)) - f);
}
