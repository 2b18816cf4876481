import fc from 'fast-check';

/** n random vectors in `dimension` dimensions, as fast-check would have them. */
export function vectors(n: number, dimension: number): fc.Arbitrary<number[][]> {
  const component = fc.double({ min: -3, max: 3, noNaN: true });
  return fc.array(fc.array(component, { minLength: dimension, maxLength: dimension }), {
    minLength: n,
    maxLength: n,
  });
}

/** The covariance of fields with these weight vectors. */
export function gram(V: number[][]): number[][] {
  return V.map((u) => V.map((v) => u.reduce((sum, x, i) => sum + x * v[i], 0)));
}

export const flat = (C: number[][]): Float64Array => Float64Array.from(C.flat());

export const relative = (found: number, expected: number, floor = 0): number =>
  found === expected ? 0 : Math.abs(found - expected) / Math.max(Math.abs(expected), floor);
