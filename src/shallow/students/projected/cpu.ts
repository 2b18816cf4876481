import { layoutOf, type ResolvedProblem } from '../../problem/index.ts';
import { axesOf } from '../axes.ts';
import { type Backend, type Batch, projectedWork } from '../backend.ts';
import { kernelMissing, keyOf, numbers, startKernel } from '../kernel.ts';

const LANES = 2;

/** Two projected students in WebAssembly (kernel/projected.ts): each the reference's numbers, but for rounding. */
function start(problems: readonly ResolvedProblem[], N: number, seeds: readonly number[]): Batch {
  const { K, M, n, R: ofR, v: ofV } = layoutOf(problems[0]);
  const kernel = startKernel(problems[0], N);
  // A student without a neighbour is trained twice.
  const second = seeds.length - 1;
  kernel.projectedStart(N, ...keyOf(seeds[0]), ...keyOf(seeds[second]));

  const array = (address: number, length: number): Float64Array => numbers(kernel, address, LANES * length);
  const P = array(kernel.projectedP(), K * M);
  const L = array(kernel.projectedL(), K * (K + 1));
  const teachers = array(kernel.projectedTeachers(), M * M);
  const v = array(kernel.projectedV(), K);
  const A = array(kernel.projectedA(), M);
  const F = array(kernel.projectedF(), K);
  for (let lane = 0; lane < LANES; lane++) {
    const problem = problems[lane === 0 ? 0 : second];
    const axes = axesOf(problem);
    const put = (to: Float64Array, i: number, x: number): void => {
      to[LANES * i + lane] = x;
    };
    for (let k = 0; k < K; k++) {
      for (let j = 0; j < M; j++) put(P, k * M + j, axes[k * n + j]);
      for (let j = 0; j < K; j++) put(L, k * (K + 1) + j, axes[k * n + M + j]);
      put(v, k, problem.student.v[k]);
      put(F, k, problem.feedback?.[k] ?? 0);
    }
    for (let m = 0; m < M; m++) {
      for (let j = 0; j < M; j++) put(teachers, m * M + j, axes[(K + m) * n + j]);
      put(A, m, problem.teacher.A[m]);
    }
  }

  /** Σ_j a_j b_j of two rows, for the student of a lane. */
  const dot = (
    a: Float64Array,
    i: number,
    b: Float64Array,
    j: number,
    length: number,
    lane: number,
  ): number => {
    let sum = 0;
    for (let at = 0; at < length; at++) sum += a[LANES * (i + at) + lane] * b[LANES * (j + at) + lane];
    return sum;
  };

  return {
    advance: (steps) => kernel.projectedAdvance(steps),
    read: (lane, y) => {
      let at = 0;
      for (let k = 0; k < K; k++)
        for (let l = k; l < K; l++)
          y[at++] = dot(P, k * M, P, l * M, M, lane) + dot(L, k * (K + 1), L, l * (K + 1), K, lane);
      for (let k = 0; k < K; k++)
        for (let m = 0; m < M; m++) y[ofR + k * M + m] = dot(P, k * M, teachers, m * M, M, lane);
      for (let k = 0; k < K; k++) y[ofV + k] = v[LANES * k + lane];
    },
    sampledError: (lane, count) => kernel.projectedSquares(lane, 0, count) / count,
  };
}

export const projectedCpu: Backend = {
  lanes: LANES,
  missing: kernelMissing,
  work: projectedWork,
  memory: (K, M) => 64 * 1024 + 16 * (K + M) * (K + M + 64),
  start,
};
