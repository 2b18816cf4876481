import { describe, expect, test } from 'vitest';
import { simulate } from '../../../../src/index.ts';
import { describeGpu } from '../../../support/gpu.ts';
import { abortedInPause, expectAllTold, listened, paused } from '../../../support/listening.ts';
import { smallProblem } from '../../../support/problems.ts';

const batches = [
  { student: 'trained', runs: 100 },
  { student: 'projected', runs: 2500 },
] as const;

describeGpu('on a GPU', () => {
  describe.each(batches)('$student students', ({ student, runs }) => {
    const options = { N: 20, backend: 'gpu', allowSoftware: true, student } as const;

    test('are each told of', async () => {
      const { simulation, told } = await listened(simulate, smallProblem(), {
        ...options,
        runs: 7,
        testSet: 3,
      });
      expect(simulation.settings.backend).toBe('gpu');
      expectAllTold(told, simulation);
    });

    test('and who diverges is told of until then', async () => {
      const wild = { ...smallProblem(), activation: 'linear', learningRate: 20 };
      const { simulation, told } = await listened(simulate, wild, { ...options, runs: 3 });
      expect(told.map(({ diverged }) => diverged)).toContain(true);
      expectAllTold(told, simulation);
    });

    test('wait while onProgress keeps them waiting, and go on to the same numbers', async () => {
      const { simulation, told, toldInPause, callsInPause } = await paused(simulate, smallProblem(), {
        ...options,
        runs,
      });
      expect(toldInPause).toBeGreaterThan(0);
      expect(toldInPause).toBeLessThan(told.length);
      expect(callsInPause).toBe(0);
      expectAllTold(told, simulation);
      const unpaused = await simulate(smallProblem(), { ...options, runs });
      expect(simulation.mean).toEqual(unpaused.mean);
    });

    test('end by the signal in a pause that nobody ends', async () => {
      const running = abortedInPause(simulate, smallProblem(), options);
      expect(await running).toMatchObject({ complete: false, failed: [], perRun: [] });
    });
  });

  test('what onMeasured throws reaches the caller', async () => {
    const onMeasured = () => {
      throw new Error('my own');
    };
    const running = simulate(smallProblem(), { N: 20, backend: 'gpu', allowSoftware: true, onMeasured });
    await expect(running).rejects.toThrow('my own');
  });
});
