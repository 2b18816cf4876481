import { describe, expect, it } from 'vitest';
import { integrateDeep } from '../../../src/deep/linear/index.ts';
import type { DeepProblem } from '../../../src/deep/problem/index.ts';
import { observed } from './cases.ts';

const teacher = (
  T: number[][],
  L: number,
  time: number[],
  more: Partial<DeepProblem> = {},
  covariance?: number[] | number[][],
) =>
  ({
    network: {
      widths: [T[0].length, ...new Array<number>(L - 1).fill(6), T.length],
      activation: 'linear',
      init: 'zero',
    },
    rule: 'dfa',
    feedback: { draw: 'ideal' },
    loss: 'squared',
    data: { set: 'linear-teacher', T, ...(covariance && { covariance }) },
    time,
    ...more,
  }) as DeepProblem;

/**
 * Ideal feedback, Σ_x = 1, T = diag(s): everything is diagonal, A_1 = a with da/dt = δ, δ = s − κ a^p, p = 2^L − 1, and
 * A_l = c_l a^{2^{l−1}} with c_l = c_1 … c_{l−1}/2^{l−1}. ln δ is integrated beside a, so that no digits cancel.
 */
function diagonal(s: number[], L: number, times: number[]) {
  const c = [1];
  for (let l = 2; l <= L; l++) c.push(c.reduce((x, y) => x * y) / 2 ** (l - 1));
  const kappa = c.reduce((x, y) => x * y);
  const p = 2 ** L - 1;
  return times.map((t) => {
    const modes = s.map((target) => {
      let [a, u] = [0, Math.log(target)];
      const steps = Math.ceil(t * 1000);
      const h = t / steps;
      const rate = (x: number, v: number): [number, number] => [Math.exp(v), -kappa * p * x ** (p - 1)];
      for (let i = 0; i < steps; i++) {
        const [a1, u1] = rate(a, u);
        const [a2, u2] = rate(a + (h / 2) * a1, u + (h / 2) * u1);
        const [a3, u3] = rate(a + (h / 2) * a2, u + (h / 2) * u2);
        const [a4, u4] = rate(a + h * a3, u + h * u3);
        a += (h / 6) * (a1 + 2 * a2 + 2 * a3 + a4);
        u += (h / 6) * (u1 + 2 * u2 + 2 * u3 + u4);
      }
      return { a, u };
    });
    const largest = Math.max(...modes.map(({ u }) => u));
    const A = c.map((one, l) => modes.map(({ a }) => one * a ** (2 ** l)));
    const sum = (f: (j: number) => number): number => s.reduce((all, _, j) => all + f(j), 0);
    const ee = modes.map(({ u }) => Math.exp(2 * (u - largest)));
    const layers = [];
    for (let l = 1; l < L; l++) {
      const D = s.map((_, j) => A.slice(l).reduce((product, one) => product * one[j], 1));
      layers.push(sum((j) => D[j] * ee[j]) / Math.sqrt(sum((j) => ee[j]) * sum((j) => D[j] ** 2 * ee[j])));
    }
    return {
      lnLoss: 2 * largest + Math.log(0.5 * sum((j) => ee[j])),
      WA: A.slice(1).map((one) => sum((j) => one[j]) / Math.sqrt(s.length * sum((j) => one[j] ** 2))),
      GA: layers,
    };
  });
}

