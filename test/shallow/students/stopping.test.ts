import { expect, it } from 'vitest';
import { inline } from '../../../src/crew/inline.ts';
import { type SimulationProgress, simulate } from '../../../src/index.ts';
import { job } from '../../../src/shallow/students/job.ts';
import { smallProblem } from '../../support/problems.ts';
import { planned } from '../../support/simulations.ts';

const settings = { N: 20, threads: 1, student: 'projected', backend: 'reference' } as const;

it('progress counts every step of every run, and ends at the last', async () => {
  const told: SimulationProgress[] = [];
  await simulate(smallProblem(), { ...settings, runs: 7, onProgress: (progress) => told.push(progress) });
  expect(told.at(-1)).toEqual({ steps: 1400, total: 1400, finishedRuns: 7, runs: 7 });
});

it('a simulation stopped before it began does nothing', async () => {
  const { perRun, complete, runs, failed } = await simulate(smallProblem(), {
    ...settings,
    runs: 7,
    signal: AbortSignal.abort(),
  });
  expect([perRun, complete, runs, failed]).toEqual([[], false, 0, []]);
});

it('a simulation stopped in the middle keeps the runs that were finished', async () => {
  const controller = new AbortController();
  const { perRun, complete } = await simulate(smallProblem(), {
    ...settings,
    runs: 1e6,
    onProgress: ({ finishedRuns }) => {
      if (finishedRuns > 2) controller.abort();
    },
    signal: controller.signal,
  });
  expect(complete).toBe(false);
  expect(perRun.length).toBeGreaterThan(2);
  const whole = await simulate(smallProblem(), { ...settings, runs: perRun.length });
  expect(perRun).toEqual(whole.perRun);
});

it('what onProgress throws reaches the caller', async () => {
  const broken = simulate(smallProblem(), {
    ...settings,
    onProgress: () => {
      throw new Error('my own');
    },
  });
  await expect(broken).rejects.toThrow('my own');
});

it('a batch that throws is reported, and the others are done', async () => {
  const { tasks } = planned(smallProblem(), { ...settings, runs: 4, seed: 1, redraw: [], testSet: 0 });
  const seeds = tasks.flatMap((task) => task.seeds);
  const [good] = tasks;
  // One problem for each run, that of run 2 without an activation.
  const problems = seeds.map((_, i) =>
    i === 1 ? { ...good.problems[0], activation: 'none' } : good.problems[0],
  );
  const finished: number[] = [];
  const failed: string[] = [];
  await inline(job)([{ ...good, seeds, problems }], {
    threads: 1,
    stopped: () => false,
    onSteps: () => undefined,
    onFinished: (records) => finished.push(...records.map(({ run }) => run)),
    onFailed: (task, reason) => failed.push(`${task.first}: ${reason}`),
  });
  expect(finished).toEqual([0, 2, 3]);
  expect(failed).toHaveLength(1);
  expect(failed[0]).toMatch(/^1: ./);
});

it('a run that was finished just before the stop is kept', async () => {
  const { tasks } = planned(
    { ...smallProblem(), alpha: [0.05] },
    { ...settings, runs: 2, seed: 1, redraw: [], testSet: 0 },
  );
  const finished: number[] = [];
  let asked = 0;
  await inline(job)(tasks, {
    threads: 1,
    // Asked before the batch, before its one step, before its end, and then.
    stopped: () => ++asked > 3,
    onSteps: () => undefined,
    onFinished: (records) => finished.push(...records.map(({ run }) => run)),
    onFailed: () => expect.unreachable(),
  });
  expect(finished).toEqual([0]);
});
