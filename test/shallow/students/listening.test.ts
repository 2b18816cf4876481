import { afterEach, describe, expect, it } from 'vitest';
import { simulate as here, type Measured, type SimulateOptions } from '../../../src/index.ts';
import { brokenInstallation, type Installation } from '../../support/brokenInstallation.ts';
import { abortedInPause, expectAllTold, expectPause, listened } from '../../support/listening.ts';
import { smallProblem } from '../../support/problems.ts';
import { drawnProblem, everyStudent } from '../../support/simulations.ts';

/* Worker threads run from dist/, which `npm test` builds first. */
const { simulate: onThreads }: { simulate: typeof here } = await import(
  new URL('../../../dist/index.js', import.meta.url).href
);

const options: SimulateOptions = { N: 30, runs: 23, seed: 6, testSet: 3, redraw: ['student'] };
const places = [
  { where: 'this thread', simulate: here, threads: 1 },
  { where: 'worker threads', simulate: onThreads, threads: 2 },
];

describe.each(places)('on $where', ({ simulate, threads }) => {
  it.each(everyStudent)('every $student student is told of, backend $backend', async (kind) => {
    const { simulation, told } = await listened(simulate, drawnProblem(), { ...options, ...kind, threads });
    expect(simulation.complete).toBe(true);
    expectAllTold(told, simulation);
  });

  it('one who diverges is told of until then', async () => {
    const wild = { ...smallProblem(), activation: 'linear', learningRate: 20, alpha: [0, 1, 5, 10, 20, 40] };
    const { simulation, told } = await listened(simulate, wild, { N: 30, runs: 5, threads });
    expect(new Set(told.map(({ diverged }) => diverged))).toEqual(new Set([undefined, true]));
    expectAllTold(told, simulation);
  });

  it('a student is told of as soon as it is measured, though there be years to come', async () => {
    const controller = new AbortController();
    const told: Measured[] = [];
    const { perRun } = await simulate(
      { ...smallProblem(), alpha: [0, 0.1, 1e9] },
      {
        N: 30,
        runs: 2,
        threads,
        signal: controller.signal,
        onMeasured: (measured) => {
          told.push(measured);
          if (measured.index === 1) controller.abort();
        },
      },
    );
    expect(perRun).toEqual([]);
    expect(told.map(({ index }) => index)).toContain(1);
  });

  it('nobody is asked for more than to listen: the result is the same', async () => {
    const { simulation } = await listened(simulate, drawnProblem(), { ...options, threads });
    expect(simulation).toEqual(await simulate(drawnProblem(), { ...options, threads }));
  });

  it.each([
    ['onMeasured throws', { onMeasured: throws }],
    ['onProgress throws', { onProgress: throws }],
    ['the promise of onProgress is rejected with', { onProgress: async () => throws() }],
  ])('what %s reaches the caller', async (_what, listeners) => {
    const years = { ...smallProblem(), alpha: [0, 0.1, 1e9] };
    const running = simulate(years, { N: 30, runs: 2, threads, ...listeners });
    await expect(running).rejects.toThrow('my own');
  });

  it('students wait while onProgress keeps them waiting, and go on to the same numbers', async () => {
    await expectPause(simulate, threads);
  });

  it('a pause that nobody ends is ended by the signal', async () => {
    const running = abortedInPause(simulate, smallProblem(), { N: 30, runs: 2, threads });
    expect(await running).toMatchObject({ complete: false, failed: [], perRun: [] });
  });
});

function throws(): never {
  throw new Error('my own');
}

describe('a worker that dies', () => {
  let broken: Installation;
  afterEach(() => broken.remove());

  it('when it has told of its students, does not have them told of again', async () => {
    broken = await brokenInstallation(`
      let first;
      parentPort.on('message', ({ task }) => {
        first = task?.first;
      });
      const send = parentPort.postMessage.bind(parentPort);
      parentPort.postMessage = (news) => {
        if (!news.over || first === 0 || existsSync(marker)) return send(news);
        writeFileSync(marker, '');
        send({ ...news, over: false });
        process.exit(3);
      };`);
    const { simulation, told } = await listened(broken.simulate, drawnProblem(), { ...options, threads: 2 });
    expect(simulation.complete).toBe(true);
    expectAllTold(told, simulation);
  });
});
