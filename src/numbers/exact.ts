/*
 * Sums and products of two numbers without rounding: the rounded result, which the caller has, plus the rounding error,
 * which is computed here. Knuth 1969 for the sum, Dekker 1971 with Veltkamp's splitting for the product.
 */

/** a + b − sum, where sum is a + b rounded. */
export function restOfSum(a: number, b: number, sum: number): number {
  const of = sum - a;
  return a - (sum - of) + (b - of);
}

/** a·b − product, where product is a·b rounded. Both factors must stay below 2^996, and the product above 2^-968. */
export function restOfProduct(a: number, b: number, product: number): number {
  const aHigh = upper(a);
  const bHigh = upper(b);
  const aLow = a - aHigh;
  const bLow = b - bHigh;
  return aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
}

/** The upper half of the bits. */
function upper(x: number): number {
  const far = 134217729 * x;
  return far - (far - x);
}
