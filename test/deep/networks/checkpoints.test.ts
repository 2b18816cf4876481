import { describe, expect, it } from 'vitest';
import { trainingData } from '../../../src/deep/data/index.ts';
import { job } from '../../../src/deep/networks/job.ts';
import {
  checkpointFromNpz,
  checkpointToNpz,
  recordFromNpz,
  recordToNpz,
} from '../../../src/deep/networks/journalFiles.ts';
import type { Task } from '../../../src/deep/networks/task.ts';
import { resolveDeepProblem } from '../../../src/deep/problem/index.ts';
import type {
  Checkpoint,
  DeepProblem,
  DeepSimulateOptions,
  DeepSimulation,
  RunRecord,
} from '../../../src/index.ts';
import * as library from '../../../src/index.ts';
import { journalOf, numbersOf, tinyNetwork } from '../../support/tinyNetworks.ts';

/* Worker threads run from dist/, which `npm test` builds first. */
const published: typeof library = await import(new URL('../../../dist/index.js', import.meta.url).href);

/** Work on several threads is done by what is published, all else by the sources. */
const simulate = ((problem: DeepProblem, options: DeepSimulateOptions = {}) =>
  ((options.threads ?? 1) > 1 ? published : library).simulate(problem, {
    threads: 1,
    ...options,
  })) as (problem: DeepProblem, options?: DeepSimulateOptions) => Promise<DeepSimulation>;

function taskOf(stated: DeepProblem, changes: Partial<Task> = {}): Task {
  const problem = resolveDeepProblem(stated);
  const { train, test } = trainingData(problem);
  return {
    run: 0,
    problem,
    seeds: { steps: 5, start: 5 },
    train,
    ...(test && { test }),
    steps: [0, 5, 10, 30],
    backend: 'cpu',
    examples: 300,
    weightsAt: 'all',
    ...changes,
  };
}

/** Does a task, and takes a checkpoint at every yield. */
function checkpointsOf(task: Task): { record: RunRecord; checkpoints: Checkpoint[]; steps: number } {
  const finished: RunRecord[] = [];
  const checkpoints: Checkpoint[] = [];
  let steps = 0;
  const working = job.work(
    task,
    finished,
    (seen) => {
      if ('checkpoint' in seen) checkpoints.push(seen.checkpoint);
    },
    () => true,
  );
  for (const more of working) steps += more;
  return { record: finished[0], checkpoints, steps };
}

const everything: [string, DeepProblem][] = [
  ['plain steps', tinyNetwork()],
  [
    'all that a network can have of its own',
    tinyNetwork({
      rule: 'kolen-pollack',
      optimizer: { momentum: 0.9 },
      batchNorm: true,
      dropout: { inputs: 0.1, hidden: 0.2 },
      weightDecay: 1e-3,
      learningRate: 0.05,
      schedule: [{ from: 0.7, rule: 'bp' }],
    }),
  ],
  [
    'rmsprop',
    tinyNetwork({
      rule: 'perturbed-bp',
      feedback: { cosine: 0.5, seed: 2 },
      optimizer: { rmsprop: {} },
      learningRate: 1e-3,
    }),
  ],
];

describe.each(everything)('a checkpoint, %s', (_what, problem) => {
  const task = taskOf(problem);
  const { record, checkpoints, steps } = checkpointsOf(task);

  it('changes nothing of the run that it is taken of', () => {
    const finished: RunRecord[] = [];
    for (const _ of job.work(task, finished));
    expect(finished[0]).toEqual(record);
    expect(steps).toBe(30);
  });

  it('is taken during measurements and between them', () => {
    expect(checkpoints.length).toBeGreaterThan(8);
    expect(checkpoints.filter(({ before }) => before !== undefined).length).toBeGreaterThan(3);
  });

  it('goes on to the same bits from wherever it was taken, through a file', () => {
    for (const one of checkpoints) {
      const from = checkpointFromNpz(checkpointToNpz(one), 'checkpoint.npz');
      expect(from).toEqual(one);
      const goneOn = checkpointsOf({ ...task, from });
      expect(goneOn.record).toEqual(record);
      expect(goneOn.steps).toBe(30 - one.step);
    }
  });

  it('leads to a run that a file keeps to the last bit', () => {
    expect(recordFromNpz(recordToNpz(record), 'run.npz')).toEqual(record);
  });
});

