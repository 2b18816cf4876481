import { restOfProduct } from './exact.ts';
import { expOfSum } from './exp.ts';
import { lnInTwo } from './lnInTwo.ts';

/**
 * x^y as `Math.pow` has it: e^(y ln x) with the logarithm in two numbers, so that a power which is a number itself is
 * exact. A negative x has a power for whole y alone.
 */
export function power(x: number, y: number): number {
  if (y === 0) return 1;
  if (y === 1) return x;
  if (y === 2) return x * x;
  if (y === -1) return 1 / x;
  if (Number.isNaN(x) || Number.isNaN(y)) return Number.NaN;
  const negative = x < 0 || Object.is(x, -0);
  const size = ofSize(Math.abs(x), y);
  if (!negative) return size;
  if (Math.abs(y % 2) === 1) return -size;
  return x === 0 || x === Number.NEGATIVE_INFINITY || Math.floor(y) === y ? size : Number.NaN;
}

/** x^y for x ≥ 0. */
function ofSize(x: number, y: number): number {
  if (x === 1) return Math.abs(y) === Number.POSITIVE_INFINITY ? Number.NaN : 1;
  if (x === 0 || x === Number.POSITIVE_INFINITY || Math.abs(y) === Number.POSITIVE_INFINITY)
    return x > 1 === y > 0 ? Number.POSITIVE_INFINITY : 0;
  const { high, low } = lnInTwo(x);
  const exponent = y * high;
  // Above the first bound the power is 0 or infinite whatever the rest; below the second it is 1.
  if (Math.abs(exponent) > 1000 || Math.abs(exponent) < 1e-200) return expOfSum(exponent, 0);
  return expOfSum(exponent, restOfProduct(y, high, exponent) + y * low);
}
