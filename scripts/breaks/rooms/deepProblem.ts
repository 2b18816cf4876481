import type { Room } from '../break.ts';

export const deepProblem: Room = {
  name: 'deep problem',
  breaks: [
    {
      id: 'deep-he',
      file: 'src/deep/problem/draw.ts',
      from: 'Math.sqrt(2 / fanIn)',
      to: 'Math.sqrt(1 / fanIn)',
      wrong: "He's weights have half their variance",
      by: ['test/deep/problem/draw.test.ts'],
    },
    {
      id: 'deep-words',
      file: 'src/deep/problem/draw.ts',
      from: 'const at = 2 * (i % 2);',
      to: 'const at = i % 2;',
      wrong: 'two uniform numbers in a row share a word of the generator',
      by: ['test/deep/problem/draw.test.ts'],
    },
    {
      id: 'deep-kink',
      file: 'src/deep/problem/activations.ts',
      from: 'dg: (a) => (a > 0 ? 1 : slope)',
      to: 'dg: (a) => (a >= 0 ? 1 : slope)',
      wrong: 'relu learns at its kink',
      by: ['test/deep/problem/activations.test.ts'],
    },
    {
      id: 'deep-logits',
      file: 'src/deep/problem/losses.ts',
      from: 'y[j] * (most + rest - x)',
      to: 'y[j] * (rest - x)',
      wrong: 'the cross-entropy does not add the largest output again, which its exponentials leave out',
      by: ['test/deep/problem/losses.test.ts'],
    },
  ],
};
