import { exp } from './exp.ts';

/**
 * The hyperbolic sine, within 2.4 ulp: x + x³·p(x²) for |x| ≤ 1, p of degree 6 by scripts/number-coefficients.mjs;
 * beyond, (e^x − e^−x)/2.
 */
export function sinh(x: number): number {
  const a = Math.abs(x);
  if (a <= 1) {
    const q = x * x;
    const qq = q * q;
    const p =
      0.16666666666666666 +
      0.008333333333333299 * q +
      qq * (0.00019841269841324198 + 2.7557319191381816e-6 * q) +
      qq * qq * (2.5052117695907823e-8 + 1.6057679623801638e-10 * q + 7.746178593018827e-13 * qq);
    return x + x * q * p;
  }
  let value: number;
  if (a < 22) {
    const e = exp(a);
    value = 0.5 * e - 0.5 / e;
  } else if (a < 709) value = 0.5 * exp(a);
  else {
    const root = exp(0.5 * a);
    value = 0.5 * root * root;
  }
  return x < 0 ? -value : value;
}
