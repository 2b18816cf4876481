import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Thread } from '../../src/crew/thread.ts';
import { onThreads } from '../../src/crew/threads.ts';
import type { Order } from '../../src/crew/worker.ts';
import {
  type Measured,
  type SimulateOptions,
  type Simulation,
  type SimulationSettings,
  simulate,
} from '../../src/index.ts';
import { type Hooks, job } from '../../src/shallow/students/job.ts';
import type { RunRecord, Task } from '../../src/shallow/students/task.ts';
import { abortedInPause, expectAllTold, expectPause, listened } from '../support/listening.ts';
import { smallProblem } from '../support/problems.ts';
import { drawnProblem, everyStudent, planned } from '../support/simulations.ts';
import { numbersOf, tinyNetwork } from '../support/tinyNetworks.ts';

type Opener = new (url: URL | string, options: object) => Thread;
const global = globalThis as unknown as { Worker: Opener; document?: unknown };
const Worker = global.Worker;

const script = new URL('../../src/shallow/students/pageWorker.ts', import.meta.url).href;
const asModule = (text: string): string => URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));

const options: SimulateOptions = { N: 30, runs: 23, seed: 6, testSet: 3, redraw: ['student'] };
const many: SimulateOptions = { N: 30, runs: 1e4, seed: 6, student: 'projected', backend: 'reference' };

/** `Worker`, with how many of them were started, how often one was told something, and how many were ended. */
function counted() {
  const count = { started: 0, told: 0, ended: 0 };
  class Counted extends Worker {
    constructor(url: URL | string, settings: object) {
      super(url, settings);
      count.started++;
    }
    override postMessage(order: Order<Task>): void {
      count.told++;
      super.postMessage(order);
    }
    override terminate(): void {
      count.ended++;
      super.terminate();
    }
  }
  vi.stubGlobal('Worker', Counted);
  return count;
}
afterEach(() => {
  vi.unstubAllGlobals();
});

describe('in a page', () => {
  it.each(everyStudent)(
    'a $student student, backend $backend, is the same to the last bit on one thread, two and three',
    async (kind) => {
      const count = counted();
      const [one, two, three] = await Promise.all(
        [1, 2, 3].map((threads) => simulate(drawnProblem(), { ...options, ...kind, threads })),
      );
      expect(one.perRun).toHaveLength(23);
      expect(two).toEqual({ ...one, settings: { ...one.settings, threads: 2 } });
      expect(three).toEqual({ ...one, settings: { ...one.settings, threads: 3 } });
      expect(one.notes).toEqual([]);
      expect(count).toMatchObject({ started: 5, ended: 5 });
    },
  );

  it('a simulation uses as many workers as there are cores, and loads nothing that is for Node', async () => {
    const count = counted();
    const { settings, notes } = await simulate(drawnProblem(), options);
    expect(settings.threads).toBe(navigator.hardwareConcurrency);
    expect(notes).toEqual([]);
    expect(count.started).toBe(Math.min(navigator.hardwareConcurrency, 23));
    const loaded = performance.getEntriesByType('resource').map(({ name }) => name);
    expect(loaded.filter((name) => /\/students\/simulate\.ts/.test(name))).toHaveLength(1);
    expect(loaded.filter((name) => /\/node(Threads|Worker)|webgpu|node:/.test(name))).toEqual([]);
  });

  it('networks on data are the same to the last bit on one thread, two and three', async () => {
    const count = counted();
    const [one, two, three] = await Promise.all(
      [1, 2, 3].map((threads) => simulate(tinyNetwork(), { runs: 5, threads })),
    );
    expect(numbersOf(two)).toBe(numbersOf(one));
    expect(numbersOf(three)).toBe(numbersOf(one));
    expect(one.mean.trainLoss[3]).toBeLessThan(one.mean.trainLoss[0]);
    expect(one.notes).toEqual([]);
    expect(count).toMatchObject({ started: 5, ended: 5 });
  });

  it('one thread is this one, without a worker', async () => {
    const count = counted();
    expect((await simulate(drawnProblem(), { ...options, threads: 1 })).settings.threads).toBe(1);
    expect(count.started).toBe(0);
  });

  it('every student is told of', async () => {
    const { simulation, told } = await listened(simulate, drawnProblem(), { ...options, threads: 2 });
    expectAllTold(told, simulation);
  });

  it('one who diverges is told of until then', async () => {
    const wild = { ...smallProblem(), activation: 'linear', learningRate: 20, alpha: [0, 1, 5, 10, 20, 40] };
    const { simulation, told } = await listened(simulate, wild, { N: 30, runs: 5, threads: 2 });
    expect(new Set(told.map(({ diverged }) => diverged))).toEqual(new Set([undefined, true]));
    expectAllTold(told, simulation);
  });

  it('a student is told of as soon as it is measured, and the stop is heard at once, though there be years to come', async () => {
    const count = counted();
    const controller = new AbortController();
    const told: Measured[] = [];
    const { perRun, complete } = await simulate(
      { ...smallProblem(), alpha: [0, 0.1, 1e9] },
      {
        N: 30,
        runs: 2,
        threads: 2,
        signal: controller.signal,
        onMeasured: (measured) => {
          told.push(measured);
          if (measured.index === 1) controller.abort();
        },
      },
    );
    expect([perRun, complete]).toEqual([[], false]);
    expect(told.map(({ index }) => index)).toContain(1);
    expect(count).toMatchObject({ started: 2, ended: expect.toSatisfy((ended: number) => ended >= 2) });
  });

  it('progress rises to the last step; what was finished before a stop is kept', async () => {
    const steps: number[] = [];
    await simulate(drawnProblem(), {
      ...many,
      threads: 2,
      onProgress: (progress) => steps.push(progress.steps),
    });
    expect(steps.at(-1)).toBe(60 * 1e4);
    expect(steps).toEqual(steps.toSorted((a, b) => a - b));

    const controller = new AbortController();
    const { perRun, complete, failed } = await simulate(drawnProblem(), {
      ...many,
      threads: 2,
      onProgress: ({ finishedRuns }) => {
        if (finishedRuns > 0) controller.abort();
      },
      signal: controller.signal,
    });
    expect([complete, failed]).toEqual([false, []]);
    expect(perRun.length).toBeGreaterThan(0);
    const [run] = perRun;
    const alone = await simulate(drawnProblem(), { ...many, runs: 1, seed: run.seed, threads: 1 });
    expect({ ...alone.perRun[0], run: run.run }).toEqual(run);
  });

  it('a stop in the middle of a test set that would take years is heard', async () => {
    const count = counted();
    const controller = new AbortController();
    const { perRun, complete } = await simulate(drawnProblem(), {
      ...options,
      testSet: 1e9,
      threads: 2,
      // Both have their task.
      onProgress: () => {
        if (count.told >= 2) controller.abort();
      },
      signal: controller.signal,
    });
    expect([perRun, complete]).toEqual([[], false]);
  });

  it.each(['onProgress', 'onMeasured'])('what %s throws reaches the caller', async (listener) => {
    const throws = () => {
      throw new Error('my own');
    };
    const years = { ...smallProblem(), alpha: [0, 0.1, 1e9] };
    const running = simulate(years, { N: 30, runs: 2, threads: 2, [listener]: throws });
    await expect(running).rejects.toThrow('my own');
  });

  it('students wait while onProgress keeps them waiting, and go on to the same numbers', async () => {
    await expectPause(simulate, 2);
  });

  it('a pause that nobody ends is ended by the signal', async () => {
    const running = abortedInPause(simulate, smallProblem(), { N: 30, runs: 2, threads: 2 });
    expect(await running).toMatchObject({ complete: false, failed: [], perRun: [] });
  });
});