describe('late times', () => {
  const s = [1.5, 0.8, 0.4];
  const T = s.map((x, i) => s.map((_, j) => (i === j ? x : 0)));
  for (const L of [2, 3, 4])
    it(`${L} layers of the diagonal case: losses of 1e-300, alignments to ten digits`, () => {
      const times = [0.5, 2, 5, 10, 20, 40, 80];
      const wanted = diagonal(s, L, times);
      expect(wanted[6].lnLoss).toBeLessThan(-200);
      for (const turned of [T, rotated(T)]) {
        const curve = integrateDeep(teacher(turned, L, [...times, 1e4, 1e12]), { rtol: 1e-12, atol: 1e-15 });
        wanted.forEach(({ lnLoss, WA, GA }, i) => {
          if (lnLoss > -690) {
            expect(Math.log(curve.trainLoss[i]) / lnLoss).toBeCloseTo(1, 8);
          }
          WA.forEach((one, l) => {
            expect(curve.weightAlignment.layers[i][l + 1]).toBeCloseTo(one, 10);
          });
          GA.forEach((one, l) => {
            expect(curve.gradientAlignment.layers[i][l]).toBeCloseTo(one, 9);
          });
        });
        for (const i of [7, 8]) {
          expect(curve.trainLoss[i]).toBe(0);
          expect(curve.gradientAlignment.layers[i][0]).toBeCloseTo(1, 9);
          expect(curve.weightAlignment.total[i]).toBeCloseTo(curve.weightAlignment.total[6], 12);
        }
        expect(curve.stats.heldFrom).toBeLessThan(1e4);
        expect(curve.stats.steps).toBeLessThan(4000);
      }
    });

  it('more inputs than outputs: what rounding leaves along other inputs is not seen', () => {
    const many = [
      [1, 0.5, -0.3, 0.2],
      [0.2, -0.7, 0.4, 1],
    ];
    const curve = integrateDeep(teacher(many, 5, [2, 3, 4, 5, 1e4]));
    // The rate is that of the smallest singular value; the floor by rounding would be 1e-32, falling by two or three.
    const rates = [1, 2].map((i) => Math.log(curve.trainLoss[i] / curve.trainLoss[i + 1]));
    expect(curve.trainLoss[3]).toBeLessThan(1e-55);
    expect(rates[1] / rates[0]).toBeCloseTo(1, 6);
    expect(curve.stats.steps).toBeLessThan(2000);
    const { layers } = curve.gradientAlignment;
    layers[4].slice(0, -1).forEach((value, l) => {
      expect(value).toBeCloseTo(layers[2][l], 8);
      expect(value).toBeLessThanOrEqual(1);
    });
    // The same covariance as a matrix.
    const one = [0, 1, 2, 3].map((i) => [0, 1, 2, 3].map((j) => (i === j ? 2 : 0)));
    const two = integrateDeep(teacher(many, 3, [3, 9], {}, one));
    expect(two.trainLoss[1]).toBeLessThan(1e-60);
  });

  it('with inputs of different variances the rate is that of the slowest, steadily', () => {
    const curve = integrateDeep(
      teacher(
        [
          [1, 0.5, -0.3, 0.2],
          [0.2, -0.7, 0.4, 1],
        ],
        3,
        [100, 150, 200, 250, 1e4],
        {},
        [2, 1, 0.5, 0.3],
      ),
      { rtol: 1e-11, atol: 1e-14 },
    );
    const rates = [0, 1, 2].map((i) => Math.log(curve.trainLoss[i] / curve.trainLoss[i + 1]));
    expect(rates[1] / rates[0]).toBeCloseTo(1, 3);
    expect(rates[2] / rates[1]).toBeCloseTo(1, 3);
    expect(curve.trainLoss[4]).toBeLessThan(1e-100);
    for (const { GA, WA } of curve.time.map((_, i) => observed(curve, i)))
      for (const value of [GA, WA]) {
        expect(value).toBeGreaterThan(0);
        expect(value).toBeLessThanOrEqual(1);
      }
    const { total } = curve.gradientAlignment;
    expect(total[3]).toBeCloseTo(total[2], 5);
    expect(total[4]).toBeCloseTo(total[3], 5);
  });

  it('noise that cannot be fitted stays, and the alignments are those of the noise', () => {
    const curve = integrateDeep(
      teacher(
        [
          [1, 0.2],
          [-0.3, 0.8],
        ],
        3,
        [1, 100, 1e8],
        {
          data: {
            set: 'linear-teacher',
            T: [
              [1, 0.2],
              [-0.3, 0.8],
            ],
            noise: 0.3,
          },
        },
      ),
    );
    expect(curve.trainLoss[2]).toBeCloseTo(0.09, 14);
    expect(curve.stats.heldFrom).toBeLessThan(200);
    // ⟨eeᵀ⟩ ∝ 1: GA_l = tr D_l / √(m tr D_lᵀD_l).
    const A3 = curve.alignmentMatrices?.[2][1] as number[][];
    const size = Math.hypot(...A3.flat());
    expect(curve.gradientAlignment.layers[2][1]).toBeCloseTo((A3[0][0] + A3[1][1]) / size / Math.SQRT2, 12);
  });

  it('real images: a held end where it comes, the same curve by both equations', () => {
    const digits = (more: Partial<DeepProblem>): DeepProblem => ({
      network: { widths: [16, 7, 8, 10], activation: 'linear', init: 'zero' },
      rule: 'dfa',
      feedback: { draw: 'normal', seed: 1 },
      loss: 'squared',
      data: { set: 'digits', pixels: 4, train: 200, test: 50 },
      time: [0.1, 5, 20],
      ...more,
    });
    const reduced = integrateDeep(digits({}), { rtol: 1e-11 });
    const full = integrateDeep(digits({}), { rtol: 1e-11, equations: 'full' });
    for (let i = 0; i < 3; i++) {
      expect(reduced.trainLoss[i]).toBeCloseTo(full.trainLoss[i], 9);
      expect(reduced.testLoss[i]).toBeCloseTo(full.testLoss[i], 9);
      expect(reduced.gradientAlignment.total[i]).toBeCloseTo(full.gradientAlignment.total[i], 8);
      expect(reduced.weightAlignment.total[i]).toBeCloseTo(full.weightAlignment.total[i], 8);
    }
  });
});

/** T with both sides turned by an angle: nothing is diagonal any more, and nothing else changes. */
function rotated(T: number[][]): number[][] {
  const [c, s] = [Math.cos(0.7), Math.sin(0.7)];
  const R = [
    [c, -s, 0],
    [s, c, 0],
    [0, 0, 1],
  ];
  const times = (A: number[][], B: number[][]) =>
    A.map((row) => B[0].map((_, j) => row.reduce((sum, x, k) => sum + x * B[k][j], 0)));
  const transposed = R[0].map((_, j) => R.map((row) => row[j]));
  return times(times(R, T), transposed);
}
