import { covariance, layoutOf, pack, type ResolvedProblem } from '../problem/index.ts';

/**
 * Vectors with a problem's overlaps, in as few axes as hold them. Row i is W_i/√N, students first, then teachers, in
 * M axes that span the teachers followed by K for what the students have outside that span:
 *
 *     rows · rowsᵀ = [[Q,R],[Rᵀ,T]].
 *
 * This is Cholesky's factor with the teachers taken first, of the correlations rather than the overlaps: a direction
 * that a unit has only by rounding (below a few digits of the last place of its own length) is left out, so that a
 * unit that has converged gets no residual of √ε. Both triangles of it, the teachers' and the students', are lower.
 */
export function axesOf(problem: ResolvedProblem): Float64Array {
  const { K, M, n } = layoutOf(problem);
  const C = covariance(problem, pack(problem));
  const order = Array.from({ length: n }, (_, i) => (i < M ? K + i : i - M));
  const length = Float64Array.from(order, (i) => Math.sqrt(C[i * n + i]));
  const negligible = 4 * n * Number.EPSILON;

  const L = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i && length[i] > 0; j++) {
      if (length[j] === 0) continue;
      let rest = i === j ? 1 : C[order[i] * n + order[j]] / length[i] / length[j];
      for (let k = 0; k < j; k++) rest -= L[i * n + k] * L[j * n + k];
      if (i === j) L[i * n + i] = rest > negligible ? Math.sqrt(rest) : 0;
      else if (L[j * n + j] > 0) L[i * n + j] = rest / L[j * n + j];
    }

  const rows = new Float64Array(n * n);
  for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) rows[order[i] * n + j] = length[i] * L[i * n + j];
  return rows;
}
