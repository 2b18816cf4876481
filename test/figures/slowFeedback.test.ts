import { describe, expect, test } from 'vitest';
import { rankCorrelation } from '../../src/figures/rankCorrelation.ts';
import { slowFeedback } from '../../src/figures/slowFeedback.ts';
import { workshop } from '../../src/figures/workshop.ts';
import { expectStoredRows } from '../support/storedRows.ts';

const sizes = { feedbacks: 40, last: 1e5 };
const { panels, claims } = await slowFeedback(workshop({ size: 'quick', machine: { threads: 1 } }), sizes);
const [times, fraction, scaled] = panels.map(({ traces }) => traces);

test('its curves are what they were', () => {
  expectStoredRows('slow-feedback', {
    'smallest |F_k|': times[0].x,
    'learned at': times[0].y,
    'still learning': times[1].x,
    'not learned yet': fraction[0].y,
    // Below this the test error is known to fewer digits.
    ...Object.fromEntries(scaled.map(({ name, y }) => [name, y.filter((eg, i) => eg > 1e-5 && i % 8 === 0)])),
  });
});

test('a small |F_k| makes DFA slow: the time to learn goes as 1/|F_k|', () => {
  expect(claims[0].holds).toBe('yes');
  const products = times[0].x.map((f, i) => f * times[0].y[i]);
  expect(Math.max(...products) / Math.min(...products)).toBeLessThan(5);
  expect(Math.max(...times[0].x) / Math.min(...times[0].x)).toBeGreaterThan(25);
});

test('who has not learned has a smaller |F_k| than most, and is on the way', () => {
  expect(times[1].x.length).toBeGreaterThan(0);
  expect(Math.max(...times[1].x)).toBeLessThan(0.05);
  expect(claims[1].holds).toBe('yes');
  expect(times[0].x.length + times[1].x.length).toBe(sizes.feedbacks);
});

test('students with F = (1, f) leave the plateau at the same α f, for small f', () => {
  const end = ({ x, y }: { x: number[]; y: number[] }): number => x[y.findLastIndex((eg) => eg > 6e-3)];
  const [, , , three, one] = scaled.map(end);
  expect(Math.abs(three / one - 1)).toBeLessThan(0.1);
});

describe('the rank correlation', () => {
  test('is 1 for any growing relation and −1 for any falling one', () => {
    expect(rankCorrelation([1, 2, 3, 4], [0.1, 7, 8, Number.POSITIVE_INFINITY]).rho).toBeCloseTo(1, 14);
    expect(rankCorrelation([1, 2, 3, 4], [4, 3, 2, -100])).toEqual({ rho: -1, z: -Math.sqrt(3) });
  });

  test('gives equal values the mean of their ranks', () => {
    // Ranks 1, 2.5, 2.5, 4 against 1, 2, 3, 4: 4.5/√(4.5 · 5).
    expect(rankCorrelation([1, 2, 2, 3], [1, 2, 3, 4]).rho).toBeCloseTo(4.5 / Math.sqrt(22.5), 14);
  });
});
