import { restOfProduct, restOfSum } from './exact.ts';

/**
 * √(Σ x²), without overflow: every x is scaled by one power of two, and what rounding takes from squares and sums is
 * added at the end.
 */
export function hypot(...x: readonly number[]): number {
  let most = 0;
  let known = true;
  for (const value of x) {
    const size = Math.abs(value);
    if (size === Number.POSITIVE_INFINITY) return size;
    if (size > most) most = size;
    if (Number.isNaN(size)) known = false;
  }
  if (!known) return Number.NaN;
  if (most === 0) return 0;
  const scale = most > 2 ** 400 ? 2 ** -600 : most < 2 ** -400 ? 2 ** 600 : 1;
  let sum = 0;
  let rest = 0;
  for (const value of x) {
    const part = value * scale;
    const square = part * part;
    const next = sum + square;
    rest += restOfProduct(part, part, square) + restOfSum(sum, square, next);
    sum = next;
  }
  return Math.sqrt(sum + rest) / scale;
}
