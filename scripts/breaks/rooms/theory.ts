import type { Room } from '../break.ts';

export const theory: Room = {
  name: 'theory',
  breaks: [
    {
      id: 'decay-of-Q',
      file: 'src/shallow/theory/equations.ts',
      from: '2 * kappa1 * y[at];',
      to: 'kappa1 * y[at];',
      wrong: 'Q decays as slowly as R',
      by: ['test/shallow/theory/equations.test.ts'],
    },
    {
      id: 'noise-of-Q',
      file: 'src/shallow/theory/equations.ts',
      from: 'variance * J2[k * K + l]',
      to: 'variance * J2[k * K + k]',
      wrong: 'the label noise enters the overlap of two units as it does a length',
      by: ['test/shallow/theory/equations.test.ts'],
    },
    {
      id: 'half-of-diagonal',
      file: 'src/shallow/theory/observables.ts',
      from: 'const half = 0.5 * w[i] * w[i]',
      to: 'const half = w[i] * w[i]',
      wrong: 'the test error counts each unit by itself twice',
      by: ['test/shallow/theory/observables.test.ts'],
    },
    {
      id: 'learn-from',
      file: 'src/shallow/theory/learnProbability.ts',
      from: 'if (k >= from) sum += choose;',
      to: 'if (k > from) sum += choose;',
      wrong: 'P(learn) leaves out feedback with just as many positive components as are needed',
      by: ['test/shallow/theory/learnProbability.test.ts'],
    },
    {
      id: 'escape-order',
      file: 'src/shallow/theory/plateau.ts',
      from: '.sort((a, b) => b.re - a.re || b.im - a.im)',
      to: '.sort((a, b) => a.re - b.re || b.im - a.im)',
      wrong: 'a plateau is left at the rate of what dies out fastest',
      by: ['test/shallow/theory/plateau.test.ts'],
    },
    {
      id: 'best-sign',
      file: 'src/shallow/theory/minima.ts',
      from: 'signFlip && F[k] * A[m] < 0 ? -1 : 1',
      to: 'signFlip && F[k] < 0 ? -1 : 1',
      wrong: 'the best aligned solution forgets the signs of the teacher',
      by: ['test/shallow/theory/minima.test.ts'],
    },
  ],
};
