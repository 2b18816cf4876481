import fc from 'fast-check';
import { expect, test } from 'vitest';
import { threefry4x32 } from '../../src/random/threefry.ts';
import { readableThreefry } from './readableThreefry.ts';

function threefry(counter: readonly number[], key: readonly number[]): number[] {
  const out = new Uint32Array(4);
  threefry4x32(counter[0], counter[1], counter[2], counter[3], key[0], key[1], out, 0);
  return [...out];
}

// Random123, tests/kat_vectors, the lines "threefry4x32".
const ones = 0xffffffff;
const zeros = [0, 0, 0, 0];
const allOnes = [ones, ones, ones, ones];
const pi = [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344];
const morePi = [0xa4093822, 0x299f31d0, 0x082efa98, 0xec4e6c89];
const knownAnswers: [rounds: number, name: string, counter: number[], key: number[], words: number[]][] = [
  [13, 'zeros', zeros, zeros, [0x531c7e4f, 0x39491ee5, 0x2c855a92, 0x3d6abf9a]],
  [13, 'ones', allOnes, allOnes, [0xc4189358, 0x1c9cc83a, 0xd5881c67, 0x6a0a89e0]],
  [13, 'the digits of pi', pi, morePi, [0x4aa71d8f, 0x734738c2, 0x431fc6a8, 0xae6debf1]],
  [20, 'zeros', zeros, zeros, [0x9c6ca96a, 0xe17eae66, 0xfc10ecd4, 0x5256a7d8]],
  [20, 'ones', allOnes, allOnes, [0x2a881696, 0x57012287, 0xf6c7446e, 0xa16a6732]],
  [20, 'the digits of pi', pi, morePi, [0x59cd1dbb, 0xb8879579, 0x86b5d00c, 0xac8b6d84]],
];

test.each(knownAnswers)(
  'the readable version gives the known answer of Random123, %d rounds of %s',
  (rounds, _name, counter, key, words) => {
    expect(readableThreefry(counter, key, rounds)).toEqual(words);
  },
);

test('the block of zeros is the known answer of Random123', () => {
  expect(threefry(zeros, zeros)).toEqual(knownAnswers[0][4]);
});

// Words with many ones or zeros are where a carry goes missing.
const word = fc.oneof(
  fc.integer({ min: 0, max: ones }),
  fc.constantFrom(0, 1, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xffff0000, ones),
);

test('the fast version equals the readable one at every counter and key whose upper half is zero', () => {
  const counter = fc.tuple(word, word, word, word);
  const key = fc.tuple(word, word);
  fc.assert(
    fc.property(counter, key, (c, k) => {
      expect(threefry(c, k)).toEqual(readableThreefry(c, [...k, 0, 0], 13));
    }),
    { seed: 1, numRuns: 5000 },
  );
});

test('only the four words at the offset are written', () => {
  const out = new Uint32Array(8).fill(42);
  threefry4x32(0, 0, 0, 0, 0, 0, out, 3);
  expect([...out]).toEqual([42, 42, 42, ...knownAnswers[0][4], 42]);
});
