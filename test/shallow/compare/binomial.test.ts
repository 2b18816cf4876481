import { expect, it } from 'vitest';
import { binomialInterval } from '../../../src/shallow/compare/index.ts';

/** P(X ≤ k) of a binomial, summed term by term. */
function cdf(k: number, n: number, p: number): number {
  let [sum, term] = [0, (1 - p) ** n];
  for (let i = 0; i <= k; i++) {
    sum += term;
    term *= ((n - i) * p) / ((i + 1) * (1 - p));
  }
  return sum;
}

it('agrees with the tables of Clopper and Pearson', () => {
  expect(binomialInterval(3, 10, 0.95).map((x) => x.toFixed(4))).toEqual(['0.0667', '0.6525']);
  expect(binomialInterval(0, 10, 0.95)).toEqual([0, expect.closeTo(0.30849711, 8)]);
  expect(binomialInterval(10, 10, 0.95)).toEqual([expect.closeTo(1 - 0.30849711, 8), 1]);
});

it('at each end, results as far or farther have half of what the level leaves', () => {
  for (const [k, n] of [
    [1, 7],
    [20, 50],
    [49, 50],
    [300, 1000],
  ]) {
    const [low, high] = binomialInterval(k, n, 0.99);
    expect(1 - cdf(k - 1, n, low)).toBeCloseTo(0.005, 8);
    expect(cdf(k, n, high)).toBeCloseTo(0.005, 8);
  }
});
