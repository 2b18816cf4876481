import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkPlace, randomBlock, STREAMS } from '../../src/random/streams.ts';
import { readableThreefry } from './readableThreefry.ts';

function blockAt(seed: number, step: number, student: number, block: number, stream: number): number[] {
  const out = new Uint32Array(4);
  randomBlock(out, 0, seed, step, student, block, stream);
  return [...out];
}

const low = (x: number) => Number(BigInt(x) & 0xffffffffn);
const high = (x: number) => Number(BigInt(x) >> 32n);
const safe = fc.maxSafeNat();
const uint32 = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const stream = fc.integer({ min: 0, max: 255 });

test('a place is the counter and key that the layout says, also beyond 2^32 steps and seeds', () => {
  fc.assert(
    fc.property(safe, safe, uint32, uint32, stream, (seed, step, student, block, s) => {
      const counter = [low(step), student, block, s + 256 * high(step)];
      expect(blockAt(seed, step, student, block, s)).toEqual(
        readableThreefry(counter, [low(seed), high(seed), 0, 0], 13),
      );
    }),
    { seed: 2, numRuns: 2000 },
  );
});

test('the bits of one place are what they have always been', () => {
  const words = blockAt(2 ** 40 + 7, 3 * 2 ** 32 + 11, 5, 13, STREAMS.inputs);
  expect(words).toEqual([2312561620, 1037643665, 1487172320, 1831153909]);
});

test('the numbers of the streams are what they have always been', () => {
  expect(STREAMS).toEqual({
    teacherWeights: 0,
    teacherSecondLayer: 1,
    studentWeights: 2,
    studentSecondLayer: 3,
    feedback: 4,
    inputs: 5,
    labelNoise: 6,
    projectedChiSquare: 7,
    testSet: 8,
    weightAxes: 9,
    runSeeds: 10,
    scalingSeeds: 11,
    plearnSeeds: 12,
    deepWeights: 13,
    deepFeedback: 14,
    deepData: 15,
    gradientTurns: 16,
    exampleOrder: 17,
    dropout: 18,
    bottleneck: 19,
    signSizes: 20,
    rateSeeds: 21,
  });
});

test('changing any one part of a place changes the block', () => {
  const blocks = [
    blockAt(1, 1, 1, 1, 1),
    blockAt(2, 1, 1, 1, 1),
    blockAt(1 + 2 ** 32, 1, 1, 1, 1),
    blockAt(1, 2, 1, 1, 1),
    blockAt(1, 1 + 2 ** 32, 1, 1, 1),
    blockAt(1, 1, 2, 1, 1),
    blockAt(1, 1, 1, 2, 1),
    blockAt(1, 1, 1, 1, 2),
  ];
  expect(new Set(blocks.map(String)).size).toBe(blocks.length);
});

test.each([
  ['seed', -1, [-1, 0, 0, 0]],
  ['seed', 2 ** 53, [2 ** 53, 0, 0, 0]],
  ['step', 0.5, [0, 0.5, 0, 0]],
  ['student', 2 ** 32, [0, 0, 2 ** 32, 0]],
  ['stream', 256, [0, 0, 0, 256]],
  ['stream', Number.NaN, [0, 0, 0, Number.NaN]],
])('a place whose %s is %d is refused by name', (name, got, [seed, step, student, s]) => {
  expect(() => checkPlace('caller', seed, step, student, s)).toThrow(
    new RegExp(`caller: '${name}' must be an integer from 0 to \\d+, got ${got}`),
  );
});
