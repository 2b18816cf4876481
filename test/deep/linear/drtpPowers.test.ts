import { describe, expect, it } from 'vitest';
import { conditioning, type DeepProblem, drtpFirstOrder, integrate } from '../../../src/index.ts';

/*
 * DRTP in a deep linear network from zero weights: A_l = c_l (TΣ_x²Tᵀ)^{2^{l−2}} t^{2^{l−1}}. Refinetti et al. 2021,
 * eqs. 56 and 57, print the power l − 1 and t.
 */

const T = [
  [1, 0.1, 0],
  [0.1, 0.8, 0.3],
];
const variances = [1, 1.2, 0.7];
const times = [0.25, 0.5];
const problem: DeepProblem = {
  network: { widths: [3, 20, 20, 20, 20, 20, 2], activation: 'linear', init: 'zero' },
  rule: 'drtp',
  feedback: { draw: 'ideal' },
  loss: 'squared',
  data: { set: 'linear-teacher', T, covariance: variances },
  time: times,
};

/** The condition number of TΣ_x²Tᵀ, of two rows. */
const S = T.map((a) => T.map((b) => a.reduce((sum, x, i) => sum + x * b[i] * variances[i] ** 2, 0)));
const half = (S[0][0] + S[1][1]) / 2;
const root = Math.hypot((S[0][0] - S[1][1]) / 2, S[0][1]);
const kappa = (half + root) / (half - root);

describe.each([
  ['ideal feedback', { draw: 'ideal' } as const],
  ['orthogonal feedback', { draw: 'orthogonal', seed: 1 } as const],
])('DRTP from zero weights, %s', (_, feedback) => {
  const curve = integrate({ ...problem, feedback });
  const A = curve.alignmentMatrices as number[][][][];
  const { condition } = conditioning(curve) as { condition: number[][] };

  it.each([2, 3, 4, 5])('A_%i grows as t^{2^{l−1}}, with the power 2^{l−2} of TΣ_x²Tᵀ', (l) => {
    const growth = Math.log2(A[1][l - 2][0][0] / A[0][l - 2][0][0]);
    expect(growth).toBeCloseTo(2 ** (l - 1), 6);
    expect(Math.log(condition[1][l - 2]) / Math.log(kappa)).toBeCloseTo(2 ** (l - 2), 5);
  });
});

it.each([2, 3, 4, 5])(
  'to first order in Σ_x − 1 and TTᵀ − 1, A_%i deviates by 2^{l−2} times as much',
  (l) => {
    const small = 1e-5;
    const near = [
      [1 + small, 2 * small, 0],
      [0, 1 - small, 3 * small],
    ];
    const covariance = [
      [1, small, 0],
      [small, 1 + small, 0],
      [0, 0, 1],
    ];
    const { alignmentMatrices } = integrate({
      ...problem,
      data: { set: 'linear-teacher', T: near, covariance },
      time: [0.5],
    });
    const shapeOf = ([[a, b], [, d]]: number[][]): number[] => [(2 * b) / (a + d), (a - d) / (a + d)];
    const found = shapeOf((alignmentMatrices as number[][][][])[0][l - 2]);
    const expected = shapeOf(drtpFirstOrder(near, covariance, l));
    for (const i of [0, 1]) expect(found[i] / expected[i]).toBeCloseTo(1, 2);
    // The printed factor l − 1 is another from l = 4 on.
    if (l >= 4) expect(Math.abs(found[0] / expected[0] - (l - 1) / 2 ** (l - 2))).toBeGreaterThan(0.2);
  },
);
