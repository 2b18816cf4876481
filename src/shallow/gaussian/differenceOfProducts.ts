/** a·b − c·d without cancellation error: the rounding errors of both products are added back (Dekker 1971). */
export function differenceOfProducts(a: number, b: number, c: number, d: number): number {
  const ab = a * b;
  const cd = c * d;
  return ab - cd + (productError(a, b, ab) - productError(c, d, cd));
}

function productError(a: number, b: number, product: number): number {
  const splitA = 134217729 * a;
  const highA = splitA - (splitA - a);
  const lowA = a - highA;
  const splitB = 134217729 * b;
  const highB = splitB - (splitB - b);
  const lowB = b - highB;
  const error = lowA * lowB - (product - highA * highB - lowA * highB - highA * lowB);
  return Number.isFinite(error) ? error : 0;
}
