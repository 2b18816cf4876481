import { normals, STREAMS } from '../../../random/index.ts';
import { type Layout, layoutOf, type ResolvedProblem } from '../../problem/index.ts';
import { axesOf } from '../axes.ts';
import { dot } from '../dot.ts';

/**
 * N-dimensional weights with exactly a problem's overlaps: its vectors in their few axes (see `axesOf`), with the
 * axes laid along random orthonormal directions, those that Gram and Schmidt find in Gaussian vectors. Inputs are
 * rotation invariant, so no direction matters, but no weight is zero either. Axis j comes from the place (seed, j)
 * of the stream `weightAxes`.
 */
export function initialWeights(
  problem: ResolvedProblem,
  N: number,
  seed: number,
): { students: Float64Array[]; teachers: Float64Array[] } {
  const { K, n } = layoutOf(problem);
  const axes = orthonormalAxes(n, N, seed);
  const rows = axesOf(problem);
  const weights = Array.from({ length: n }, (_, i) => {
    const w = new Float64Array(N);
    for (let j = 0; j < n; j++) add(w, Math.sqrt(N) * rows[i * n + j], axes[j]);
    return w;
  });
  return { students: weights.slice(0, K), teachers: weights.slice(K) };
}

function orthonormalAxes(n: number, N: number, seed: number): Float64Array[] {
  const axes: Float64Array[] = [];
  for (let j = 0; j < n; j++) {
    const axis = new Float64Array(N);
    normals(axis, N, seed, j, 0, STREAMS.weightAxes);
    // Twice is enough (Kahan & Parlett): also where N = n leaves the last axis little of its normal vector.
    for (let pass = 0; pass < 2; pass++) for (const other of axes) add(axis, -dot(axis, other), other);
    const length = Math.sqrt(dot(axis, axis));
    for (let i = 0; i < N; i++) axis[i] /= length;
    axes.push(axis);
  }
  return axes;
}

function add(to: Float64Array, factor: number, from: Float64Array): void {
  for (let i = 0; i < to.length; i++) to[i] += factor * from[i];
}

/** The order parameters of weights, Q_kl = W_k·W_l/N and R_km = W_k·W̃_m/N, written to y. */
export function readOverlaps(
  { R, v: ofV }: Layout,
  N: number,
  W: readonly Float64Array[],
  teachers: readonly Float64Array[],
  v: Float64Array,
  y: Float64Array,
): void {
  let at = 0;
  for (let k = 0; k < W.length; k++) for (let l = k; l < W.length; l++) y[at++] = dot(W[k], W[l]) / N;
  at = R;
  for (const w of W) for (const teacher of teachers) y[at++] = dot(w, teacher) / N;
  y.set(v, ofV);
}