describe('where no worker can be started', () => {
  class Missing extends Worker {
    constructor(_url: URL, settings: object) {
      super('/no/such/script.js', settings);
    }
  }
  class Wrong extends Worker {
    constructor(_url: URL, settings: object) {
      super(asModule(`throw new Error('it will not begin');`), settings);
    }
  }
  class Forbidden {
    constructor() {
      throw new Error('the policy of this page has no workers');
    }
  }
  it.each([
    ['there are none', undefined, /not a constructor/],
    ['they are forbidden', Forbidden, /the policy of this page has no workers/],
    ['the script is missing', Missing, /its script could not be loaded/],
    ['the script fails', Wrong, /it will not begin/],
  ])('as %s, everything is done in this thread, and the result says so', async (_why, worker, reason) => {
    vi.stubGlobal('Worker', worker);
    const found: Simulation = await simulate(drawnProblem(), { ...options, threads: 2 });
    const here = await simulate(drawnProblem(), { ...options, threads: 1 });
    expect(found).toEqual({ ...here, notes: [expect.stringMatching(reason)] });
    expect(found.notes[0]).toMatch(
      /^no worker could be started .* one thread was used, .* not 2; .* threads: 1$/,
    );
  });
});

describe('a worker of a page that dies', () => {
  const settings: SimulationSettings = {
    N: 30,
    runs: 23,
    seed: 6,
    student: 'projected',
    backend: 'reference',
    redraw: [],
    testSet: 0,
    threads: 2,
  };
  const { tasks } = planned(drawnProblem(), settings);

  /** A sound worker that does `what` in place of, or before, a task that holds run 5. */
  const ill = (what: string) => (): Thread =>
    new Worker(
      asModule(`
        import '${script}';
        const sound = self.onmessage;
        self.onmessage = (event) => {
          const { task } = event.data;
          if (task && task.first < 5 && 5 <= task.first + task.seeds.length) { ${what} }
          sound(event);
        };`),
      { type: 'module' },
    );
  const well = (): Thread => new Worker(script, { type: 'module' });

  async function done(open: () => Thread) {
    const records: RunRecord[] = [];
    const failed: string[] = [];
    const told: string[] = [];
    const hooks: Hooks = {
      threads: 2,
      stopped: () => false,
      onSteps: () => undefined,
      onSeen: ({ run, index }) => told.push(`${run} ${index}`),
      onAlone: (why) => expect.unreachable(why),
      onFinished: (some) => records.push(...some),
      onFailed: ({ first, seeds }, reason) => failed.push(`${first}+${seeds.length}: ${reason}`),
    };
    await onThreads(open, job)(tasks, hooks);
    return { records: records.toSorted((a, b) => a.run - b.run), failed, told };
  }

  it('once, costs nothing: its runs are tried again, and are the same', async () => {
    const openers = [ill(`throw new Error('too much');`), ill(`throw new Error('too much');`)];
    const found = await done(() => (openers.pop() ?? well)());
    const sound = await done(well);
    expect(found.failed).toEqual([]);
    expect(found.records).toEqual(sound.records);
    expect(sound.records).toHaveLength(23);
  });

  it.each([
    ['by an error', `throw new Error('too much');`, /^4\+1: .*too much$/],
    ['by throwing in its task', 'task.problems = [];', /^4\+1: ./],
  ])('always on one run, %s, costs its batch and no other', async (_how, what, reason) => {
    const { failed, records } = await done(ill(what));
    expect(failed).toEqual([expect.stringMatching(reason)]);
    const sound = await done(well);
    expect(records).toEqual(sound.records.filter(({ run }) => run !== 4));
  });
});
