import { describe, expect, it } from 'vitest';
import { simulate } from '../../../src/index.ts';
import { smallProblem } from '../../support/problems.ts';
import { everyStudent } from '../../support/simulations.ts';

describe.each(everyStudent)(
  'the test set of a $student student, backend $backend',
  ({ backend, student }) => {
    it.each(['erf', 'linear', 'relu'])('agrees with the closed form: %s', async (activation) => {
      // With label noise, which has no part in the test error; few dimensions, where theory for N → ∞ would not do.
      const problem = { ...smallProblem(), activation, noise: 1, alpha: [0, 2, 10] };
      const runs = 400;
      const { perRun } = await simulate(problem, {
        N: 6,
        runs,
        seed: 12,
        student,
        backend,
        threads: 1,
        // About as many as it learns from, which must be others.
        testSet: 12,
      });
      for (const t of [0, 1, 2]) {
        // Each run has inputs of its own. ±6 is left less than once in a million times.
        const apart = perRun.map(({ eg, egSampled = [] }) => egSampled[t] - eg[t]);
        const mean = apart.reduce((sum, x) => sum + x, 0) / runs;
        const variance = apart.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (runs - 1);
        expect(variance).toBeGreaterThan(0);
        expect(Math.abs(mean) / Math.sqrt(variance / runs)).toBeLessThan(6);
      }
    });

    it('is left out where none is asked for', async () => {
      const { mean, perRun } = await simulate(smallProblem(), { N: 6, student, backend, threads: 1 });
      expect(mean).not.toHaveProperty('egSampled');
      expect(perRun[0]).not.toHaveProperty('egSampled');
    });
  },
);
