import { expect, test } from 'vitest';
import type { Estimate } from '../../../src/numbers/estimate.ts';
import { polynomialFit, widened } from '../../../src/shallow/compare/polynomialFit.ts';

const point = (value: number, variance: number): Estimate => ({ value, variance, third: 0, dof: 20 });
const values = (estimates: Estimate[]): number[] => estimates.map(({ value }) => value);

test('a line through points with equal errors is the one found by hand', () => {
  // x̄ = 2, Σ(x−x̄)² = 2, ȳ = 7/3: b = 3/2, a = 7/3 − 3 = −2/3; residuals 1/6, −1/3, 1/6.
  const fit = polynomialFit([1, 2, 3], [point(1, 1), point(2, 1), point(4, 1)], 1);
  const [a, b] = fit.coefficients;
  expect(a.value).toBeCloseTo(-2 / 3, 13);
  expect(b.value).toBeCloseTo(3 / 2, 13);
  expect(a.variance).toBeCloseTo(1 / 3 + 4 / 2, 13);
  expect(b.variance).toBeCloseTo(1 / 2, 13);
  expect(fit.chiSquare).toBeCloseTo(1 / 6, 13);
  expect(fit.dof).toBe(1);
  expect(fit.rise(4).value).toBeCloseTo(6, 13);
  expect(fit.rise(4).variance).toBeCloseTo(8, 12);
});

test('a point with an error far larger than the others has no say', () => {
  const y = [point(3, 1), point(5, 1), point(1000, 1e12)];
  const [a, b] = values(polynomialFit([1, 2, 3], y, 1).coefficients);
  expect(a).toBeCloseTo(1, 6);
  expect(b).toBeCloseTo(2, 6);
});

test('a parabola is found again whatever the errors, and what it rises by with the error of b and c together', () => {
  const x = [100, 200, 400, 800, 1600].map((N) => 1 / N);
  const y = x.map((xi, i) => point(3 - 20 * xi + 500 * xi * xi, (1 + i) * 1e-30));
  const fit = polynomialFit(x, y, 2);
  const [a, b, c] = fit.coefficients;
  expect(a.value).toBeCloseTo(3, 12);
  expect(b.value).toBeCloseTo(-20, 8);
  expect(c.value).toBeCloseTo(500, 5);
  const rise = fit.rise(1 / 300);
  expect(rise.value).toBeCloseTo(-20 / 300 + 500 / 300 ** 2, 11);
  // b and c pull against each other, so together they are known better than either.
  expect(rise.variance).toBeLessThan(b.variance / 300 ** 2);
});

test('points that are off by more than their errors widen all errors, never narrow them', () => {
  // The residuals of the line by hand, with errors of a tenth: χ² = 100/6 of one degree of freedom.
  const close = polynomialFit([1, 2, 3], [point(1, 0.01), point(2, 0.01), point(4, 0.01)], 1);
  expect(close.chiSquare).toBeCloseTo(100 / 6, 10);
  const wide = widened(close);
  expect(wide.coefficients[1].variance / close.coefficients[1].variance).toBeCloseTo(100 / 6, 10);
  expect(wide.rise(5).variance / close.rise(5).variance).toBeCloseTo(100 / 6, 10);
  expect(values(wide.coefficients)).toEqual(values(close.coefficients));
  const far = polynomialFit([1, 2, 3], [point(1, 1), point(2, 1), point(4, 1)], 1);
  expect(widened(far).coefficients).toEqual(far.coefficients);
});

test('what a parabola cannot follow moves it by a few widened errors only, however large it is', () => {
  const x = [100, 200, 400, 800, 1600].map((N) => 1 / N);
  for (const size of [1, 1e3, 1e6, 1e9]) {
    const y = x.map((xi) => point(size * xi ** 3, 1e-4 * xi));
    const fit = widened(polynomialFit(x, y, 2));
    const left = {
      value: size / 500 ** 3 - fit.rise(1 / 500).value,
      error: Math.sqrt(fit.rise(1 / 500).variance),
    };
    expect(Math.abs(left.value) / left.error).toBeLessThan(2.3);
    const [a] = fit.coefficients;
    expect(Math.abs(a.value) / Math.sqrt(a.variance)).toBeLessThan(2.1);
  }
});
