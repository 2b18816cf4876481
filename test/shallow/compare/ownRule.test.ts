import { describe, expect, it } from 'vitest';
import { type CompareOptions, compare, integrate, type Problem } from '../../../src/index.ts';
import { mixture, ruleWith, turnsInto } from '../../support/ownRules.ts';
import { smallProblem } from '../../support/problems.ts';

it('theory and students of a rule that mixes BP with DFA agree, at every size; theory of DFA would be found wrong', async () => {
  const problem: Problem = {
    activation: 'erf',
    rule: mixture(),
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

describe('a comparison by a rule that is defined anew meanwhile fails', () => {
  const problem = { ...smallProblem(), rule: 'changing' };
  const options: CompareOptions = { N: 30, runs: 20, student: 'projected', threads: 1, scalingRuns: 10 };
  const anew = {
    code: 'interrupted',
    path: 'rule',
    message: expect.stringContaining('"changing" was defined anew'),
  };

  it('while theory is solved: no student is trained', async () => {
    turnsInto('changing', 50);
    let trained = 0;
    const onProgress = (): void => {
      trained++;
    };
    await expect(compare(problem, { ...options, onProgress })).rejects.toMatchObject(anew);
    expect(trained).toBe(0);
  });

  it.each([1, 2, 6])('while students are trained, part %i of 6', async (last) => {
    ruleWith('changing', (v) => v);
    const onProgress = ({ part }: { part: number }): void => {
      if (part === last) ruleWith('changing', (_v, F) => F);
    };
    await expect(compare(problem, { ...options, onProgress })).rejects.toMatchObject(anew);
  });

  it('right after it was asked for', async () => {
    ruleWith('changing', (v) => v);
    const running = compare(problem, options);
    ruleWith('changing', (_v, F) => F);
    await expect(running).rejects.toMatchObject(anew);
  });
});
