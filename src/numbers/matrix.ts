/*
 * Products of dense matrices, which stand row after row. They write into `out` and allocate nothing; each element is
 * summed in the order of the inner index, so its bits are the same on every engine.
 */

type Matrix = ArrayLike<number>;
type Out = Float64Array;

/** out = a b, with a of n × k and b of k × m. */
export function product(out: Out, a: Matrix, b: Matrix, n: number, k: number, m: number): void {
  for (let i = 0; i < n * m; i++) out[i] = 0;
  addProduct(out, a, b, n, k, m);
}

/** out += a b. Four rows of b at once, so that out is read and written a fourth as often. */
export function addProduct(out: Out, a: Matrix, b: Matrix, n: number, k: number, m: number): void {
  const fours = k - (k % 4);
  for (let i = 0; i < n; i++) {
    const row = i * m;
    let l = 0;
    for (; l < fours; l += 4) {
      const at = i * k + l;
      const [x0, x1, x2, x3] = [a[at], a[at + 1], a[at + 2], a[at + 3]];
      const b0 = l * m;
      const b1 = b0 + m;
      const b2 = b1 + m;
      const b3 = b2 + m;
      for (let j = 0; j < m; j++) {
        let sum = out[row + j];
        sum += x0 * b[b0 + j];
        sum += x1 * b[b1 + j];
        sum += x2 * b[b2 + j];
        sum += x3 * b[b3 + j];
        out[row + j] = sum;
      }
    }
    for (; l < k; l++) {
      const x = a[i * k + l];
      for (let j = 0; j < m; j++) out[row + j] += x * b[l * m + j];
    }
  }
}

/** out = a bᵀ, with a of n × k and b of m × k. Four sums at once, which need not wait for one another. */
export function productT(out: Out, a: Matrix, b: Matrix, n: number, k: number, m: number): void {
  const fours = m - (m % 4);
  for (let i = 0; i < n; i++) {
    const from = i * k;
    let j = 0;
    for (; j < fours; j += 4) {
      const b0 = j * k;
      const b1 = b0 + k;
      const b2 = b1 + k;
      const b3 = b2 + k;
      let [s0, s1, s2, s3] = [0, 0, 0, 0];
      for (let l = 0; l < k; l++) {
        const x = a[from + l];
        s0 += x * b[b0 + l];
        s1 += x * b[b1 + l];
        s2 += x * b[b2 + l];
        s3 += x * b[b3 + l];
      }
      const at = i * m + j;
      out[at] = s0;
      out[at + 1] = s1;
      out[at + 2] = s2;
      out[at + 3] = s3;
    }
    for (; j < m; j++) {
      let sum = 0;
      for (let l = 0; l < k; l++) sum += a[from + l] * b[j * k + l];
      out[i * m + j] = sum;
    }
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