it('keeps a run that diverged in a file', () => {
  const violent = tinyNetwork({ network: { widths: [16, 9, 10], activation: 'relu' }, learningRate: 1e30 });
  const { record } = checkpointsOf(taskOf(violent));
  expect(record.diverged?.layer).toBeGreaterThan(0);
  expect(recordFromNpz(recordToNpz(record), 'run.npz')).toEqual(record);
});

it('says what is wrong with a file that is no run', () => {
  const { record, checkpoints } = checkpointsOf(taskOf(tinyNetwork()));
  expect(() => recordFromNpz(recordToNpz(record).subarray(0, 900), 'run.npz')).toThrow(
    /^run\.npz: found 900 bytes/,
  );
  expect(() => checkpointFromNpz(recordToNpz(record), 'c.npz')).toThrow(/^c\.npz: found no array step/);
  expect(checkpoints.length).toBeGreaterThan(0);
});

describe('a journal', () => {
  it.each([1, 2])(
    'is given every run, and checkpoints at a stop, from which it goes on to the same bits: %i threads',
    async (threads) => {
      const problem = tinyNetwork({ epochs: [0, 1, 20, 60] });
      const whole = await simulate(problem, { runs: 5, threads: 1, cosine: 'all' });
      const controller = new AbortController();
      const first = journalOf();
      const cut = await simulate(problem, {
        runs: 5,
        threads,
        cosine: 'all',
        journal: { ...first.journal, saveEvery: 0 },
        signal: controller.signal,
        onMeasured: ({ run, index }) => {
          if (run >= 3 && index >= 1) controller.abort();
        },
      });
      expect(cut.complete).toBe(false);
      expect(first.finished.map(({ run }) => run + 1).toSorted()).toEqual(cut.perRun.map(({ run }) => run));
      expect(first.checkpoints.length).toBeGreaterThan(0);
      // The latest of each run, as files would hold them.
      const latest = new Map(first.checkpoints.map((one) => [one.run, one]));
      for (const { run } of first.finished) latest.delete(run);
      const second = journalOf({ finished: first.finished, checkpoints: [...latest.values()] });
      const networks: number[] = [];
      const steps: number[] = [];
      const goneOn = await simulate(problem, {
        runs: 5,
        threads: 2,
        cosine: 'all',
        journal: second.journal,
        onNetwork: (run) => networks.push(run),
        onProgress: (progress) => {
          steps.push(progress.steps);
          expect(progress.earlier).toBe(
            600 * first.finished.length + [...latest.values()].reduce((sum, { step }) => sum + step, 0),
          );
        },
      });
      expect(numbersOf(goneOn)).toBe(numbersOf(whole));
      expect(second.finished.length).toBe(5 - first.finished.length);
      expect(networks.toSorted()).toEqual([1, 2, 3, 4, 5]);
      expect(Math.max(...steps)).toBe(5 * 600);
    },
  );

  it('is told problem and settings before anything is trained, and may refuse them', async () => {
    const { journal } = journalOf();
    const opened: unknown[] = [];
    await simulate(tinyNetwork(), {
      journal: {
        ...journal,
        open: (of) => {
          opened.push(of.settings.examples, of.problem.network.init);
          return { finished: [], checkpoints: [] };
        },
      },
    });
    expect(opened).toEqual([300, 'pytorch']);
    const refusing = {
      ...journal,
      open: () => {
        throw new Error('another problem');
      },
    };
    await expect(simulate(tinyNetwork(), { journal: refusing })).rejects.toThrow('another problem');
  });
});
