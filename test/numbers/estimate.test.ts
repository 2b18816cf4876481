import { describe, expect, it } from 'vitest';
import { combine, meanOf, pValue, systematic, zOf } from '../../src/numbers/estimate.ts';
import { normals } from '../../src/random/index.ts';

describe('the mean of numbers', () => {
  it('has the variance, third cumulant and degrees of freedom found by hand', () => {
    // Deviations from 3: −2, −1, −1, 4; squares 22, cubes 54, fourth powers 274.
    const { value, variance, third, dof } = meanOf([1, 2, 2, 7]);
    expect(value).toBeCloseTo(3, 14);
    expect(variance).toBeCloseTo(22 / 3 / 4, 14);
    expect(third).toBeCloseTo(54 / 4 ** 3, 14);
    // Excess kurtosis 4·274/22² − 3 < 0 counts as 0.
    expect(dof).toBeCloseTo(3, 12);
  });

  it('has fewer degrees of freedom where tails are heavy', () => {
    const heavy = [...new Array<number>(49).fill(0).map((_, i) => i % 2), 40];
    expect(meanOf(heavy).dof).toBeLessThan(4);
  });
});

describe('a combination', () => {
  it('adds up as independent errors do, with the degrees of freedom of Welch', () => {
    const a = { value: 1, variance: 2, third: 3, dof: 10 };
    const b = { value: 5, variance: 1, third: -1, dof: 5 };
    const sum = combine([
      [2, a],
      [-1, b],
    ]);
    expect(sum.value).toBe(-3);
    expect(sum.variance).toBe(9);
    expect(sum.third).toBe(8 * 3 + 1);
    expect(sum.dof).toBeCloseTo(81 / (64 / 10 + 1 / 5), 12);
  });

  it('of tiny errors is no 0/0', () => {
    const tiny = { value: 1e-200, variance: 1e-300, third: 0, dof: 4 };
    expect(combine([[1, tiny]]).dof).toBeCloseTo(4, 12);
    expect(zOf(combine([[1, systematic(0)]]))).toBe(0);
  });
});

describe('a p-value', () => {
  it('is that of Student for symmetric numbers', () => {
    // 2·P(t < −2.776445) = 0.05 at 4 degrees of freedom, 2·P(z < −1.959964) = 0.05.
    expect(pValue({ value: 2.776445105, variance: 1, third: 0, dof: 4 })).toBeCloseTo(0.05, 8);
    expect(pValue({ value: -1.959963985, variance: 1, third: 0, dof: Number.POSITIVE_INFINITY })).toBeCloseTo(
      0.05,
      8,
    );
  });

  it('holds against lopsided numbers too: the mean of 50 exponentials is not found off too often', () => {
    const n = 50;
    const trials = 20_000;
    const level = 1e-3;
    const z = new Float64Array(2 * n);
    const x = new Float64Array(n);
    let found = 0;
    let plain = 0;
    for (let trial = 0; trial < trials; trial++) {
      normals(z, 2 * n, 1, trial, 0, 5);
      for (let i = 0; i < n; i++) x[i] = 0.5 * (z[2 * i] ** 2 + z[2 * i + 1] ** 2) - 1;
      const mean = meanOf(x);
      if (pValue(mean) < level) found++;
      if (pValue({ ...mean, third: 0, dof: n - 1 }) < level) plain++;
    }
    // 20 are expected at most; 52 or more of 20,000 would come up less than once in a million.
    expect(found).toBeLessThan(52);
    // What the corrections are for.
    expect(plain).toBeGreaterThan(80);
  });
});
