import { ln } from './ln.ts';
import { lnInTwo, product, type Two } from './lnInTwo.ts';

/** 1/ln 10, by scripts/number-coefficients.mjs. */
const PER_DECADE: Two = { high: Math.LOG10E, low: 1.098319650216765e-17 };

/** The decimal logarithm: ln x with twice the digits over ln 10, so that it is exact for powers of ten. */
export function log10(x: number): number {
  return x > 0 && x <= Number.MAX_VALUE ? product(lnInTwo(x), PER_DECADE).high : ln(x);
}
