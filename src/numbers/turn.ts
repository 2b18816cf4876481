import { restOfSum } from './exact.ts';

/*
 * What sine and cosine share: an angle as quarter turns and a rest within an eighth turn.
 */

/** Beyond this the rest would lose digits, and sine and cosine are NaN. */
export const LARGEST_ANGLE = 2 ** 20;

/**
 * π/2 in four parts, by scripts/number-coefficients.mjs: the first three have 33 bits, so that 2^20 times each is
 * exact.
 */
const PART1 = 1.5707963267341256;
const PART2 = 6.077100506303966e-11;
const PART3 = 2.0222662487111665e-21;
const PART4 = 8.4784276603689e-32;

/** The rest of the last angle in two numbers, the second what rounding took from the first. */
export const rest = new Float64Array(2);

/** The quarter turns of an angle, 0 to 3; writes `rest`. */
export function quarterTurns(x: number): number {
  if (Math.abs(x) <= Math.PI / 4) {
    rest[0] = x;
    rest[1] = 0;
    return 0;
  }
  const n = Math.floor(x * (2 / Math.PI) + 0.5);
  const first = x - n * PART1;
  const second = first - n * PART2;
  const third = second - n * PART3;
  const low = restOfSum(first, -n * PART2, second) + restOfSum(second, -n * PART3, third) - n * PART4;
  const high = third + low;
  rest[0] = high;
  rest[1] = restOfSum(third, low, high);
  return n & 3;
}

/** sin(x + low) for |x| ≤ π/4: x + x³·p(x²), p of degree 5 by scripts/number-coefficients.mjs. */
export function sinNearZero(x: number, low: number): number {
  const q = x * x;
  const qq = q * q;
  const p =
    -0.16666666666666666 +
    0.008333333333330948 * q +
    qq * (-0.00019841269836758574 + 0.000002755731610255244 * q) +
    qq * qq * (-2.5051131845003624e-8 + 1.5918129294866608e-10 * q);
  return x + (x * q * p + low * (1 - 0.5 * q));
}

/** cos(x + low) for |x| ≤ π/4: 1 − x²/2 + x⁴·p(x²), p of degree 5 by scripts/number-coefficients.mjs. */
export function cosNearZero(x: number, low: number): number {
  const q = x * x;
  const qq = q * q;
  const p =
    0.041666666666666664 -
    0.0013888888888887398 * q +
    qq * (0.00002480158729876569 - 2.7557317271729793e-7 * q) +
    qq * qq * (2.08761462684032e-9 - 1.1382632425521717e-11 * q);
  const half = 0.5 * q;
  const most = 1 - half;
  return most + (1 - most - half + (qq * p - x * low));
}
