import { layoutOf, type ResolvedProblem } from '../../src/shallow/problem/index.ts';
import type { Batch } from '../../src/shallow/students/backend.ts';
import { type Gpu, openGpu } from '../../src/shallow/students/gpu/device.ts';
import { gpuStudents } from '../../src/shallow/students/gpu/students.ts';
import { backends, type StudentKind } from '../../src/shallow/students/index.ts';
import { describeGpu } from './gpu.ts';

/** Students in the making, on whatever trains them. */
export interface Trainees {
  advance(steps: number): Promise<void>;
  /** The order parameters of student i. */
  read(i: number): Promise<Float64Array>;
  sampledError(i: number, count: number): Promise<number>;
  weights(i: number): Promise<{ W: Float64Array[]; v: Float64Array }>;
  close(): void;
}

/** What trains students: a backend of the CPU, or a device that was opened. */
export interface Trainer {
  start(
    student: StudentKind,
    problems: readonly ResolvedProblem[],
    N: number,
    seeds: readonly number[],
  ): Promise<Trainees>;
  close(): Promise<void>;
}

export const onCpu = (backend: string): Trainer => ({
  start: async (student, problems, N, seeds) => {
    const { lanes, start } = backends[backend][student];
    const batches: Batch[] = [];
    for (let i = 0; i < seeds.length; i += lanes)
      batches.push(start(problems.slice(i, i + lanes), N, seeds.slice(i, i + lanes)));
    const batchOf = (i: number): Batch => batches[Math.floor(i / lanes)];
    return {
      advance: async (steps) => {
        for (const batch of batches) batch.advance(steps);
      },
      read: async (i) => {
        const y = new Float64Array(layoutOf(problems[i]).size);
        batchOf(i).read(i % lanes, y);
        return y;
      },
      sampledError: async (i, count) => batchOf(i).sampledError(i % lanes, count),
      weights: async (i) => batchOf(i).weights!(i % lanes),
      close: () => undefined,
    };
  },
  close: async () => undefined,
});

export const onDevice = (gpu: Gpu): Trainer => ({
  start: async (student, problems, N, seeds) => {
    const batch = await gpuStudents[student].start(gpu, problems, N, seeds);
    return {
      advance: (steps) => batch.advance(steps, 0),
      read: async (i) => {
        const y = new Float64Array(layoutOf(problems[i]).size);
        (await batch.measure()()).read(i, y);
        return y;
      },
      // In two parts, as a large test set is.
      sampledError: async (i, count) => {
        const part = Math.floor(count / 3);
        await batch.test(0, part, 0);
        await batch.test(part, count - part, 0);
        return (await batch.measure()()).squares(i) / count;
      },
      weights: async (i) => (await batch.weights!())[i],
      close: batch.close,
    };
  },
  close: gpu.close,
});

/** The GPU in both its ways of summing over threads. */
export const gpuTrainers = [
  { name: 'gpu', subgroups: true },
  { name: 'gpu without subgroups', subgroups: false },
].map(({ name, subgroups }) => ({
  name,
  suite: describeGpu,
  open: async () => onDevice(await openGpu({ allowSoftware: true, subgroups })),
}));

/** The largest difference of two lists, in units of the largest number. Anything that is no number is infinitely wrong. */
export function difference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let most = 0;
  let size = 0;
  for (let i = 0; i < b.length; i++) {
    const apart = Math.abs(a[i] - b[i]);
    most = Math.max(most, Number.isNaN(apart) ? Number.POSITIVE_INFINITY : apart);
    size = Math.max(size, Math.abs(b[i]));
  }
  return most / size;
}
