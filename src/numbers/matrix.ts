/*
 * Products of dense matrices, which stand row after row. They write into `out` and allocate nothing; each element is
 * summed in the order of the inner index, so its bits are the same on every engine.
 */

type Matrix = ArrayLike<number>;
type Out = Float64Array;

/** out = a b, with a of n × k and b of k × m. */
export function product(out: Out, a: Matrix, b: Matrix, n: number, k: number, m: number): void {
  for (let i = 0; i < n; i++) {
    const row = i * m;
    for (let j = 0; j < m; j++) out[row + j] = 0;
    for (let l = 0; l < k; l++) {
      const x = a[i * k + l];
      const from = l * m;
      for (let j = 0; j < m; j++) out[row + j] += x * b[from + j];
    }
  }
}

/** out += a b. */
export function addProduct(out: Out, a: Matrix, b: Matrix, n: number, k: number, m: number): void {
  for (let i = 0; i < n; i++) {
    const row = i * m;
    for (let l = 0; l < k; l++) {
      const x = a[i * k + l];
      const from = l * m;
      for (let j = 0; j < m; j++) out[row + j] += x * b[from + j];
    }
  }
}

/** out = a bᵀ, with a of n × k and b of m × k. */
export function productT(out: Out, a: Matrix, b: Matrix, n: number, k: number, m: number): void {
  for (let i = 0; i < n; i++)
    for (let j = 0; j < m; j++) {
      let sum = 0;
      for (let l = 0; l < k; l++) sum += a[i * k + l] * b[j * k + l];
      out[i * m + j] = sum;
    }
}

/** out = aᵀ b, with a of k × n and b of k × m. */
export function tProduct(out: Out, a: Matrix, b: Matrix, n: number, k: number, m: number): void {
  for (let at = 0; at < n * m; at++) out[at] = 0;
  for (let l = 0; l < k; l++)
    for (let i = 0; i < n; i++) {
      const x = a[l * n + i];
      const row = i * m;
      const from = l * m;
      for (let j = 0; j < m; j++) out[row + j] += x * b[from + j];
    }
}

/** tr(aᵀ b), the sum of the products of their elements. */
export function dot(a: Matrix, b: Matrix): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

export function identity(n: number): Float64Array {
  const one = new Float64Array(n * n);
  for (let i = 0; i < n; i++) one[i * n + i] = 1;
  return one;
}
