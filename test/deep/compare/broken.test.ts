import { beforeEach, describe, expect, it, vi } from 'vitest';
import { compareDeep } from '../../../src/deep/compare/index.ts';
import type * as Predictions from '../../../src/deep/compare/prediction.ts';
import type { ResolvedDeepProblem } from '../../../src/deep/problem/index.ts';
import { comparedProblem } from '../../support/deepComparisons.ts';

type Predict = typeof Predictions.predict;

/** Wrong theories, each of which is near the right one. */
const MISTAKES: Record<string, (predict: Predict) => Predict> = {
  'feedback of another seed':
    (predict) =>
    (problem, ...rest) =>
      predict({ ...problem, feedback: { draw: 'normal', seed: 4 } } as ResolvedDeepProblem, ...rest),
  'another rule':
    (predict) =>
    (problem, ...rest) =>
      predict({ ...problem, rule: 'drtp' }, ...rest),
  'time that runs slow by 1 in 1000':
    (predict) =>
    (problem, ...rest) =>
      predict({ ...problem, time: problem.time?.map((t) => 0.999 * t) as number[] }, ...rest),
  'losses larger by 1 in 1000':
    (predict) =>
    async (...all) => {
      const right = await predict(...all);
      return { ...right, table: right.table.map(([loss, ...row]) => [1.001 * loss, ...row]) };
    },
};

const now = vi.hoisted(() => ({ mistake: 'none' }));
vi.mock('../../../src/deep/compare/prediction.ts', async (original) => {
  const predictions = await original<typeof Predictions>();
  return {
    ...predictions,
    predict: (...all: Parameters<Predict>) =>
      (MISTAKES[now.mistake]?.(predictions.predict) ?? predictions.predict)(...all),
  };
});
beforeEach(() => {
  now.mistake = 'none';
});

/** The smallest deviation that chance leaves visible is larger: not every mistake is found by mini-batches. */
const FOUND_BY_CHANCE = ['feedback of another seed', 'another rule'];

describe('a wrong theory is found wrong', () => {
  it.each(Object.keys(MISTAKES))('with all examples in each step: %s', async (mistake) => {
    const problem = comparedProblem({ batch: 'all' });
    expect((await compareDeep(problem, { threads: 1 })).verdict.agrees).toBe(true);
    now.mistake = mistake;
    const { verdict } = await compareDeep(problem, { threads: 1 });
    expect([verdict.agrees, verdict.message]).toEqual([
      false,
      expect.stringMatching(/^theory and networks do not agree: /),
    ]);
    expect(Math.abs(verdict.worst?.z as number)).toBeGreaterThan(3);
  });

  it.each(FOUND_BY_CHANCE)('in mini-batches: %s', async (mistake) => {
    now.mistake = mistake;
    const { verdict } = await compareDeep(comparedProblem(), { runs: 12, level: 1e-7, threads: 1 });
    expect([verdict.agrees, verdict.message]).toEqual([
      false,
      expect.stringMatching(/standard errors beyond what higher orders in η explain/),
    ]);
    expect(verdict.p).toBeLessThan(1e-7);
  });

  it('in mini-batches: losses larger by 1 in 1000, with runs enough', async () => {
    now.mistake = 'losses larger by 1 in 1000';
    const problem = comparedProblem({ learningRate: 0.01, time: [5, 10] });
    const { verdict } = await compareDeep(problem, { runs: 100, threads: 1 });
    expect(verdict.agrees).toBe(false);
    expect(verdict.worst?.observable).toBe('trainLoss');
  });
});
