import { restOfProduct } from './exact.ts';
import { expOfSum } from './exp.ts';
import { lnInTwo } from './lnInTwo.ts';

/**
 * x^y as `Math.pow` has it: e^(y ln x) with the logarithm in two numbers, so that powers which are numbers themselves are
 * exact. A negative x has a power for integers y alone.
 */
export function power(x: number, y: number): number {
  if (y === 0) return 1;
  if (y === 1) return x;
  if (y === 2) return x * x;
  if (y === -1) return 1 / x;
  if (x > 0 && x < Number.POSITIVE_INFINITY && Math.abs(y) < Number.POSITIVE_INFINITY)
    return positivePower(x, y);
  return specialPower(x, y);
}

function positivePower(x: number, y: number): number {
  if (x === 1) return 1;
  if (x < 2.2250738585072014e-308)
    return Math.abs(y) < 1
      ? positivePower(x * 2 ** 54, y) * positivePower(2, -54 * y)
      : y < 0
        ? Number.POSITIVE_INFINITY
        : 0;
  const { high, low } = lnInTwo(x);
  const exponent = y * high;
  if (Math.abs(exponent) > 1000 || Math.abs(exponent) < 1e-200) return expOfSum(exponent, 0);
  return expOfSum(exponent, restOfProduct(y, high, exponent) + y * low);
}

function specialPower(x: number, y: number): number {
  if (Number.isNaN(x) || Number.isNaN(y)) return Number.NaN;
  const size = Math.abs(x);
  if (Math.abs(y) === Number.POSITIVE_INFINITY)
    return size === 1 ? Number.NaN : size > 1 === y > 0 ? Number.POSITIVE_INFINITY : 0;
  const whole = Math.floor(y) === y;
  const odd = whole && Math.abs(y % 2) === 1;
  const negative = x < 0 || (x === 0 && 1 / x < 0);
  const value =
    size === 0 || size === Number.POSITIVE_INFINITY
      ? size > 1 === y > 0
        ? Number.POSITIVE_INFINITY
        : 0
      : whole
        ? positivePower(size, y)
        : Number.NaN;
  return negative && odd ? -value : value;
}
