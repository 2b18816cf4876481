import type { ResolvedProblem } from '../../problem/index.ts';
import type { StudentKind } from '../types.ts';
import type { Gpu } from './device.ts';
import { pace } from './pace.ts';
import { gpuStudents, lanesOf } from './students.ts';

/** As many students as show what a card can do, and are started in a moment. */
const MOST: Readonly<Record<StudentKind, number>> = { trained: 1024, projected: 2 ** 15 };
/** As many students as are started on the CPU in about a second: (K + M)² products of rows of N numbers each. */
const START_WORK = 2e8;
/** A dispatch of so many milliseconds is long enough to be measured. */
const LONG = 40;

/** Steps a second of all students of a batch together, measured. */
export async function gpuRate(
  gpu: Gpu,
  student: StudentKind,
  problem: ResolvedProblem,
  N: number,
  runs: number,
): Promise<number> {
  const kind = gpuStudents[student];
  const { length: K } = problem.student.v;
  const { length: M } = problem.teacher.A;
  const startable = Math.max(1, Math.floor(START_WORK / ((K + M) ** 2 * (student === 'trained' ? N : 1))));
  const count = Math.min(runs, lanesOf(kind, gpu, K, M, N), MOST[student], startable);
  const seeds = Array.from({ length: count }, (_, i) => i);
  const batch = await kind.start(
    gpu,
    seeds.map(() => problem),
    N,
    seeds,
  );
  try {
    const { take, took } = pace();
    for (;;) {
      const steps = take(Number.POSITIVE_INFINITY);
      const start = performance.now();
      // Waited for awake, so that what is measured is not a sleep.
      await batch.advance(steps, 0);
      const ms = performance.now() - start;
      if (ms > LONG) return (count * steps * 1000) / ms;
      took(steps, ms);
    }
  } finally {
    batch.close();
  }
}
