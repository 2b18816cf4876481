import { describe, expect, it } from 'vitest';
import { feedbackOf, resolveDeepProblem } from '../../../src/deep/problem/index.ts';
import {
  alignmentMatrices,
  conditioning,
  type DeepCurve,
  type DeepProblem,
  integrate,
  type NetworkState,
  simulate,
} from '../../../src/index.ts';
import { draw } from './plans.ts';

/* Weights that are made of alignment matrices, and those that learning made of them. */

const rows = (columns: number, k: number): number[][] =>
  Array.from({ length: 40 }, (_, i) =>
    Array.from(draw(40 * columns, 1, k).subarray(i * columns, (i + 1) * columns)),
  );

const problem: DeepProblem = {
  network: { widths: [6, 9, 8, 3], activation: 'linear', init: 'zero' },
  rule: 'dfa',
  feedback: { draw: 'normal', seed: 3 },
  loss: 'squared',
  data: { train: { x: rows(6, 11), y: rows(3, 12) } },
  learningRate: 0.0005,
  batch: 'all',
  steps: [8000],
};

/** A B, n × k and k × m. */
const times = (a: ArrayLike<number>, b: ArrayLike<number>, n: number, k: number, m: number): number[] =>
  Array.from({ length: n * m }, (_, at) => {
    let sum = 0;
    for (let j = 0; j < k; j++) sum += a[Math.floor(at / m) * k + j] * b[j * m + (at % m)];
    return sum;
  });
const transposed = (a: ArrayLike<number>, n: number, m: number): number[] =>
  Array.from({ length: n * m }, (_, at) => a[(at % n) * m + Math.floor(at / n)]);
const flat = (rows: number[][] | null | undefined): number[] => rows?.flat() ?? [];

describe('alignment matrices of a network', () => {
  const [F1, F2] = feedbackOf(resolveDeepProblem(problem)) ?? [];
  const A = [draw(18, 1, 1), draw(9, 1, 2), Float64Array.of(2, 0, 0, 0, 1, 0, 0, 0, 0.5)];
  const made: NetworkState = {
    W_1: Float64Array.from(times(F1, A[0], 9, 3, 6)),
    W_2: Float64Array.from(times(times(F2, A[1], 8, 3, 3), transposed(F1, 9, 3), 8, 3, 9)),
    W_3: Float64Array.from(times(A[2], transposed(F2, 8, 3), 3, 3, 8)),
  };

  it('are those that it is made of, and all of its weights', () => {
    const found = alignmentMatrices(problem, made);
    A.forEach((one, i) => {
      flat(found?.matrices[i]).forEach((x, k) => {
        expect(x).toBeCloseTo(one[k], 12);
      });
      expect(found?.share[i]).toBeCloseTo(1, 12);
    });
    expect(found?.condition[2]).toBeCloseTo(4, 12);
  });

  it('are a share of weights that are something else as well', () => {
    const found = alignmentMatrices(problem, { ...made, W_2: draw(72, 1, 4) });
    // Of 72 random numbers 9 are free: a third of their length.
    expect(found?.share[1]).toBeGreaterThan(0.1);
    expect(found?.share[1]).toBeLessThan(0.7);
    expect(alignmentMatrices(problem, { ...made, W_2: new Float64Array(72) })?.share[1]).toBeNaN();
  });

  it('of networks that have learned from zero are those of the theory', async () => {
    const networks: NetworkState[] = [];
    await simulate(problem, {
      backend: 'reference',
      threads: 1,
      onNetwork: (_run, network) => networks.push(network),
    });
    const found = alignmentMatrices(problem, networks[0]);
    const { steps: _, learningRate: __, batch: ___, ...theory } = problem;
    const curve = integrate({ ...theory, time: [4] } as DeepProblem) as DeepCurve;
    curve.alignmentMatrices?.[0].forEach((rows, i) => {
      const size = Math.max(...rows.flat().map(Math.abs));
      expect(size).toBeGreaterThan(0.1);
      rows.flat().forEach((x, k) => {
        expect(Math.abs(flat(found?.matrices[i + 1])[k] - x) / size).toBeLessThan(0.005);
      });
      expect(found?.share[i + 1]).toBeCloseTo(1, 6);
      const wanted = conditioning(curve)?.condition[0][i] ?? Number.NaN;
      expect((found?.condition[i + 1] ?? Number.NaN) / wanted).toBeCloseTo(1, 1);
    });
  });

  it('go by the rule of the end, and there are none of back-propagation', () => {
    const changed: DeepProblem = { ...problem, rule: 'bp', schedule: [{ from: 3, rule: 'dfa' }] };
    expect(flat(alignmentMatrices(changed, made)?.matrices[1])).toEqual(
      flat(alignmentMatrices(problem, made)?.matrices[1]),
    );
    const { feedback: _, ...bp } = problem;
    expect(alignmentMatrices({ ...bp, rule: 'bp' }, made)).toBeNull();
  });

  it('of a convolution are none', () => {
    const cnn: DeepProblem = {
      network: { layers: [{ convolution: 2, kernel: 3 }, { dense: 5 }, { dense: 10 }], activation: 'tanh' },
      rule: 'dfa',
      feedback: { draw: 'normal', seed: 3 },
      loss: 'cross-entropy',
      data: { set: 'digits', pixels: 4 },
      learningRate: 0.1,
      batch: 10,
      steps: [1],
    };
    const network = { W_1: draw(18, 1, 1), W_2: draw(160, 1, 2), W_3: draw(50, 1, 3) };
    const found = alignmentMatrices(cnn, network);
    expect(found?.matrices[0]).toBeNull();
    expect(found?.share[0]).toBeNull();
    expect(found?.matrices[1]).toHaveLength(10);
  });
});
