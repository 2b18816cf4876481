import { describe, expect, it } from 'vitest';
import { crossing } from '../../../src/figures/deep/alignment.ts';
import { claimsOf as claims6 } from '../../../src/figures/deep/alignThenMemorise.ts';
import { claimsOf as claims9 } from '../../../src/figures/deep/corruptionOnset.ts';
import type { Case as Kinds } from '../../../src/figures/deep/degeneracyBreaking.ts';
import { claimsOf as claims5 } from '../../../src/figures/deep/degeneracyBreaking.ts';
import { claimsOf as claims11 } from '../../../src/figures/deep/labelCorruption.ts';
import { claimsOf as claims7 } from '../../../src/figures/deep/layersAlign.ts';
import { digits } from '../../../src/figures/deep/setting.ts';
import type { Claim } from '../../../src/figures/index.ts';
import { expectNumbers } from '../../support/claims.ts';
import { caseOf, hill, LAST, madeUp, rise } from './madeUp.ts';

/* What figures say of data that bears a claim out, and of data that contradicts it. */

const verdicts = (claims: readonly Claim[]): string[] => {
  expectNumbers(claims);
  return claims.map(({ holds }) => holds);
};

describe('figure 5', () => {
  /** Cosines at the end: by BP, by DFA, by DFA with other feedback; with units matched by BP at the start and the end. */
  const of = (bp: number, dfa: number, other: number, start: number, end: number): Kinds => {
    const networks = (cosine: number) => ({
      ...madeUp({}),
      weightCosine: { index: [0], pairs: 10, layers: [[cosine]], total: [cosine], stderr: [0.001] },
      matched: {
        start: { asTheyStand: [0], matched: [start] },
        end: { asTheyStand: [cosine], matched: [end] },
      },
    });
    return {
      setting: digits,
      activation: 'tanh',
      of: { bp: networks(bp), dfa: networks(dfa), other: networks(other) },
    };
  };
  it.each([
    [of(0.002, 0.6, 0.001, 0.25, 0.45), ['yes', 'yes', 'yes', 'yes']],
    [of(0.05, 0.4, 0.3, 0.25, 0.26), ['not as printed', 'no', 'no', 'no']],
    [of(0.02, 0.35, 0, 0.25, 0.45), ['not as printed', 'not as printed', 'yes', 'yes']],
    [of(0.5, 0.5, 0, 0.25, 0.45), ['no', 'yes', 'yes', 'yes']],
  ])('case %#', (one, expected) => {
    expect(verdicts(claims5([one]))).toEqual(expected);
  });
});

describe('figure 6', () => {
  it('weights that turn away while gradients go on', () => {
    const one = caseOf({ weights: hill(50), gradients: rise(100) });
    expect(verdicts(claims6([one]))).toEqual(['yes', 'yes', 'yes']);
  });
  it('gradients that turn away as well', () => {
    const one = caseOf({ weights: hill(50), gradients: hill(50) });
    expect(verdicts(claims6([one]))).toEqual(['yes', 'yes', 'no']);
  });
  it('weights that never turn away, and one case of two that does', () => {
    const rising = caseOf({ weights: rise(50), gradients: rise(100) });
    expect(verdicts(claims6([rising]))).toEqual(['yes', 'no', 'undecided']);
    const falling = caseOf({ weights: hill(50), gradients: rise(100) });
    expect(verdicts(claims6([rising, falling]))).toEqual(['yes', 'not as printed', 'yes']);
  });
  it('weights that never align', () => {
    expect(verdicts(claims6([caseOf({ weights: () => 0.05 })]))[0]).toBe('no');
  });
});

describe('figure 7', () => {
  const gradients = [rise(100), rise(200), rise(300)];
  it('from the bottom up', () => {
    const one = caseOf({ layers: [hill(20), hill(100), rise(300)], gradientLayers: gradients });
    expect(verdicts(claims7([one]))).toEqual(['yes', 'yes', 'yes']);
  });
  it('from the top down, with a last layer that falls and a gradient that falls', () => {
    const one = caseOf({
      layers: [hill(300), hill(100), hill(20)],
      gradientLayers: [hill(100), rise(900), rise(900)],
    });
    expect(verdicts(claims7([one]))).toEqual(['no', 'no', 'not as printed']);
  });
});

describe('figures 9 and 11', () => {
  const levels = [0, 0.3, 0.6];
  it('onsets that come later, and those that do not', () => {
    const later = levels.map((p, i) => caseOf({ weights: rise(5 * 3 ** i), gradients: rise(5 * 3 ** i) }, p));
    expect(verdicts(claims9([later]))).toEqual(['yes', 'yes']);
    const same = levels.map((p, i) => caseOf({ weights: rise(20), gradients: rise(5 * 3 ** i) }, p));
    expect(verdicts(claims9([same]))).toEqual(['no', 'yes']);
    const never = levels.map((p) => caseOf({}, p));
    expect(verdicts(claims9([never, later]))).toEqual(['no', 'no']);
  });

  /** Right labels are learned by epoch 5, wrong ones at this epoch. */
  const accuracy = (corruption: number, memorised: number) => (t: number) =>
    (1 - corruption) * rise(2, 1)(t) + corruption * rise(memorised, 1)(t) ** 3;
  /** An alignment that loses this much of its largest by the end. */
  const losing = (at: number, lost: number) => (t: number) =>
    rise(at / 10, 0.6)(t) - lost * rise(5 * at, 1)(t);

  it('the paper’s picture of wrong labels', () => {
    const cases = levels.map((p, i) =>
      caseOf({ weights: losing(60 * (1 + 0.2 * i), 0.1 + p / 3), accuracy: accuracy(p, 100) }, p),
    );
    expect(verdicts(claims11([cases]))).toEqual(['yes', 'yes', 'yes', 'yes']);
  });
  it('a turn that comes much later with wrong labels, far from where errors fall', () => {
    const cases = levels.map((p, i) =>
      caseOf({ weights: losing(10 * 3 ** i, 0.3), accuracy: accuracy(p, 900 / 9 ** i) }, p),
    );
    const [, more, moves, fall] = verdicts(claims11([cases]));
    expect([more, moves, fall]).toEqual(['no', 'no', 'no']);
  });
  it('no turn at all', () => {
    const cases = levels.map((p) => caseOf({ weights: rise(20), accuracy: accuracy(p, 100) }, p));
    expect(verdicts(claims11([cases])).slice(2)).toEqual(['undecided', 'undecided']);
  });
  it('crossings are found between times, as powers', () => {
    expect(crossing([1, 10, 100], [0, 0, 1], 0.5)).toBeCloseTo(Math.sqrt(1000), 10);
    expect(crossing([1, 10, 100], [0.6, 0, 1], 0.5)).toBe(1);
    expect(crossing([1, 10, LAST], [0, 0, 0.4], 0.5)).toBeNaN();
  });
});
