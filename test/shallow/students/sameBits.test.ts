import { describe, expect, it } from 'vitest';
import { resolveProblem, simulate } from '../../../src/index.ts';
import { layoutOf } from '../../../src/shallow/problem/index.ts';
import { backends } from '../../../src/shallow/students/index.ts';
import { type RunRecord, trainRuns } from '../../../src/shallow/students/task.ts';
import { curvesOfRun, drawnProblem, everyStudent, planned } from '../../support/simulations.ts';

/* That the numbers of a run depend on the problem and its seed alone. Threads: see threads.test.ts. */

describe.each(everyStudent)('$student student, backend $backend', ({ backend, student }) => {
  const settings = { N: 30, student, backend, threads: 1, testSet: 5 };

  it('is the same to the last bit however its steps are cut into calls', () => {
    const problem = resolveProblem(drawnProblem());
    const { size } = layoutOf(problem);
    const inPieces = (piece: number): number[] => {
      const batch = backends[backend][student].start([problem], 30, [5]);
      for (let done = 0; done < 1000; done += piece) batch.advance(Math.min(piece, 1000 - done));
      const y = new Float64Array(size);
      batch.read(0, y);
      return [...y, batch.sampledError(0, 5)];
    };
    const whole = inPieces(1000);
    expect(whole.every(Number.isFinite)).toBe(true);
    expect(inPieces(1)).toEqual(whole);
    expect(inPieces(7)).toEqual(whole);
  });

  it('is not disturbed by being looked at', () => {
    const problem = resolveProblem(drawnProblem());
    const y = new Float64Array(layoutOf(problem).size);
    const [looked, left] = [0, 1].map(() => backends[backend][student].start([problem], 30, [5]));
    for (let i = 0; i < 20; i++) {
      looked.advance(3);
      looked.read(0, y);
      looked.sampledError(0, 4);
    }
    left.advance(60);
    const z = new Float64Array(y.length);
    left.read(0, z);
    expect(y).toEqual(z);
  });

  it('is the same whichever task comes first', () => {
    const { tasks } = planned(drawnProblem(), { ...settings, runs: 9, seed: 3, redraw: ['student'] });
    const records = (inOrder: typeof tasks): RunRecord[] => {
      const finished: RunRecord[] = [];
      for (const task of inOrder) for (const _ of trainRuns(task, finished));
      return finished.sort((a, b) => a.run - b.run);
    };
    expect(records([...tasks].reverse())).toEqual(records(tasks));
  });

  it('can be run again alone by its recorded seed', async () => {
    const { perRun } = await simulate(drawnProblem(), { ...settings, runs: 6, seed: 3 });
    expect(perRun.map(({ run }) => run)).toEqual([1, 2, 3, 4, 5, 6]);
    for (const run of perRun) {
      const alone = await simulate(drawnProblem(), { ...settings, seed: run.seed });
      expect(curvesOfRun(alone.perRun[0])).toEqual(curvesOfRun(run));
    }
    expect(new Set(perRun.map(({ v }) => String(v[2]))).size).toBe(6);
  });

  it('can be run again alone with its parts drawn anew, or as they are recorded in the output', async () => {
    const redraw = ['teacher', 'student', 'feedback'] as const;
    const all = await simulate(drawnProblem(), { ...settings, runs: 4, seed: 3, redraw });
    const stored = JSON.parse(JSON.stringify(all));
    for (const [i, run] of all.perRun.entries()) {
      const drawn = await simulate(drawnProblem(), { ...settings, seed: run.seed, redraw });
      expect(drawn.perRun[0]).toEqual({ ...run, run: 1 });
      const { teacher, student: start, feedback } = stored.perRun[i];
      const recorded = { ...stored.problem, teacher, student: start, feedback };
      const given = await simulate(recorded, { ...settings, seed: run.seed });
      expect(curvesOfRun(given.perRun[0])).toEqual(curvesOfRun(run));
    }
  });

  it('begins a longer series: runs 1 to 5 of 10 are those of 5', async () => {
    const ten = await simulate(drawnProblem(), { ...settings, runs: 10, seed: 3 });
    const five = await simulate(drawnProblem(), { ...settings, runs: 5, seed: 3 });
    expect(ten.perRun.slice(0, 5)).toEqual(five.perRun);
  });
});
