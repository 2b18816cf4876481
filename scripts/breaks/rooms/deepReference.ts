import type { Room } from '../break.ts';

export const deepReference: Room = {
  name: 'deep reference',
  breaks: [
    {
      id: 'deep-minus-y',
      file: 'src/deep/networks/reference/network.ts',
      from: 'targets: () => y.map((value) => -value),',
      to: 'targets: () => y,',
      wrong: 'DRTP learns the opposite of the targets',
      by: ['test/deep/networks/reference/network.test.ts'],
    },
    {
      id: 'deep-bias-decay',
      file: 'src/deep/networks/reference/network.ts',
      from: 'move(biases[l - 1], gradient.biases[l - 1], eta, 0);',
      to: 'move(biases[l - 1], gradient.biases[l - 1], eta, decay);',
      wrong: 'biases decay',
      by: ['test/deep/networks/reference/network.test.ts'],
    },
    {
      id: 'deep-trained-feedback',
      file: 'src/deep/networks/reference/network.ts',
      from: 'transposed(gradient.weights[l - 1], widths[l - 1]), eta, decay);',
      to: 'transposed(gradient.weights[l - 1], widths[l - 1]), eta, 0);',
      wrong: 'trained feedback does not decay, and never becomes the transposed weights',
      by: ['test/deep/networks/reference/network.test.ts'],
    },
  ],
};
