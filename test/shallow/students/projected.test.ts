import fc from 'fast-check';
import { expect, test } from 'vitest';
import { resolveProblem } from '../../../src/index.ts';
import { layoutOf } from '../../../src/shallow/problem/index.ts';
import { backends } from '../../../src/shallow/students/index.ts';
import { addRankOne } from '../../../src/shallow/students/projected/reference.ts';

const gram = (rows: Float64Array[]): number[][] =>
  rows.map((a) => rows.map((b) => a.reduce((sum, x, i) => sum + x * b[i], 0)));

test('the update of the triangle is that of a matrix by a matrix of rank one', () => {
  const number = fc.double({ min: -2, max: 2, noNaN: true });
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5 }),
      fc.array(number, { minLength: 40, maxLength: 40 }),
      fc.double({ min: 0.5, max: 1, noNaN: true }),
      (K, x, decay) => {
        const L = Array.from({ length: K }, (_, k) =>
          Float64Array.from({ length: K + 1 }, (_unused, j) => (j <= k ? x[k * K + j] : 0)),
        );
        const c = Float64Array.from(x.slice(25, 25 + K));
        const u = Float64Array.from(x.slice(32, 33 + K));
        const expected = gram(L.map((row, k) => row.map((l, j) => decay * l + c[k] * u[j])));
        addRankOne(L, c, u, decay);
        L.forEach((row, k) => {
          for (let j = k + 1; j <= K; j++) expect(row[j]).toBe(0);
        });
        gram(L).forEach((row, k) => {
          for (let l = 0; l < K; l++) expect(Math.abs(row[l] - expected[k][l])).toBeLessThan(1e-13);
        });
      },
    ),
    { seed: 1, numRuns: 2000 },
  );
});

/*
 * A linear student with K = M = 1 that trains the first layer only is known to the last digit: with w = W/√N − W̃/√N,
 * each step is w ← w − (η/N)(w·x) x, so that E|w|² falls by 1 − 2η/N + η²(N + 2)/N² a step, and every w stays in the
 * span that rounding cannot leave. Overlaps cannot show a residual below 1e-8; the chain itself can.
 */
test.each(['cpu', 'reference'])('%s: a residual that shrinks to nothing keeps its digits', (name) => {
  // With no teacher to subtract (A = 0), W itself shrinks: P and L fall together, and rounding has no floor to offer.
  const problem = resolveProblem({
    activation: 'linear',
    rule: 'bp',
    learningRate: 1,
    trainSecondLayer: false,
    teacher: { T: [[1]], A: [0] },
    student: { Q: [[1]], R: [[0.6]], v: [1] },
    alpha: [1],
  });
  const N = 1000;
  const steps = 100_000;
  const runs = 40;
  const logs = Array.from({ length: runs }, (_, i) => {
    const batch = backends[name].projected.start([problem], N, [i + 1]);
    batch.advance(steps);
    const y = new Float64Array(layoutOf(problem).size);
    batch.read(0, y);
    // Q − R² / T, the residual's square, is far below the rounding of 1, and positive.
    expect(y[0]).toBeGreaterThan(0);
    expect(y[0]).toBeLessThan(1e-38);
    return Math.log(y[0]);
  });
  // ln |w|² adds ln(1 − 2s + s²|x|²·…) a step: with s = (η/N)(ŵ·x)², |w|² is multiplied by 1 − 2(η/N)z² + (η/N)² z² |x|².
  // Its mean logarithm to order 1/N² is −(2η − η²)/N + corrections; measured here against an independent product below.
  const mean = logs.reduce((sum, x) => sum + x, 0) / runs;
  const spread = Math.sqrt(logs.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (runs - 1) / runs);
  expect(Math.abs(mean - steps * meanLogFactor(N))).toBeLessThan(6 * spread);
});

/** E ln(1 − 2z²/N + z²(z² + ρ)/N²) over z ~ N(0,1) and ρ ~ χ²(N − 1), by summation over both laws. */
function meanLogFactor(N: number): number {
  let total = 0;
  let weight = 0;
  const spread = Math.sqrt(2 * (N - 1));
  for (let i = -400; i <= 400; i++) {
    const z = i / 50;
    const pz = Math.exp((-z * z) / 2);
    for (let j = -60; j <= 60; j++) {
      const rho = N - 1 + (j / 10) * spread;
      // ln of the density of χ² up to a constant.
      const logDensity = ((N - 1) / 2 - 1) * Math.log(rho / (N - 1)) - (rho - (N - 1)) / 2;
      const p = pz * Math.exp(logDensity);
      total += p * Math.log1p((-2 * z * z) / N + (z * z * (z * z + rho)) / (N * N));
      weight += p;
    }
  }
  return total / weight;
}

test.each(['cpu', 'reference'])('%s: a student that has learned stays there, to rounding', (name) => {
  const problem = resolveProblem({
    activation: 'erf',
    rule: 'dfa',
    learningRate: 0.5,
    teacher: {
      T: [
        [1, 0],
        [0, 1],
      ],
      A: [1, 1],
    },
    student: {
      Q: [
        [1, 0],
        [0, 1],
      ],
      R: [
        [1, 0],
        [0, -1],
      ],
      v: [1, -1],
    },
    feedback: [0.8, -0.5],
    alpha: [1],
  });
  const batch = backends[name].projected.start([problem], 500, [1]);
  batch.advance(200_000);
  const y = new Float64Array(layoutOf(problem).size);
  batch.read(0, y);
  const exact = [1, 0, 1, 1, 0, 0, -1, 1, -1];
  y.forEach((x, i) => {
    expect(Math.abs(x - exact[i])).toBeLessThan(1e-14);
  });
});
