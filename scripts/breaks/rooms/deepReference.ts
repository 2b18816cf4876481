import type { Room } from '../break.ts';

export const deepReference: Room = {
  name: 'deep reference',
  breaks: [
    {
      id: 'deep-minus-y',
      file: 'src/deep/networks/reference/signals.ts',
      from: 'row.map((value) => -value)',
      to: 'row.map((value) => value)',
      wrong: 'DRTP learns the opposite of the targets',
      by: ['test/deep/networks/reference/network.test.ts'],
    },
    {
      id: 'deep-bias-decay',
      file: 'src/deep/networks/reference/descend.ts',
      from: 'learning(gradient.biases[l - 1])',
      to: 'learning(gradient.biases[l - 1].map((g, i) => g + decay * biases[l - 1][i]))',
      wrong: 'biases decay',
      by: ['test/deep/networks/reference/network.test.ts'],
    },
    {
      id: 'deep-trained-feedback',
      file: 'src/deep/networks/reference/descend.ts',
      from: 'toFeedback(withDecay(fromFeedback(B)))',
      to: 'toFeedback(learning(gradient.weights[l - 1]))',
      wrong: 'trained feedback does not decay, and never becomes the transposed weights',
      by: ['test/deep/networks/reference/network.test.ts'],
    },
  ],
};
