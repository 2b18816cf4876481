import fc from 'fast-check';
import { expect, test } from 'vitest';
import { philox4x32 } from '../../src/random/philox.ts';
import { readablePhilox } from './readablePhilox.ts';

function philox(counter: readonly number[], key: readonly number[]): number[] {
  const out = new Uint32Array(4);
  philox4x32(counter[0], counter[1], counter[2], counter[3], key[0], key[1], out, 0);
  return [...out];
}

// Random123, tests/kat_vectors, the lines "philox4x32 10".
const ones = 0xffffffff;
const knownAnswers = [
  {
    name: 'zeros',
    counter: [0, 0, 0, 0],
    key: [0, 0],
    words: [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
  },
  {
    name: 'ones',
    counter: [ones, ones, ones, ones],
    key: [ones, ones],
    words: [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
  },
  {
    name: 'the digits of pi',
    counter: [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
    key: [0xa4093822, 0x299f31d0],
    words: [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
  },
];

test.each(knownAnswers)('the block of $name is the known answer of Random123', ({ counter, key, words }) => {
  expect(philox(counter, key)).toEqual(words);
});

test.each(knownAnswers)(
  'the readable version gives the known answer of $name too',
  ({ counter, key, words }) => {
    expect(readablePhilox(counter, key)).toEqual(words);
  },
);

// Words with many ones or zeros are where a carry goes missing.
const word = fc.oneof(
  fc.integer({ min: 0, max: ones }),
  fc.constantFrom(0, 1, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xffff0000, ones),
);

test('the fast version equals the readable one at every counter and key', () => {
  const counter = fc.tuple(word, word, word, word);
  const key = fc.tuple(word, word);
  fc.assert(
    fc.property(counter, key, (c, k) => {
      expect(philox(c, k)).toEqual(readablePhilox(c, k));
    }),
    { seed: 1, numRuns: 5000 },
  );
});

test('only the four words at the offset are written', () => {
  const out = new Uint32Array(8).fill(42);
  philox4x32(0, 0, 0, 0, 0, 0, out, 3);
  expect([...out]).toEqual([42, 42, 42, ...knownAnswers[0].words, 42]);
});
