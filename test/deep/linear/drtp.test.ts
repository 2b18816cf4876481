import { describe, expect, it } from 'vitest';
import { integrateDeep, integrateDeepInSteps } from '../../../src/deep/linear/index.ts';
import type { DeepProblem } from '../../../src/deep/problem/index.ts';
import { AlignodeError } from '../../../src/support/error.ts';

const T = [
  [0.9, 0.3, -0.5, 0.2],
  [-0.2, 0.6, 0.4, 0.7],
  [0.3, -0.4, 0.5, 0.6],
];
const variances = [1.2, 0.8, 1, 0.5];
const problem = (
  L: number,
  time: number[],
  draw: 'ideal' | 'orthogonal' | 'normal',
  rule = 'drtp',
): DeepProblem => ({
  network: { widths: [4, ...new Array<number>(L - 1).fill(5), 3], activation: 'linear', init: 'zero' },
  rule,
  feedback: draw === 'ideal' ? { draw } : { draw, seed: 3 },
  loss: 'squared',
  data: { set: 'linear-teacher', T, covariance: variances },
  time,
});

/** S = T Σ_x² Tᵀ and its powers. */
const S = T.map((a) => T.map((b) => a.reduce((sum, x, k) => sum + x * b[k] * variances[k] ** 2, 0)));
const times = (A: number[][], B: number[][]) =>
  A.map((row) => B[0].map((_, j) => row.reduce((sum, x, k) => sum + x * B[k][j], 0)));
const powerOf = (n: number): number[][] => (n === 1 ? S : times(S, powerOf(n - 1)));
const dot = (A: number[][], B: number[][]) => A.flat().reduce((sum, x, i) => sum + x * B.flat()[i], 0);
const cosine = (A: number[][], B: number[][]) => dot(A, B) / Math.sqrt(dot(A, A) * dot(B, B));

describe('direct random target projection', () => {
  /** c_l = (c_1 … c_{l−1})/2^{l−1}. */
  const c = [0, 1];
  for (let l = 2; l <= 5; l++) c[l] = c.slice(1).reduce((x, y) => x * y) / 2 ** (l - 1);

  for (const L of [2, 3, 4, 5])
    for (const draw of ['ideal', 'orthogonal'] as const)
      it(`${L} layers, ${draw}: hidden ones grow as powers for all time, the last at first`, () => {
        const time = [1e-6, 0.01, 0.3, 0.9];
        const { alignmentMatrices } = integrateDeep(problem(L, time, draw), { rtol: 1e-10, atol: 1e-14 });
        time.forEach((t, i) => {
          for (let l = 2; l <= L; l++) {
            if (l === L && t > 0.01) continue;
            const found = alignmentMatrices?.[i][l - 2] as number[][];
            const wanted = powerOf(2 ** (l - 2)).map((row) => row.map((x) => c[l] * x * t ** (2 ** (l - 1))));
            const size = Math.sqrt(dot(wanted, wanted));
            const difference = found.flatMap((row, a) => row.map((x, b) => Math.abs(x - wanted[a][b])));
            expect(Math.max(...difference) / size).toBeLessThan(l === L ? 1e-3 : 1e-8);
          }
        });
      });

  it('the power printed in paper 000, eq. 56, is another direction from the fourth layer on', () => {
    const { alignmentMatrices } = integrateDeep(problem(5, [0.5], 'ideal'));
    for (const l of [2, 3, 4]) {
      const A = alignmentMatrices?.[0][l - 2] as number[][];
      expect(1 - cosine(A, powerOf(2 ** (l - 2)))).toBeLessThan(1e-12);
      const printed = 1 - cosine(A, powerOf(l - 1));
      if (l < 4) expect(printed).toBeLessThan(1e-12);
      else expect(printed).toBeGreaterThan(5e-4);
    }
  });

  it('DFA goes the same way until outputs are there', () => {
    const [drtp, dfa] = ['drtp', 'dfa'].map((rule) =>
      integrateDeep(problem(3, [1e-3, 0.05, 1], 'normal', rule)),
    );
    expect(dfa.weightAlignment.total[0]).toBeCloseTo(drtp.weightAlignment.total[0], 12);
    expect(dfa.trainLoss[0]).toBeCloseTo(drtp.trainLoss[0], 14);
    expect(Math.abs(dfa.weightAlignment.total[2] - drtp.weightAlignment.total[2])).toBeGreaterThan(1e-6);
  });
});

describe('curves without an end', () => {
  const failure = (given: DeepProblem, options = {}): AlignodeError => {
    try {
      integrateDeep(given, options);
    } catch (error) {
      if (error instanceof AlignodeError) return error;
      throw error;
    }
    throw new Error('no failure');
  };

  /** How many steps it takes to fail. */
  const stepsToFailure = (given: DeepProblem): number => {
    let steps = 0;
    try {
      for (const _ of integrateDeepInSteps(given)) steps++;
    } catch (error) {
      if (error instanceof AlignodeError) return steps;
      throw error;
    }
    throw new Error('no failure');
  };

  for (const L of [2, 3, 5])
    it(`DRTP with ${L} layers at late times says why, soon`, () => {
      for (const end of [1e3, 1e6, 1e100]) {
        const given = problem(L, [0.1, end], 'normal');
        expect(stepsToFailure(given)).toBeLessThan(10_000);
        const { code, message } = failure(given);
        expect(['diverged', 'too-many-steps']).toContain(code);
        expect(message).toMatch(/time = [\d.e+]+/);
        expect(message).toMatch(/hidden layers by DRTP never learn/);
      }
    });

  it('DRTP from drawn weights too', () => {
    const given = problem(3, [1e5], 'normal');
    given.network.init = 'pytorch';
    expect(failure(given).message).toMatch(/DRTP never learn/);
  });

  it('DFA where nothing that the first layer learns ever gets to the outputs', () => {
    const given: DeepProblem = {
      network: { widths: [1, 1, 1, 2], activation: 'linear', init: 'zero' },
      rule: 'dfa',
      feedback: { matrices: [[[1, 0]], [[0, 1]]] },
      loss: 'squared',
      data: { train: { x: [[1]], y: [[1, 0]] } },
      time: [0, 1e9],
    };
    // From zero weights these are powers of time for ever.
    expect(integrateDeep({ ...given, time: [0, 1e12] }).trainLoss).toEqual([0.5, 0.5]);
    given.network.init = { weights: [[[0]], [[0]], [[0], [0]]] };
    expect(integrateDeep(given).trainLoss).toEqual([0.5, 0.5]);
    const { code, message } = failure({ ...given, time: [1e12] });
    expect(code).toBe('diverged');
    expect(message).toMatch(/W_1 has an element \d.*at time = .*; by "dfa" the error may grow/);
  });

  it('too few steps', () => {
    const { code, message } = failure(problem(3, [1e3], 'normal', 'dfa'), { maxSteps: 20 });
    expect(code).toBe('too-many-steps');
    expect(message).toMatch(/^20 steps took the curve to time = .*raise maxSteps/);
  });
});
