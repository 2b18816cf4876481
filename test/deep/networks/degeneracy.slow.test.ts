import { expect, it } from 'vitest';
import { simulateDeep } from '../../../src/deep/networks/index.ts';
import type { DeepProblem } from '../../../src/deep/problem/index.ts';

/*
 * Refinetti et al. (2021), section 1.3, on the digits: networks that share their feedback end near one another, from starts
 * of their own; by back-propagation they do not, nor do those whose feedback differs.
 */
const problem = (rule: string, activation: string): DeepProblem => ({
  network: { widths: [64, 100, 100, 100, 10], activation },
  rule,
  ...(rule === 'dfa' && { feedback: { draw: 'uniform', seed: 3 } }),
  loss: 'cross-entropy',
  data: { set: 'digits' },
  learningRate: 0.05,
  batch: 32,
  epochs: [300],
});

it.each(['tanh', 'relu'])('%s: the feedback chooses where learning ends', async (activation) => {
  const cosine = async (rule: string, redraw: 'feedback'[] = []): Promise<number> => {
    const { weightCosine, mean } = await simulateDeep(problem(rule, activation), {
      runs: 3,
      threads: 1,
      redraw,
    });
    expect(mean.trainAccuracy[0]).toBeGreaterThan(0.999);
    expect(mean.testAccuracy[0]).toBeGreaterThan(0.9);
    return weightCosine?.total[0] ?? Number.NaN;
  };
  expect(Math.abs(await cosine('bp'))).toBeLessThan(0.05);
  expect(await cosine('dfa')).toBeGreaterThan(0.4);
  expect(Math.abs(await cosine('dfa', ['feedback']))).toBeLessThan(0.05);
});
