import { describe, expect, it } from 'vitest';
import { type Truth, verdictOn } from './synthetic.ts';

const TRIALS = 200;
const LEVEL = 0.05;

const found = (truth: Truth): number =>
  Array.from({ length: TRIALS }, (_, seed) => verdictOn(truth, seed, LEVEL)).filter(
    ({ agrees }) => agrees === false,
  ).length;

// A tenth of one student's spread at N = 500; the mean of 50 runs is known to a seventh of that spread.
const BIAS = 2;
// Of 200 verdicts at level 0.05, 10 are expected; 30 or more come up less than once in a million.
const MOST = 30;

describe('a right theory is found wrong no more often than the level says', () => {
  const laws: [string, Truth][] = [
    ['no bias', {}],
    ['a deviation b/N as large as the spread of a student at N = 100', { bias: 10 }],
    ['a bend c/N² too', { bias: BIAS, bend: 500 }],
    ['lopsided spreads', { bias: BIAS, law: (z) => Math.SQRT1_2 * (z[0] ** 2 - 1) }],
    ['heavy tails', { bias: BIAS, law: (z) => (z[0] * z[1] * (1 + z[2] ** 2)) / 2 }],
  ];
  it.each(laws)('%s', (_, truth) => expect(found(truth)).toBeLessThan(MOST));
});

describe('a wrong theory is found', () => {
  it('if it is off by half the spread of a student, whatever the slope', () => {
    for (const bias of [0, 10, -10]) {
      const wrong = 0.5 / Math.sqrt(500);
      expect(found({ wrong, bias })).toBe(TRIALS);
    }
  });
});

describe('where spreads do not fall as 1/√N', () => {
  it('nothing is tested, and nothing decided', () => {
    for (const exponent of [0, 0.25, 0.8]) {
      const verdict = verdictOn({ exponent, wrong: 1 }, 1);
      expect(verdict.agrees).toBeNull();
      expect(verdict.untested).toHaveLength(6);
      expect([verdict.worst, verdict.p]).toEqual([null, null]);
      expect(verdict.message).toContain('1/√N');
    }
  });

  it('no time is left out by chance where they do', () => {
    for (let seed = 0; seed < TRIALS; seed++) expect(verdictOn({}, seed).untested).toEqual([]);
  });
});
