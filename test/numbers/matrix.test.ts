import { expect, test } from 'vitest';
import {
  addProduct,
  dot,
  gram,
  identity,
  product,
  productT,
  rowsOf,
  tProduct,
  transpose,
} from '../../src/numbers/matrix.ts';
import { normals } from '../../src/random/index.ts';

function drawn(rows: number, columns: number, seed: number): Float64Array {
  const out = new Float64Array(rows * columns);
  normals(out, out.length, seed, 0, 0, 0);
  return out;
}

const transposed = (a: Float64Array, rows: number, columns: number): Float64Array =>
  Float64Array.from({ length: a.length }, (_, at) => a[(at % rows) * columns + Math.floor(at / rows)]);

/** The sums as they are written on paper, in the order of the inner index. */
function readable(
  a: Float64Array,
  b: Float64Array,
  n: number,
  k: number,
  m: number,
  start: Float64Array = new Float64Array(n * m),
): Float64Array {
  return start.map((begin, at) => {
    let sum = begin;
    for (let l = 0; l < k; l++) sum += a[Math.floor(at / m) * k + l] * b[l * m + (at % m)];
    return sum;
  });
}

test.each([
  [1, 1, 1],
  [3, 4, 5],
  [2, 7, 9],
  [10, 10, 10],
  [4, 13, 3],
  [5, 3, 8],
])('products of %i × %i and × %i matrices are the sums on paper, to the bit', (n, k, m) => {
  const a = drawn(n, k, 1);
  const b = drawn(k, m, 2);
  const out = drawn(n, m, 3);
  const wanted = readable(a, b, n, k, m);
  const added = readable(a, b, n, k, m, out);
  const more = out.slice();
  addProduct(more, a, b, n, k, m);
  expect(more).toEqual(added);
  product(out, a, b, n, k, m);
  expect(out).toEqual(wanted);
  out.fill(Number.NaN);
  productT(out, a, transposed(b, k, m), n, k, m);
  expect(out).toEqual(wanted);
  out.fill(Number.NaN);
  tProduct(out, transposed(a, n, k), b, n, k, m);
  expect(out).toEqual(wanted);
});

test('the trace of aᵀ b, and the identity', () => {
  expect(dot([1, 2, 3], [4, 5, 6])).toBe(32);
  expect(identity(2)).toEqual(Float64Array.of(1, 0, 0, 1));
});

test('aᵀ, aᵀ a, and the rows of a, from any place', () => {
  const a = Float64Array.of(1, 2, 3, 4, 5, 6);
  const out = new Float64Array(6);
  transpose(out, a, 2, 3);
  expect(out).toEqual(Float64Array.of(1, 4, 2, 5, 3, 6));
  expect(gram(a, 3, 2)).toEqual(Float64Array.of(35, 44, 44, 56));
  expect(rowsOf(a, 2, 2, 2)).toEqual([
    [3, 4],
    [5, 6],
  ]);
});
