import type { Room } from '../break.ts';

export const deepData: Room = {
  name: 'deep data',
  breaks: [
    {
      id: 'deep-digit',
      file: 'src/deep/data/digits.ts',
      from: 'code - A + 10',
      to: 'code - A + 9',
      wrong: 'bright pixels of the digits are one step darker',
      by: ['test/deep/data/digits.test.ts'],
    },
    {
      id: 'deep-area',
      file: 'src/deep/data/images.ts',
      from: 'Math.max(j, column * ratio)',
      to: 'Math.max(j, row * ratio)',
      wrong: 'the width of what a smaller image covers is taken from its row',
      by: ['test/deep/data/images.test.ts'],
    },
    {
      id: 'deep-mean',
      file: 'src/deep/data/images.ts',
      from: 'factor * (x[i] - mean)',
      to: 'factor * x[i] - mean',
      wrong: 'the mean is taken off inputs that are scaled already',
      by: ['test/deep/data/images.test.ts'],
    },
    {
      id: 'deep-correlation',
      file: 'src/deep/data/drawn.ts',
      from: 'const shared = alpha * (1 - beta);',
      to: 'const shared = alpha * beta;',
      wrong: 'β is taken for the correlation of the targets',
      by: ['test/deep/data/drawn.test.ts'],
    },
  ],
};
