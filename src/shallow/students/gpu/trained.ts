import type { ResolvedProblem } from '../../problem/index.ts';
import { keyOf } from '../kernel.ts';
import { initialWeights } from '../trained/weights.ts';
import { type GpuBatch, type GpuKind, load, type Pause, split } from './batch.ts';
import type { Gpu } from './device.ts';
import { shapeOf } from './shape.ts';
import { layout, spreadOf, trainedWgsl } from './wgsl/trained.ts';

/**
 * Trained students on a device (wgsl/trained.ts). Their weights at the start are the reference's, as sums of two
 * floats.
 */
async function start(
  gpu: Gpu,
  problems: readonly ResolvedProblem[],
  N: number,
  seeds: readonly number[],
  pause?: Pause,
): Promise<GpuBatch> {
  const [problem] = problems;
  const shape = shapeOf(problem, N);
  const { K } = shape;
  const spread = spreadOf(shape, gpu.subgroupSize);
  const at = layout(shape, spread);
  const count = problems.length;

  const weights = new Float32Array(count * at.rows * at.row * 4);
  const words = new Uint32Array(count * at.words);
  const floats = new Float32Array(words.buffer);
  for (const [i, { student, teacher, feedback }] of problems.entries()) {
    await pause?.();
    const { students, teachers } = initialWeights(problems[i], N, seeds[i]);
    const put = (row: number, lowRow: number, from: Float64Array): void => {
      const rowAt = (r: number): number => 4 * at.row * (i * at.rows + r);
      const high = weights.subarray(rowAt(row), rowAt(row) + N);
      const low = weights.subarray(rowAt(lowRow), rowAt(lowRow) + N);
      high.set(from);
      for (let n = 0; n < N; n++) low[n] = from[n] - high[n];
    };
    students.forEach((w, k) => {
      put(k, at.low + k, w);
    });
    teachers.forEach((w, m) => {
      put(at.teacher + m, at.teacherLow + m, w);
    });
    const own = i * at.words;
    for (let k = 0; k < K; k++) {
      [floats[own + k], floats[own + at.vLow + k]] = split(student.v[k]);
      floats[own + at.F + k] = feedback?.[k] ?? 0;
    }
    floats.set(teacher.A, own + at.A);
    words.set(keyOf(seeds[i]), own + at.key);
  }

  const loaded = await load(gpu, {
    source: trainedWgsl(shape, spread),
    workgroups: count,
    problem,
    N,
    firstRateOver: Math.sqrt(N),
    students: count,
    buffers: [weights, words, { bytes: 8 * count * at.results }],
  });
  const { advance, test, copy, close } = loaded;
  const measure = await loaded.entry('measure');
  const products = at.results - K - 1;

  return {
    advance,
    test,
    measure: () => {
      const fetch = copy(3, measure);
      return async () => {
        const pairs = new Float32Array(await fetch());
        const number = (i: number, j: number): number => {
          const pair = 2 * (i * at.results + j);
          return pairs[pair] + pairs[pair + 1];
        };
        return {
          read: (i, y) => {
            for (let j = 0; j < products + K; j++) y[j] = number(i, j) / (j < products ? N : 1);
          },
          squares: (i) => number(i, at.results - 1),
        };
      };
    },
    weights: async () => {
      const rows = new Float32Array(await copy(1)());
      const own = new Float32Array(await copy(2)());
      return seeds.map((_, i) => ({
        W: Array.from({ length: K }, (_, k) => {
          const row = (r: number): number => 4 * at.row * (i * at.rows + r);
          return Float64Array.from({ length: N }, (_, n) => rows[row(k) + n] + rows[row(at.low + k) + n]);
        }),
        v: Float64Array.from({ length: K }, (_, k) => {
          const [high, low] = [own[i * at.words + k], own[i * at.words + at.vLow + k]];
          return high + low;
        }),
      }));
    },
    close,
  };
}

export const trainedGpu: GpuKind = {
  enough: { hardware: 8192, software: 32 },
  // Rows are filled up to as many blocks as there are threads, at most 256.
  memory: (K, M, N) => 32 * (K + M) * (Math.ceil(N / 4) + 256),
  start,
};
