import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { resolveProblem, simulate } from '../../../../src/index.ts';
import { describeGpu } from '../../../support/gpu.ts';
import { curvesOfRun, drawnProblem } from '../../../support/simulations.ts';
import { gpuTrainers, type Trainer } from '../../../support/trainees.ts';

/* That the numbers of a run depend on the problem and its seed alone, on a GPU as on the CPU (../sameBits.test.ts). */
const kinds = ['trained', 'projected'] as const;
const problem = resolveProblem(drawnProblem());

for (const { name, suite, open } of gpuTrainers)
  suite(`backend ${name}`, () => {
    let gpu: Trainer;
    beforeAll(async () => {
      gpu = await open();
    });
    afterAll(() => gpu.close());

    describe.each(kinds)('%s students', (student) => {
      const STEPS = 5000;
      /** All that is to be known of the last of some students after dispatches of so many steps. */
      async function numbersOf(piece: number, seeds = [5], lookedAt = false): Promise<number[]> {
        const batch = await gpu.start(
          student,
          seeds.map(() => problem),
          30,
          seeds,
        );
        for (let done = 0; done < STEPS; done += piece) {
          await batch.advance(Math.min(piece, STEPS - done));
          if (!lookedAt) continue;
          await batch.read(0);
          await batch.sampledError(0, 7);
        }
        const i = seeds.length - 1;
        const { W, v } = student === 'trained' ? await batch.weights(i) : { W: [], v: [] };
        const numbers = [...(await batch.read(i)), ...W.flatMap((w) => [...w]), ...v];
        numbers.push(await batch.sampledError(i, 50));
        batch.close();
        expect(numbers.every(Number.isFinite)).toBe(true);
        return numbers;
      }

      test('are the same to the last bit in dispatches of 50, 500 and 5000 steps, and once more', async () => {
        const whole = await numbersOf(5000);
        for (const piece of [5000, 500, 50, 4999]) expect(await numbersOf(piece)).toEqual(whole);
      });

      test('are not disturbed by being looked at', async () => {
        expect(await numbersOf(777, [5], true)).toEqual(await numbersOf(5000));
      });

      test('do not depend on their neighbours, nor on how many they are', async () => {
        const alone = await numbersOf(5000);
        expect(await numbersOf(5000, [8, 5])).toEqual(alone);
        expect(await numbersOf(2500, [...Array(student === 'trained' ? 9 : 70).keys(), 5])).toEqual(alone);
        expect(await numbersOf(5000, [5, 8])).not.toEqual(alone);
      });
    });
  });

describeGpu('simulate on a GPU', () => {
  describe.each(kinds)('%s students', (student) => {
    const settings = { N: 30, student, backend: 'gpu', allowSoftware: true } as const;
    // More than go into a batch of a software adapter.
    const runs = student === 'trained' ? 40 : 1030;

    test('a run can be repeated alone by its seed, from whichever batch', async () => {
      const { perRun, failed } = await simulate(drawnProblem(), { ...settings, runs, seed: 3 });
      expect(failed).toEqual([]);
      expect(perRun.map(({ run }) => run)).toEqual(Array.from({ length: runs }, (_, i) => i + 1));
      for (const run of [perRun[0], perRun[1], perRun[runs - 8], perRun[runs - 1]]) {
        const alone = await simulate(drawnProblem(), { ...settings, seed: run.seed });
        expect(curvesOfRun(alone.perRun[0])).toEqual(curvesOfRun(run));
      }
      expect(new Set(perRun.map(({ eg }) => eg[2])).size).toBe(runs);
    });

    test('with its parts drawn anew, or as they are recorded in the output', async () => {
      const redraw = ['teacher', 'student', 'feedback'] as const;
      const all = await simulate(drawnProblem(), { ...settings, runs: 4, seed: 3, redraw });
      const stored = JSON.parse(JSON.stringify(all));
      const { perRun: cpu } = await simulate(drawnProblem(), {
        ...settings,
        backend: 'cpu',
        threads: 1,
        runs: 4,
        seed: 3,
        redraw,
      });
      for (const [i, run] of all.perRun.entries()) {
        const drawn = await simulate(drawnProblem(), { ...settings, seed: run.seed, redraw });
        expect(drawn.perRun[0]).toEqual({ ...run, run: 1 });
        const { teacher, student: start, feedback } = stored.perRun[i];
        const recorded = { ...stored.problem, teacher, student: start, feedback };
        const given = await simulate(recorded, { ...settings, seed: run.seed });
        expect(curvesOfRun(given.perRun[0])).toEqual(curvesOfRun(run));
        expect([run.seed, run.teacher, run.student, run.feedback]).toEqual([
          cpu[i].seed,
          cpu[i].teacher,
          cpu[i].student,
          cpu[i].feedback,
        ]);
        run.eg.forEach((eg, t) => {
          expect(Math.abs(eg / cpu[i].eg[t] - 1)).toBeLessThan(1e-5);
        });
      }
      expect(new Set(all.perRun.map(({ teacher }) => teacher?.T[0][0])).size).toBe(4);
    });

    test('whatever else is looked at', async () => {
      const often = await simulate(
        { ...drawnProblem(), alpha: [0, 0.1, 0.2, 0.5, 1, 2] },
        { ...settings, seed: 3, testSet: 9 },
      );
      const seldom = await simulate(drawnProblem(), { ...settings, seed: 3 });
      const of = (i: number, { perRun: [{ eg, Q, R, v }] }: typeof often) => [eg[i], Q[i], R[i], v[i]];
      expect([0, 3, 5].map((i) => of(i, often))).toEqual([0, 1, 2].map((i) => of(i, seldom)));
    });
  });
});
