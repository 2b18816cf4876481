/*
 * Products of dense matrices, which stand row after row. They write into `out` and allocate nothing; each element is
 * summed in the order of the inner index, so its bits are the same on every engine.
 */

type Matrix = ArrayLike<number>;
type Out = Float64Array;

/** out = a b, with a of n × k and b of k × m. */
export function product(out: Out, a: Matrix, b: Matrix, n: number, k: number, m: number): void {
  for (let at = 0; at < n * m; at++) out[at] = 0;
  addSums(out, a, b, n, k, m, k, 1, m, 1);
}

/** out += a b. */
export function addProduct(out: Out, a: Matrix, b: Matrix, n: number, k: number, m: number): void {
  addSums(out, a, b, n, k, m, k, 1, m, 1);
}

/** out = a bᵀ, with a of n × k and b of m × k. */
export function productT(out: Out, a: Matrix, b: Matrix, n: number, k: number, m: number): void {
  for (let at = 0; at < n * m; at++) out[at] = 0;
  addSums(out, a, b, n, k, m, k, 1, 1, k);
}

/** out = aᵀ b, with a of k × n and b of k × m. */
export function tProduct(out: Out, a: Matrix, b: Matrix, n: number, k: number, m: number): void {
  for (let at = 0; at < n * m; at++) out[at] = 0;
  addSums(out, a, b, n, k, m, 1, n, m, 1);
}

/**
 * out_ij += Σ_l a_il b_lj, where a_il stands at i·ai + l·al and b_lj at l·bl + j·bj. Two rows by four columns at once:
 * eight sums, which need not wait for one another.
 */
function addSums(
  out: Out,
  a: Matrix,
  b: Matrix,
  n: number,
  k: number,
  m: number,
  ai: number,
  al: number,
  bl: number,
  bj: number,
): void {
  const twos = n - (n % 2);
  const fours = m - (m % 4);
  for (let i = 0; i < twos; i += 2)
    for (let j = 0; j < fours; j += 4) {
      const o0 = i * m + j;
      const o1 = o0 + m;
      let s0 = out[o0];
      let s1 = out[o0 + 1];
      let s2 = out[o0 + 2];
      let s3 = out[o0 + 3];
      let t0 = out[o1];
      let t1 = out[o1 + 1];
      let t2 = out[o1 + 2];
      let t3 = out[o1 + 3];
      let inA = i * ai;
      let inB = j * bj;
      for (let l = 0; l < k; l++) {
        const x = a[inA];
        const y = a[inA + ai];
        const b0 = b[inB];
        const b1 = b[inB + bj];
        const b2 = b[inB + 2 * bj];
        const b3 = b[inB + 3 * bj];
        s0 += x * b0;
        s1 += x * b1;
        s2 += x * b2;
        s3 += x * b3;
        t0 += y * b0;
        t1 += y * b1;
        t2 += y * b2;
        t3 += y * b3;
        inA += al;
        inB += bl;
      }
      out[o0] = s0;
      out[o0 + 1] = s1;
      out[o0 + 2] = s2;
      out[o0 + 3] = s3;
      out[o1] = t0;
      out[o1 + 1] = t1;
      out[o1 + 2] = t2;
      out[o1 + 3] = t3;
    }
  // What is left: the columns beyond the last four, and of an odd number of rows the last.
  for (let i = 0; i < n; i++)
    for (let j = i < twos ? fours : 0; j < m; j++) {
      let sum = out[i * m + j];
      for (let l = 0; l < k; l++) sum += a[i * ai + l * al] * b[l * bl + j * bj];
      out[i * m + j] = sum;
    }
}

/** tr(aᵀ b), the sum of the products of their elements. */
export function dot(a: Matrix, b: Matrix): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

/** out = aᵀ, with a of n × m. */
export function transpose(out: Out, a: Matrix, n: number, m: number): void {
  for (let i = 0; i < n; i++) for (let j = 0; j < m; j++) out[j * n + i] = a[i * m + j];
}

/** aᵀ a, with a of n × m. */
export function gram(a: Matrix, n: number, m: number): Float64Array {
  const G = new Float64Array(m * m);
  tProduct(G, a, a, m, n, m);
  return G;
}

/** The rows of a matrix, each a list; the matrix begins at a[from]. */
export const rowsOf = (a: Matrix, n: number, m: number, from = 0): number[][] =>
  Array.from({ length: n }, (_, i) => Array.from({ length: m }, (_, j) => a[from + i * m + j]));

export function identity(n: number): Float64Array {
  const one = new Float64Array(n * n);
  for (let i = 0; i < n; i++) one[i * n + i] = 1;
  return one;
}
