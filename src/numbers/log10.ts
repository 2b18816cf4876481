import { ln } from './ln.ts';
import { lnInTwo, product, type Two } from './lnInTwo.ts';

/** 1/ln 10, by scripts/number-coefficients.mjs. */
const PER_DECADE: Two = { high: Math.LOG10E, low: 1.098319650216765e-17 };

/** The decimal logarithm: ln x with twice the digits over ln 10, so that it is exact for powers of ten. */
export function log10(x: number): number {
  if (!(x > 0 && x <= Number.MAX_VALUE)) return ln(x);
  if (x < 2.2250738585072014e-308) return product(lnInTwo(x * 2 ** 54), PER_DECADE).high - 16.255619765854985;
  return product(lnInTwo(x), PER_DECADE).high;
}
