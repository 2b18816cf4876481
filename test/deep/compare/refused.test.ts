import { describe, expect, it } from 'vitest';
import { compareDeep, type DeepCompareOptions } from '../../../src/deep/compare/index.ts';
import type { DeepProblem } from '../../../src/deep/problem/index.ts';
import { comparedProblem } from '../../support/deepComparisons.ts';

const { time: _, ...timeless } = comparedProblem();
const { learningRate: __, ...rateless } = comparedProblem();

const PROBLEMS: readonly [what: string, problem: DeepProblem, message: RegExp][] = [
  ['no learning rate', rateless as DeepProblem, /^learningRate: found nothing; .* at half and at a quarter/],
  ['a rate of 0', comparedProblem({ learningRate: 0 }), /^learningRate: found 0; .* above zero/],
  ['rates that differ', comparedProblem({ learningRate: [0.1, 0.2, 0.1] }), /^learningRate: .*one rate/],
  [
    'a nonlinear network',
    comparedProblem({ network: { widths: [6, 8, 2], activation: 'tanh' } }),
    /^network.activation: .*linear/,
  ],
  ['momentum', comparedProblem({ optimizer: { momentum: 0.9 } }), /^optimizer: .*plain steps/],
  ['ideal feedback', comparedProblem({ feedback: { draw: 'ideal' } }), /^feedback.draw: found "ideal"/],
  [
    'the law of the data',
    comparedProblem({
      network: { widths: [2, 3, 2], activation: 'linear', init: 'zero' },
      data: {
        set: 'linear-teacher',
        T: [
          [1, 2],
          [3, 4],
        ],
      },
    }),
    /^data.examples: found nothing; a network is trained on examples/,
  ],
  [
    'times before the first step',
    comparedProblem({ time: [0.001, 0.009] }),
    /^time: found 0.009 as the last/,
  ],
  ['a batch of more than all', comparedProblem({ batch: 41 }), /^batch: found 41/],
];

const OPTIONS: readonly [options: DeepCompareOptions | object, message: RegExp][] = [
  [{ runs: 9 }, /^runs: found 9; use 10 or more: .*standard error/],
  [{ level: 0 }, /^level: found 0; use a number between 0 and 1/],
  [{ redraw: ['data'] }, /^redraw: .*theory is one curve/],
  [{ N: 100 }, /N/],
  [{ backend: 'gpu' }, /^backend: found "gpu"/],
];

describe('a sentence refuses', () => {
  it.each(PROBLEMS)('%s', async (_what, problem, message) => {
    await expect(compareDeep(problem)).rejects.toThrow(message);
  });

  it.each(OPTIONS)('the options %j', async (options, message) => {
    await expect(compareDeep(comparedProblem(), options)).rejects.toThrow(message);
  });

  it('several runs that would all be the same', async () => {
    await expect(compareDeep(comparedProblem({ batch: 'all' }), { runs: 10 })).rejects.toThrow(
      /^runs: found 10; with all examples in each step .* every run is the same/,
    );
  });
});

describe('the times compared', () => {
  it('are ends of epochs with mini-batches, as a part of one leaves what halving the rate does not take off', async () => {
    const partly = { ...timeless, epochs: [2.25, 5, 7.6] } as DeepProblem;
    const { simulations, time, notes } = await compareDeep(partly, { runs: 10, threads: 1 });
    expect(time).toEqual([2, 5, 8].map((n) => expect.closeTo(0.08 * n, 12)));
    expect(simulations.map(({ epoch }) => epoch)).toEqual([1, 2, 4].map((k) => [2 * k, 5 * k, 8 * k]));
    expect(notes).toEqual([
      '2 of 3 times were moved to the end of an epoch (4 steps) of the learning rate 0.02',
    ]);
  });

  it('are those asked for at whole steps of the largest rate, and a note says which were moved', async () => {
    const { time, notes, simulations } = await compareDeep(
      comparedProblem({ batch: 'all', time: [0.1, 0.105, 0.115, 1] }),
    );
    expect(time.map((t) => t.toFixed(10))).toEqual([0.1, 0.12, 1].map((t) => t.toFixed(10)));
    expect(simulations.map(({ step }) => step)).toEqual([
      [5, 6, 50],
      [10, 12, 100],
      [20, 24, 200],
    ]);
    expect(notes).toEqual([expect.stringMatching(/^2 of 4 times were moved .* 0.02, which leaves 3 times$/)]);
  });

  it('are η·steps where the problem has epochs or steps', async () => {
    const inSteps = { ...timeless, batch: 'all', steps: [0, 10, 50] } as DeepProblem;
    expect((await compareDeep(inSteps)).time).toEqual([0, 0.2, 1]);
    // 40 examples in batches of 10.
    const inEpochs = { ...timeless, epochs: [1, 10] } as DeepProblem;
    expect((await compareDeep(inEpochs, { runs: 10, threads: 1 })).time).toEqual([0.08, 0.8]);
  });
});
