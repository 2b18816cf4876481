/** Relative to the largest variance: what rounding of the given overlaps may take away. */
export const POSITIVE_TOLERANCE = 1e-10;

/**
 * Whether no eigenvalue of the symmetric n × n matrix C lies below −tolerance times the largest variance: Cholesky's
 * method, which needs positive pivots, on C with that much added to its diagonal.
 */
export function isPositive(C: Float64Array, n: number, tolerance: number): boolean {
  const shift = tolerance * largestVariance(C, n);
  const L = C.slice();
  for (let j = 0; j < n; j++) {
    let pivot = L[j * n + j] + shift;
    for (let k = 0; k < j; k++) pivot -= L[j * n + k] ** 2;
    // Nothing but zeros: the row of a vector of length zero.
    if (pivot === 0 && shift === 0 && isZero(L, j, n)) continue;
    if (!(pivot > 0)) return false;
    const root = Math.sqrt(pivot);
    L[j * n + j] = root;
    for (let i = j + 1; i < n; i++) {
      let x = L[i * n + j];
      for (let k = 0; k < j; k++) x -= L[i * n + k] * L[j * n + k];
      L[i * n + j] = x / root;
    }
  }
  return true;
}

/** The smallest eigenvalue, relative to the largest variance, of a matrix that is not positive; to two digits. */
export function negativePart(C: Float64Array, n: number): number {
  let low = 1e-17;
  let high = 1e6;
  while (high / low > 1.01) {
    const middle = Math.sqrt(low * high);
    if (isPositive(C, n, middle)) high = middle;
    else low = middle;
  }
  return -high;
}

/**
 * Cholesky with diagonal pivoting of a positive n × n matrix that may be singular: L with L Lᵀ = C to rounding, rows
 * in the order of C, column j belonging to the j-th pivot.
 */
export function cholesky(C: Float64Array, n: number): Float64Array {
  const rest = C.slice();
  const L = new Float64Array(n * n);
  const rounding = 4 * n * Number.EPSILON * largestVariance(C, n);
  const done = new Uint8Array(n);
  for (let column = 0; column < n; column++) {
    let pivot = -1;
    for (let i = 0; i < n; i++)
      if (!done[i] && (pivot < 0 || rest[i * n + i] > rest[pivot * n + pivot])) pivot = i;
    const variance = rest[pivot * n + pivot];
    if (variance <= rounding) break;
    done[pivot] = 1;
    const root = Math.sqrt(variance);
    L[pivot * n + column] = root;
    for (let i = 0; i < n; i++) if (!done[i]) L[i * n + column] = rest[i * n + pivot] / root;
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++)
        if (!done[i] && !done[j]) rest[i * n + j] -= L[i * n + column] * L[j * n + column];
  }
  return L;
}

/** The same, to the rounding of each row's own variance: rows may be of very different sizes. */
export function choleskyOfRows(C: Float64Array, n: number): Float64Array {
  const sizes = Array.from({ length: n }, (_, i) => Math.sqrt(C[i * n + i]));
  const L = cholesky(
    C.map((x, at) => (x === 0 ? 0 : x / sizes[Math.floor(at / n)] / sizes[at % n])),
    n,
  );
  return L.map((x, at) => x * sizes[Math.floor(at / n)]);
}

function largestVariance(C: Float64Array, n: number): number {
  let largest = 0;
  for (let i = 0; i < n; i++) largest = Math.max(largest, Math.abs(C[i * n + i]));
  return largest;
}

function isZero(C: Float64Array, j: number, n: number): boolean {
  for (let i = 0; i < n; i++) if (C[i * n + j] !== 0 || C[j * n + i] !== 0) return false;
  return true;
}
