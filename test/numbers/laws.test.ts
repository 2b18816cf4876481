import stdlibErf from '@stdlib/math-base-special-erf';
import stdlibBetaQuantile from '@stdlib/stats-base-dists-beta-quantile';
import stdlibChiSquareCdf from '@stdlib/stats-base-dists-chisquare-cdf';
import stdlibStudentCdf from '@stdlib/stats-base-dists-t-cdf';
import { describe, expect, it } from 'vitest';
import { erf } from '../../src/numbers/index.ts';
import { betaCdf, betaQuantile, chiSquareTail, studentTail } from '../../src/numbers/laws.ts';

/** The largest relative difference over pairs. */
const farthest = (pairs: Iterable<readonly [number, number]>): number => {
  let most = 0;
  for (const [found, expected] of pairs) most = Math.max(most, Math.abs(found / expected - 1));
  return most;
};

it('erf is that of stdlib to the last bit', () => {
  let different = 0;
  for (let i = -70_000; i <= 70_000; i++) {
    const x = i / 10_007;
    if (!Object.is(erf(x), stdlibErf(x))) different++;
    const small = x * 1e-8;
    if (!Object.is(erf(small), stdlibErf(small))) different++;
  }
  expect(different).toBe(0);
});

describe('Student’s t', () => {
  it('is that of stdlib, from half a degree of freedom to a thousand million, far into the tail', () => {
    const sizes = [0.001, 0.1, 0.7, 1, 1.9, 3, 4.7, 6, 9, 15, 40];
    const pairs = [0.5, 1, 1.7, 3, 9.3, 29, 100, 999.5, 1e5, 1e7, 1e9].flatMap((dof) =>
      sizes.map((t) => [studentTail(t, dof), stdlibStudentCdf(-t, dof)] as const),
    );
    expect(farthest(pairs.filter(([, p]) => p > 1e-290))).toBeLessThan(1e-10);
  });

  it('of one degree of freedom is the arctangent, of two a root', () => {
    const sizes = [0, 1e-9, 1e-3, 0.4, 1, 7, 1e3, 1e8];
    expect(farthest(sizes.map((t) => [studentTail(t, 1), Math.atan2(1, t) / Math.PI]))).toBeLessThan(1e-14);
    const ofTwo = (t: number): number => 1 / (2 + t * t) / (1 + t / Math.sqrt(2 + t * t));
    expect(farthest(sizes.map((t) => [studentTail(t, 2), ofTwo(t)]))).toBeLessThan(1e-14);
  });

  it('ends in 0', () => {
    expect(studentTail(Number.POSITIVE_INFINITY, 9)).toBe(0);
    expect(studentTail(1e200, 9)).toBe(0);
    expect(studentTail(Number.NaN, 9)).toBeNaN();
  });
});

describe('χ²', () => {
  it('is that of stdlib', () => {
    for (const dof of [1, 2, 3, 4, 7, 20, 100, 1000])
      for (const x of [0.001, 0.1, 1, 3, 10, 20, 50, 99, 150, 900, 1100])
        expect(Math.abs(chiSquareTail(x, dof) - (1 - stdlibChiSquareCdf(x, dof)))).toBeLessThan(1e-14);
  });

  it('of two degrees of freedom is an exponential, far into the tail', () => {
    const xs = [1e-6, 0.5, 2, 3.9, 4.1, 30, 700, 1400];
    expect(farthest(xs.map((x) => [chiSquareTail(x, 2), Math.exp(-x / 2)]))).toBeLessThan(1e-13);
    expect([0, Number.POSITIVE_INFINITY, Number.NaN].map((x) => chiSquareTail(x, 2))).toEqual([
      1,
      0,
      Number.NaN,
    ]);
  });
});

describe('the quantile of the beta law', () => {
  const cases = [1, 2, 5, 20, 100, 1000, 100_000].flatMap((n) =>
    [0, 1, 3, n >> 1, n - 1]
      .filter((k) => k < n)
      .flatMap((k) => [0.5e-7, 0.001, 0.025, 0.5, 0.975, 0.9999999].map((p) => ({ p, a: k + 1, b: n - k }))),
  );

  it('is that of stdlib', () => {
    const pairs = cases.map(({ p, a, b }) => [betaQuantile(p, a, b), stdlibBetaQuantile(p, a, b)] as const);
    expect(farthest(pairs)).toBeLessThan(1e-10);
  });

  it('is where the law has come to p, to what 1 − x resolves', () => {
    const pairs = cases.map(({ p, a, b }) => {
      const x = betaQuantile(p, a, b);
      return [betaCdf(a, b, x, 1 - x), p] as const;
    });
    expect(farthest(pairs)).toBeLessThan(1e-10);
  });
});

it('has no law without parameters, and ends', () => {
  for (const bad of [Number.NaN, 0, -1, Number.POSITIVE_INFINITY]) {
    expect(studentTail(1, bad)).toBeNaN();
    expect(chiSquareTail(1, bad)).toBeNaN();
    expect(betaQuantile(0.5, bad, 1)).toBeNaN();
    expect(betaQuantile(0.5, 1, bad)).toBeNaN();
  }
});
