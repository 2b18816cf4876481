import { expect, it } from 'vitest';
import { compare, integrate, type Problem } from '../../../src/index.ts';
import { mixture } from '../../support/ownRules.ts';

it('theory and students of a rule that mixes BP with DFA agree, at every size; theory of DFA would be found wrong', async () => {
  const problem: Problem = {
    activation: 'erf',
    rule: mixture,
    learningRate: 0.5,
    noise: 0.1,
    teacher: {
      T: [
        [1, 0.2],
        [0.2, 1],
      ],
      A: [1, -0.7],
    },
    student: {
      Q: [
        [0.3, 0],
        [0, 0.4],
      ],
      R: [
        [0.05, -0.02],
        [0, 0.1],
      ],
      v: [0.6, 0.2],
    },
    feedback: [-0.9, 1.2],
    alpha: [0, 1, 3, 6],
  };
  const { verdict, simulation, scaling, notes, settings } = await compare(problem, {
    N: 200,
    runs: 100,
    seed: 12,
    student: 'projected',
    scalingRuns: 50,
  });
  expect(verdict).toMatchObject({ agrees: true, tests: 80 });
  expect(scaling?.sizes.map(({ runs }) => runs)).toEqual([50, 50, 50, 50, 50]);
  expect(settings).toMatchObject({ backend: 'reference', threads: 1 });
  expect(notes.join()).toContain('the rule "mixture" names neither');

  const dfa = integrate({ ...problem, rule: 'dfa', alpha: simulation.alpha });
  const { mean, stderr } = simulation;
  expect(Math.abs(mean.R[2][0][0] - dfa.R[2][0][0]) / stderr.R[2][0][0]).toBeGreaterThan(30);
});
