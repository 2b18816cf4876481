import type { Room } from '../break.ts';

export const compare: Room = {
  name: 'comparison and P(learn)',
  breaks: [
    {
      id: 'many-tests',
      file: 'src/shallow/compare/verdict.ts',
      from: 'Math.min(1, planned * worst.p)',
      to: 'Math.min(1, worst.p)',
      wrong: 'the verdict takes the worst of many tests for the only one',
      by: ['test/shallow/compare/calibration.test.ts'],
    },
    {
      id: 'bias-sign',
      file: 'src/shallow/compare/verdict.ts',
      from: '[-1, fit.rise(1 / N)],',
      to: '[1, fit.rise(1 / N)],',
      wrong: 'the bias of a finite N is added in place of being taken off',
      by: ['test/shallow/compare/calibration.test.ts'],
    },
    {
      id: 'two-tails',
      file: 'src/shallow/compare/binomial.ts',
      from: 'const tail = (1 - level) / 2;',
      to: 'const tail = 1 - level;',
      wrong: 'an interval for a probability leaves out twice as much as it says',
      by: ['test/shallow/compare/binomial.test.ts'],
    },
    {
      id: 'spread-of-variance',
      file: 'src/numbers/estimate.ts',
      from: 'dof: 2 / (excess / n + 2 / (n - 1)),',
      to: 'dof: n - 1 - excess,',
      wrong: 'heavy tails hardly lower the degrees of freedom',
      by: ['test/numbers/estimate.test.ts'],
    },
    {
      id: 'negative-teachers',
      file: 'src/shallow/plearn/plearn.ts',
      from: 'm < M - negative ? 1 : -1',
      to: 'm <= M - negative ? 1 : -1',
      wrong: 'students of P(learn) have a teacher with one negative weight fewer',
      by: ['test/shallow/plearn/plearn.test.ts'],
    },
    {
      id: 'undecided-both-ways',
      file: 'src/shallow/plearn/plearn.ts',
      from: 'binomialInterval(learned + undecided, runs, LEVEL)[1]',
      to: 'binomialInterval(learned, runs, LEVEL)[1]',
      wrong: 'undecided students count as failed',
      by: ['test/shallow/plearn/plearn.test.ts'],
    },
  ],
};
