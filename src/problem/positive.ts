/** Relative to the largest variance: what rounding of the given overlaps may take away. */
export const POSITIVE_TOLERANCE = 1e-10;

export interface Cholesky {
  /** L with L Lᵀ = C to rounding, rows in the order of C; column j belongs to the j-th pivot. */
  readonly L: Float64Array;
  /** The most negative pivot or remainder met, relative to the largest variance; 0 where there was none. */
  readonly defect: number;
}

/** Cholesky with diagonal pivoting of a symmetric n × n matrix that may be singular. */
export function cholesky(C: Float64Array, n: number): Cholesky {
  const rest = C.slice();
  const L = new Float64Array(n * n);
  let scale = 0;
  for (let i = 0; i < n; i++) scale = Math.max(scale, Math.abs(C[i * n + i]));
  const rounding = 4 * n * Number.EPSILON * scale;
  const done = new Uint8Array(n);
  let worst = 0;
  for (let column = 0; column < n; column++) {
    let pivot = -1;
    for (let i = 0; i < n; i++)
      if (!done[i] && (pivot < 0 || rest[i * n + i] > rest[pivot * n + pivot])) pivot = i;
    const variance = rest[pivot * n + pivot];
    if (variance <= rounding) {
      // Nothing is left but what must be zero: a positive matrix has |C_ij|² ≤ C_ii C_jj.
      for (let i = 0; i < n; i++)
        for (let j = 0; j <= i; j++) {
          if (done[i] || done[j]) continue;
          const x = rest[i * n + j];
          worst = Math.max(worst, i === j ? -x : Math.abs(x));
        }
      break;
    }
    done[pivot] = 1;
    const root = Math.sqrt(variance);
    L[pivot * n + column] = root;
    for (let i = 0; i < n; i++) if (!done[i]) L[i * n + column] = rest[i * n + pivot] / root;
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++)
        if (!done[i] && !done[j]) rest[i * n + j] -= L[i * n + column] * L[j * n + column];
  }
  const excess = worst - rounding;
  return { L, defect: excess > 0 && scale > 0 ? -excess / scale : excess > 0 ? -1 : 0 };
}
