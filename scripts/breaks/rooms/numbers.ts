import type { Room } from '../break.ts';

export const numbers: Room = {
  name: 'numbers',
  breaks: [
    {
      id: 'arcsine-coefficient',
      file: 'src/numbers/arcsine.ts',
      from: '0.07500000000020764',
      to: '0.0750000000020764',
      wrong: 'a digit is missing in a coefficient of the arcsine',
      by: ['test/shallow/gaussian/orthant.test.ts'],
    },
    {
      id: 'logarithm-half',
      file: 'src/numbers/ln.ts',
      from: 'const half = 0.5 * f * f;',
      to: 'const half = 0.5 * f;',
      wrong: 'the square term of the logarithm is linear',
      by: ['test/shallow/theory/learnProbability.test.ts'],
    },
    {
      id: 'exponential-rounding',
      file: 'src/numbers/exp.ts',
      from: 'Math.floor(x * Math.LOG2E + 0.5)',
      to: 'Math.floor(x * Math.LOG2E)',
      wrong: 'the exponential takes its power of two rounded down, and its polynomial leaves its range',
      by: ['test/shallow/theory/learnProbability.test.ts', 'test/shallow/theory/earlyTimes.test.ts'],
    },
    {
      id: 'angle-sign',
      file: 'src/numbers/atan2.ts',
      from: '-0.06665052856794013 + 0.058664967492257074 * q',
      to: '-0.06665052856794013 - 0.058664967492257074 * q',
      wrong: 'a coefficient of the angle has the wrong sign',
      by: ['test/shallow/gaussian/references.test.ts'],
    },
  ],
};
