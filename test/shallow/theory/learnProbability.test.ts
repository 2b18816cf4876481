import { describe, expect, test } from 'vitest';
import { type LearnProbabilityOptions, learnProbability } from '../../../src/index.ts';
import { failureOf } from '../../support/failureOf.ts';

/** Over all patterns of signs of F: those that leave every teacher unit a student unit of its sign. */
function byEnumeration({ K, positive, negative = 0, p = 0.5 }: LearnProbabilityOptions): number {
  let sum = 0;
  for (let pattern = 0; pattern < 2 ** K; pattern++) {
    let plus = 0;
    for (let k = 0; k < K; k++) if (pattern & (1 << k)) plus++;
    if (plus >= positive && K - plus >= negative) sum += p ** plus * (1 - p) ** (K - plus);
  }
  return sum;
}

test('K = M = 2 learns with ¼ and K = 3, M = 2 with ½, as simulated; not 1 and 7/8, as printed', () => {
  expect(learnProbability({ K: 2, positive: 2 })).toBeCloseTo(1 / 4, 14);
  expect(learnProbability({ K: 3, positive: 2 })).toBeCloseTo(1 / 2, 14);
});

describe.each([1, 2, 3, 5, 8, 10])('K = %i', (K) => {
  test.each([0, 0.1, 0.5, 0.83, 1])('equals enumeration for every teacher, p = %d', (p) => {
    for (let positive = 0; positive <= K + 1; positive++)
      for (let negative = 0; negative <= K + 1; negative++) {
        const options = { K, positive, negative, p };
        expect(Math.abs(learnProbability(options) - byEnumeration(options))).toBeLessThan(1e-13);
      }
  });

  test('exchanging the signs of teacher and feedback changes nothing', () => {
    expect(learnProbability({ K, positive: 2, negative: 1, p: 0.3 })).toBeCloseTo(
      learnProbability({ K, positive: 1, negative: 2, p: 0.7 }),
      14,
    );
  });
});

test('a teacher without signs to match is always learned, one with more units than the student never', () => {
  expect(learnProbability({ K: 7, positive: 0 })).toBeCloseTo(1, 14);
  expect(learnProbability({ K: 3, positive: 2, negative: 2 })).toBe(0);
});

test('large K keeps its digits: half of an odd number of coins, and 1 where failure is out of reach', () => {
  expect(learnProbability({ K: 1001, positive: 501 })).toBeCloseTo(0.5, 11);
  expect(learnProbability({ K: 99_999, positive: 50_000 })).toBeCloseTo(0.5, 8);
  expect(learnProbability({ K: 1000, positive: 2 })).toBeCloseTo(1, 11);
  expect(learnProbability({ K: 1000, positive: 1000 })).toBeGreaterThan(0);
});

test.each([
  ['K', { K: 0, positive: 1 }],
  ['K', { K: 2.5, positive: 1 }],
  ['K', { K: 1e6, positive: 1 }],
  ['positive', { K: 2, positive: -1 }],
  ['negative', { K: 2, positive: 1, negative: Number.NaN }],
  ['p', { K: 2, positive: 1, p: 1.1 }],
  ['p', { K: 2, positive: 1, p: Number.NaN }],
])('%s out of range is refused by name: %j', (path, options) => {
  const failure = failureOf(() => learnProbability(options));
  expect(failure.code).toBe('invalid-option');
  expect(failure.path).toBe(path);
  expect(failure.message).toContain(`${path}: found`);
});
