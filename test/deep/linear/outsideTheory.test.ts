import { expect, it } from 'vitest';
import { type AlignodeError, type DeepProblem, integrate } from '../../../src/index.ts';

const problem: DeepProblem = {
  network: { widths: [3, 5, 2], activation: 'linear', init: 'zero' },
  rule: 'dfa',
  feedback: { draw: 'normal', seed: 1 },
  loss: 'squared',
  data: { set: 'linear-teacher', T: { draw: 'normal', seed: 1 } },
  time: [1, 2],
};

const failureOf = (change: Partial<DeepProblem>): AlignodeError | undefined => {
  try {
    integrate({ ...problem, ...change });
    return undefined;
  } catch (error) {
    return error as AlignodeError;
  }
};

it.each<[string, Partial<DeepProblem>]>([
  ['learningRate', { learningRate: [0.1, 0.2] }],
  ['optimizer', { optimizer: { momentum: 0.9 } }],
  ['dropout.inputs', { dropout: { inputs: 0.2 } }],
  ['dropout.hidden', { dropout: { hidden: 0.5 } }],
  ['batchNorm', { batchNorm: true }],
  ['weightDecay', { weightDecay: 1e-4 }],
])('%s would change the motion, and is refused by theory', (path, change) => {
  const failure = failureOf(change);
  expect(failure).toMatchObject({ code: 'not-available', path });
  expect(failure?.message.startsWith(`${path}: found `)).toBe(true);
});

it('what changes nothing for η → 0 is taken: one rate, a batch, plain steps', () => {
  const curve = integrate(problem);
  const same: Partial<DeepProblem>[] = [
    { learningRate: 0.1 },
    { learningRate: [0.1, 0.1] },
    { optimizer: 'sgd', batchNorm: false, weightDecay: 0, dropout: { hidden: 0 } },
    { learningRate: 0.1, steps: [10], batch: 'all' },
  ];
  for (const change of same) expect(integrate({ ...problem, ...change }).trainLoss).toEqual(curve.trainLoss);
});
