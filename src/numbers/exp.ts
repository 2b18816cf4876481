import { powerOfTwo } from './bits.ts';
import { LN2_HIGH, LN2_LOW } from './ln2.ts';

/** The exponential function. */
export function exp(x: number): number {
  return expOfSum(x, 0);
}

/**
 * e^(x + rest) for a rest far smaller than 1. With x = k ln 2 + r, |r| ≤ ln 2/2, it is 2^k·(1 + r + r²·p(r)), p of
 * degree 10 by scripts/number-coefficients.mjs.
 */
export function expOfSum(x: number, rest: number): number {
  if (!(x > -746)) return x < 0 ? 0 : x;
  if (x > 710) return Number.POSITIVE_INFINITY;
  const k = Math.floor(x * Math.LOG2E + 0.5);
  const high = x - k * LN2_HIGH;
  const low = rest - k * LN2_LOW;
  const r = high + low;
  const rr = r * r;
  const r4 = rr * rr;
  const p =
    0.5 +
    0.1666666666666667 * r +
    rr * (0.04166666666666667 + 0.008333333333326141 * r) +
    r4 *
      (0.0013888888888883752 +
        0.00019841269874800493 * r +
        rr * (0.000024801587325533363 + 0.0000027557255425746435 * r) +
        r4 * (2.7557273661348637e-7 + 2.510520637395701e-8 * r + 2.0914679376583935e-9 * rr));
  // What the sum of high and low lost is added to the smaller term.
  const y = 1 + (r + (rr * p + (high - r + low)));
  if (k > -1022 && k < 1024) return y * powerOfTwo(k);
  return k < 0 ? y * powerOfTwo(k + 100) * 2 ** -100 : y * 2 * powerOfTwo(k - 1);
}
