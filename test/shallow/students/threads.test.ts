import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { simulate as Simulate, SimulateOptions, SimulationProgress } from '../../../src/index.ts';
import { brokenInstallation, type Installation } from '../../support/brokenInstallation.ts';
import { drawnProblem, everyStudent } from '../../support/simulations.ts';

/* Worker threads run from dist/, which `npm test` builds first. */
const { simulate }: { simulate: typeof Simulate } = await import(
  new URL('../../../dist/index.js', import.meta.url).href
);

const runs = 23;
const options: SimulateOptions = { N: 30, runs, seed: 6, testSet: 3, redraw: ['student'] };

describe.each(everyStudent)('a $student student, backend $backend', (kind) => {
  it('is the same to the last bit on one thread, two and three', async () => {
    const [one, two, three] = await Promise.all(
      [1, 2, 3].map((threads) => simulate(drawnProblem(), { ...options, ...kind, threads })),
    );
    expect(one.perRun).toHaveLength(runs);
    expect(two).toEqual({ ...one, settings: { ...one.settings, threads: 2 } });
    expect(three).toEqual({ ...one, settings: { ...one.settings, threads: 3 } });
  });
});

describe('worker threads', () => {
  it('tell of progress, and of the last step', async () => {
    const told: SimulationProgress[] = [];
    await simulate(drawnProblem(), { ...options, threads: 2, onProgress: (progress) => told.push(progress) });
    expect(told.at(-1)).toEqual({ steps: 60 * runs, total: 60 * runs, finishedRuns: runs, runs });
  });

  it('stop when they are told to, and what was finished is kept', async () => {
    const controller = new AbortController();
    const { perRun, complete, failed } = await simulate(drawnProblem(), {
      ...options,
      runs: 1e4,
      threads: 2,
      onProgress: ({ steps }) => {
        if (steps > 0) controller.abort();
      },
      signal: controller.signal,
    });
    expect([complete, failed]).toEqual([false, []]);
    expect(perRun.length).toBeLessThan(1e4);
    for (const run of perRun.slice(0, 3)) {
      const alone = await simulate(drawnProblem(), { ...options, runs: 1, seed: run.seed, threads: 1 });
      expect(alone.perRun[0]).toEqual({ ...run, run: 1 });
    }
  });

  it('are ended in the middle of a test set that would take years', async () => {
    const controller = new AbortController();
    const { perRun, complete } = await simulate(drawnProblem(), {
      ...options,
      testSet: 1e9,
      threads: 2,
      onProgress: () => controller.abort(),
      signal: controller.signal,
    });
    expect([perRun, complete]).toEqual([[], false]);
  });

  it('are ended when onProgress throws, which reaches the caller', async () => {
    const broken = simulate(drawnProblem(), {
      ...options,
      runs: 1e4,
      threads: 2,
      onProgress: () => {
        throw new Error('my own');
      },
    });
    await expect(broken).rejects.toThrow('my own');
  });
});

describe('a worker that dies', () => {
  let broken: Installation;
  afterEach(() => broken.remove());
  const holds = (run: number): string => `task.first < ${run} && ${run} <= task.first + task.seeds.length`;
  /** Worker threads that do so before a task that holds the run. */
  const atRun = (run: number, what: string): string =>
    `parentPort.on('message', ({ task }) => { if (task && ${holds(run)}) { ${what} } });`;
  const settings = { ...options, threads: 2 };

  it('once, costs nothing: its runs are tried again, and are the same', async () => {
    broken = await brokenInstallation(
      atRun(
        5,
        `if (!existsSync(marker)) {
          writeFileSync(marker, '');
          process.exit(3);
        }`,
      ),
    );
    const sound = await simulate(drawnProblem(), settings);
    expect(await broken.simulate(drawnProblem(), settings)).toEqual(sound);
  });

  it('always on one run, costs its batch and no other; the mean is over the others', async () => {
    broken = await brokenInstallation(atRun(5, 'process.exit(3);'));
    const problem = drawnProblem();
    const kind = { backend: 'reference' };
    const {
      failed,
      perRun,
      mean,
      runs: averaged,
      complete,
    } = await broken.simulate(problem, { ...settings, ...kind });
    const sound = await simulate(problem, { ...settings, ...kind });
    expect(failed).toEqual([{ run: 5, seed: sound.perRun[4].seed, reason: 'it ended with exit code 3' }]);
    const others = sound.perRun.filter(({ run }) => run !== 5);
    expect([perRun, averaged, complete]).toEqual([others, runs - 1, false]);
    const average = others.reduce((sum, { eg }) => sum + eg[2], 0) / (runs - 1);
    expect(Math.abs(mean.eg[2] / average - 1)).toBeLessThan(1e-12);
  });

  it('by throwing, is reported with what it threw, in the order of the runs', async () => {
    broken = await brokenInstallation(
      `parentPort.on('message', ({ task }) => {
        if (task) Object.defineProperty(task, 'problems', { get() { throw new Error('no such thing'); } });
      });`,
    );
    const { failed, perRun } = await broken.simulate(drawnProblem(), settings);
    expect(perRun).toEqual([]);
    expect(failed.map(({ run }) => run)).toEqual(Array.from({ length: runs }, (_, i) => i + 1));
    expect(new Set(failed.map(({ reason }) => reason))).toEqual(new Set(['no such thing']));
  });

  it.each([
    ['by an error', `throw new Error('it will not load');`, 'it will not load'],
    ['by leaving', 'process.exit(1);', 'it ended with exit code 1'],
  ])(
    'before it can begin, %s, leaves the work to this thread, and the result says so',
    async (_what, first, reason) => {
      broken = await brokenInstallation(first);
      const here = await simulate(drawnProblem(), { ...settings, threads: 1 });
      expect(await broken.simulate(drawnProblem(), settings)).toEqual({
        ...here,
        notes: [
          `no worker could be started (${reason}): one thread was used, this one, and not 2; the package must have its script nodeWorker.js, or ask for threads: 1`,
        ],
      });
    },
  );

  it('of hunger, takes nobody with it; the command names the runs and what to change', async () => {
    broken = await brokenInstallation(
      atRun(2, 'for (const hoard = []; ; ) hoard.push(Array.from({ length: 10_000 }, String));'),
    );
    const problem = join(broken.folder, 'problem.json');
    writeFileSync(problem, JSON.stringify(drawnProblem()));
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [
        '--max-old-space-size=64',
        broken.main,
        'simulate',
        problem,
        '--runs',
        '3',
        '--threads',
        '2',
        '--backend',
        'reference',
      ],
      { encoding: 'utf8' },
    );
    expect(status).toBe(1);
    expect(stdout).toContain('\n# runs 2\n');
    expect(stderr).toContain('alignode: 2 of 3 runs were finished; they are on standard output\n');
    expect(stderr).toMatch(/alignode: 1 of 3 runs failed: run 2 \(.*memory.*\); try .* fewer --threads/);
  });
});
