import type { Room } from '../break.ts';

export const random: Room = {
  name: 'random numbers',
  breaks: [
    {
      id: 'stream-word',
      file: 'src/random/streams.ts',
      from: 'stream + 256 * Math.floor(step / TWO_32)',
      to: 'stream + Math.floor(step / TWO_32)',
      wrong: 'beyond 2³² steps a stream runs into the next one',
      by: ['test/random/streams.test.ts'],
    },
    {
      id: 'key-injection',
      file: 'src/random/threefry.ts',
      from: 'x3 = (x3 + k0 + 2) | 0;',
      to: 'x3 = (x3 + k0 + 1) | 0;',
      wrong: 'the second injection of the key counts as the first',
      by: ['test/random/threefry.test.ts'],
    },
    {
      id: 'second-normal',
      file: 'src/random/normal.ts',
      from: '(word & 0x40000000 ? along(x) : across(x))',
      to: '(word & 0x40000000 ? -along(x) : across(x))',
      wrong: 'every other second normal has the wrong sign, which no law shows',
      by: ['test/random/normal.test.ts'],
    },
    {
      id: 'chi-square-shape',
      file: 'src/random/chiSquare.ts',
      from: 'const d = degrees / 2 - 1 / 3;',
      to: 'const d = degrees / 2;',
      wrong: 'the third that Marsaglia and Tsang take off the shape of χ² is left out',
      by: ['test/random/chiSquare.test.ts'],
    },
  ],
};
