/** Vectors, and matrices row by row, of a few dozen rows: written to be read, not to be fast. */

/** One after the other. */
export function joined(parts: readonly Float64Array[]): Float64Array {
  const out = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let from = 0;
  for (const part of parts) {
    out.set(part, from);
    from += part.length;
  }
  return out;
}

export const dot = (one: Float64Array, other: Float64Array): number =>
  one.reduce((sum, value, i) => sum + value * other[i], 0);

export const norm = (one: Float64Array): number => Math.sqrt(dot(one, one));

/** Null for a vector of length zero; never beyond ±1 by rounding. */
export function cosine(one: Float64Array, other: Float64Array): number | null {
  const sizes = norm(one) * norm(other);
  return sizes === 0 ? null : Math.max(-1, Math.min(1, dot(one, other) / sizes));
}

/** A x. */
export function times(A: Float64Array, x: Float64Array): Float64Array {
  const out = new Float64Array(A.length / x.length);
  for (let r = 0; r < out.length; r++)
    for (let c = 0; c < x.length; c++) out[r] += A[r * x.length + c] * x[c];
  return out;
}

/** Aᵀ of a matrix with so many columns. */
export function transposed(A: Float64Array, columns: number): Float64Array {
  const rows = A.length / columns;
  return A.map((_, i) => A[(i % rows) * columns + Math.floor(i / rows)]);
}

/** A B, where A has as many columns as B has rows. */
export function product(A: Float64Array, B: Float64Array, inner: number): Float64Array {
  const rows = A.length / inner;
  const columns = B.length / inner;
  const out = new Float64Array(rows * columns);
  for (let r = 0; r < rows; r++)
    for (let c = 0; c < columns; c++)
      for (let i = 0; i < inner; i++) out[r * columns + c] += A[r * inner + i] * B[i * columns + c];
  return out;
}
