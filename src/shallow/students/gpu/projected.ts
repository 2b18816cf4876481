import { layoutOf, type ResolvedProblem } from '../../problem/index.ts';
import { axesOf } from '../axes.ts';
import { keyOf } from '../kernel.ts';
import { type GpuBatch, type GpuKind, load, type Pause, split } from './batch.ts';
import type { Gpu } from './device.ts';
import { shapeOf } from './shape.ts';
import { fieldsOf, projectedWgsl, THREADS } from './wgsl/projected.ts';

/** Projected students on a device (wgsl/projected.ts), one for each thread. */
async function start(
  gpu: Gpu,
  problems: readonly ResolvedProblem[],
  N: number,
  seeds: readonly number[],
  pause?: Pause,
): Promise<GpuBatch> {
  const { K, M, n, R: ofR, v: ofV } = layoutOf(problems[0]);
  const at = fieldsOf({ K, M });
  const count = problems.length;

  const state = new Uint32Array(count * at.count);
  const floats = new Float32Array(state.buffer);
  /** The teachers' coordinates, not rounded: R is measured with them. */
  const teachers: Float64Array[] = [];
  for (const [i, problem] of problems.entries()) {
    await pause?.();
    const axes = axesOf(problem);
    const put = (field: number, x: number): void => {
      floats[field * count + i] = x;
    };
    const putPair = (field: number, x: number): void => {
      const [high, low] = split(x);
      put(field, high);
      put(at.low + field, low);
    };
    let triangle = at.L;
    for (let k = 0; k < K; k++) {
      for (let j = 0; j < M; j++) putPair(at.P + k * M + j, axes[k * n + j]);
      for (let j = 0; j <= k; j++) putPair(triangle++, axes[k * n + M + j]);
      putPair(at.v + k, problem.student.v[k]);
      put(at.F + k, problem.feedback?.[k] ?? 0);
    }
    triangle = at.teachers;
    for (let m = 0; m < M; m++) {
      for (let j = 0; j <= m; j++) put(triangle++, axes[(K + m) * n + j]);
      put(at.A + m, problem.teacher.A[m]);
    }
    teachers.push(axes.slice(K * n));
    state.set([keyOf(seeds[i])[0]], at.key * count + i);
    state.set([keyOf(seeds[i])[1]], (at.key + 1) * count + i);
  }

  const [problem] = problems;
  const { advance, test, copy, close } = await load(gpu, {
    source: projectedWgsl(shapeOf(problem, N)),
    workgroups: Math.ceil(count / THREADS),
    problem,
    N,
    firstRateOver: N,
    students: count,
    buffers: [state, { bytes: 8 * count }],
  });

  return {
    advance,
    test,
    measure: () => {
      const fetchState = copy(1);
      const fetchSquares = copy(2);
      return async () => {
        const numbers = new Float32Array(await fetchState());
        const sums = new Float32Array(await fetchSquares());
        return {
          squares: (i) => sums[2 * i] + sums[2 * i + 1],
          read: (i, y) => {
            const get = (field: number): number =>
              numbers[field * count + i] + numbers[(at.low + field) * count + i];
            const P = (k: number, j: number): number => get(at.P + k * M + j);
            const L = (k: number, j: number): number => get(at.L + (k * (k + 1)) / 2 + j);
            let to = 0;
            for (let k = 0; k < K; k++)
              for (let l = k; l < K; l++) {
                let Q = 0;
                for (let j = 0; j < M; j++) Q += P(k, j) * P(l, j);
                for (let j = 0; j <= k; j++) Q += L(k, j) * L(l, j);
                y[to++] = Q;
              }
            for (let k = 0; k < K; k++)
              for (let m = 0; m < M; m++) {
                let R = 0;
                for (let j = 0; j <= m; j++) R += P(k, j) * teachers[i][m * n + j];
                y[ofR + k * M + m] = R;
              }
            for (let k = 0; k < K; k++) y[ofV + k] = get(at.v + k);
          },
        };
      };
    },
    close,
  };
}

export const projectedGpu: GpuKind = {
  enough: { hardware: 2 ** 18, software: 2 ** 10 },
  memory: (K, M) => 4 * fieldsOf({ K, M }).count,
  start,
};
