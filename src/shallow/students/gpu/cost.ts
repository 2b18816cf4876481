import { layoutOf, type ResolvedProblem } from '../../problem/index.ts';
import type { StudentKind } from '../types.ts';
import type { Gpu } from './device.ts';
import { pace } from './pace.ts';
import { gpuStudents, lanesOf } from './students.ts';

/** Enough students to show what a GPU can do, but few enough to be started in a moment. */
const MOST: Readonly<Record<StudentKind, number>> = { trained: 1024, projected: 2 ** 15 };
/** As many students as are started on the CPU in about a second: (K + M)² products of rows of N numbers each. */
const START_WORK = 2e8;
/** A dispatch of so many milliseconds is long enough to be measured. */
const LONG = 40;

/** Milliseconds that a student takes, measured in a batch of many: to be started, and for each step. */
export async function gpuCost(
  gpu: Gpu,
  student: StudentKind,
  problem: ResolvedProblem,
  N: number,
  runs: number,
): Promise<{ start: number; step: number }> {
  const kind = gpuStudents[student];
  const { K, M } = layoutOf(problem);
  const startable = Math.max(1, Math.floor(START_WORK / ((K + M) ** 2 * (student === 'trained' ? N : 1))));
  const count = Math.min(runs, lanesOf(kind, gpu, K, M, N), MOST[student], startable);
  const seeds = Array.from({ length: count }, (_, i) => i);
  const each = seeds.map(() => problem);
  // One student is trained first, so that the time of compiling is not measured.
  const one = await kind.start(gpu, each.slice(0, 1), N, [0]);
  await one.advance(1, 0).finally(one.close);
  const begin = performance.now();
  const batch = await kind.start(gpu, each, N, seeds);
  const startMs = performance.now() - begin;
  try {
    const { take, took } = pace();
    for (;;) {
      const steps = take(Number.POSITIVE_INFINITY);
      const start = performance.now();
      // With an expected time of 0 there is no sleep that would be measured.
      await batch.advance(steps, 0);
      const ms = performance.now() - start;
      if (ms > LONG) return { start: startMs / count, step: ms / steps / count };
      took(steps, ms);
    }
  } finally {
    batch.close();
  }
}
