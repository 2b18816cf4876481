import { describe, expect, it, test } from 'vitest';
import type { ExampleRows } from '../../../src/deep/data/examples.ts';
import { dataOf, isLaw, type Law } from '../../../src/deep/data/index.ts';
import { type DataSpec, resolveDeepProblem } from '../../../src/deep/problem/index.ts';
import { smallDeepProblem } from '../../support/deepProblems.ts';

const dataFor = (data: DataSpec, widths: number[], loss: 'squared' | 'cross-entropy' = 'squared') =>
  dataOf(resolveDeepProblem(smallDeepProblem({ network: { widths, activation: 'linear' }, data, loss })));
const examplesIn = (it: ExampleRows | Law | undefined): ExampleRows =>
  it === undefined || isLaw(it) ? expect.unreachable() : it;
const lawIn = (it: ExampleRows | Law | undefined): Law =>
  it !== undefined && isLaw(it) ? it : expect.unreachable();

const column = (x: Float64Array, j: number, n: number): Float64Array => x.filter((_, at) => at % n === j);
const mean = (x: Float64Array): number => x.reduce((sum, one) => sum + one, 0) / x.length;
const product = (x: Float64Array, y: Float64Array): number => mean(x.map((one, i) => one * y[i]));

/** ⟨xy⟩ of normal numbers of these variances: by chance it fails once in 10^6 or less. */
function expectCovariance(x: Float64Array, y: Float64Array, is: number, xx: number, yy: number): void {
  const error = Math.sqrt((xx * yy + is * is) / x.length);
  expect(Math.abs(product(x, y) - is)).toBeLessThanOrEqual(5 * error);
}

const N = 20_000;

describe('normal targets (eq. 20)', () => {
  const spec = { set: 'gaussian' as const, inputs: 3, examples: N, alpha: 0.5, beta: 0.3, seed: 1 };
  const { train, test: testing } = dataFor(spec, [3, 4, 2]);
  const { x, y, count, inputs, outputs } = examplesIn(train);
  const covariance = [
    [1, 0.35],
    [0.35, 0.25],
  ];

  it('are as many as were asked for', () => {
    expect([count, inputs, outputs, x.length, y.length]).toEqual([N, 3, 2, 3 * N, 2 * N]);
  });
  it('have the covariance of the paper and mean 0', () => {
    for (const j of [0, 1]) {
      expect(Math.abs(mean(column(y, j, 2)))).toBeLessThan(5 * Math.sqrt(covariance[j][j] / N));
      for (const k of [0, 1])
        expectCovariance(
          column(y, j, 2),
          column(y, k, 2),
          covariance[j][k],
          covariance[j][j],
          covariance[k][k],
        );
    }
  });
  it('do not depend on the inputs, which are independent', () => {
    for (const j of [0, 1, 2]) {
      expect(Math.abs(mean(column(x, j, 3)))).toBeLessThan(5 / Math.sqrt(N));
      for (const k of [0, 1, 2]) expectCovariance(column(x, j, 3), column(x, k, 3), j === k ? 1 : 0, 1, 1);
      for (const k of [0, 1]) expectCovariance(column(x, j, 3), column(y, k, 2), 0, 1, covariance[k][k]);
      // Nor is one example like the next.
      expectCovariance(column(x, j, 3).slice(1), column(x, j, 3).slice(0, -1), 0, 1, 1);
    }
  });
  it('are tested on the law', () => {
    const law = lawIn(testing);
    expect(law.noise).toEqual(Float64Array.from(covariance.flat()));
    expect([law.T, law.Sigma]).toEqual([new Float64Array(6), Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1)]);
  });
  it('are one number where β = 0, and opposite where β = 2', () => {
    for (const beta of [0, 2]) {
      const { y: pairs } = examplesIn(dataFor({ ...spec, beta, examples: 50 }, [3, 4, 2]).train);
      for (let i = 0; i < 50; i++) expect(pairs[2 * i + 1]).toBeCloseTo((1 - beta) * 0.5 * pairs[2 * i], 12);
    }
  });
  it('are the same by the same seed, the first ones whatever their number', () => {
    const few = (seed: number) => examplesIn(dataFor({ ...spec, examples: 5, seed }, [3, 4, 2]).train);
    expect(few(1).x).toEqual(x.slice(0, 15));
    expect(few(1).y).toEqual(y.slice(0, 10));
    expect(few(2).x).not.toEqual(few(1).x);
  });
  it('are known', () => {
    expect([x[0], x[1], y[0], y[1]]).toEqual([
      -0.8609961271286011, -1.2429208755493164, -2.8148019313812256, -1.0651146721727087,
    ]);
  });
});

describe('a linear teacher', () => {
  const T = [
    [1, -2, 0.5],
    [0, 3, 1],
  ];
  const given = [
    [2, 0.5, 0],
    [0.5, 1, -0.3],
    [0, -0.3, 0.7],
  ];
  /** Inputs of two dimensions in three. */
  const singular = [
    [1, 1, 0],
    [1, 1, 0],
    [0, 0, 4],
  ];
  const diagonal = [
    [2, 0, 0],
    [0, 0, 0],
    [0, 0, 1],
  ];

  describe.each([
    ['given', given, given],
    ['singular', singular, singular],
    ['by variances', [2, 0, 1], diagonal],
    [
      'left out',
      undefined,
      [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ],
    ],
  ])('with a covariance that is %s', (_what, covariance, is) => {
    const { train, test: testing } = dataFor(
      { set: 'linear-teacher', T, ...(covariance && { covariance }), noise: 0.2, examples: N, seed: 3 },
      [3, 2],
    );
    const { x, y } = examplesIn(train);
    const columns = [0, 1, 2].map((j) => column(x, j, 3));
    it('has inputs of that covariance', () => {
      for (const j of [0, 1, 2])
        for (const k of [0, 1, 2]) expectCovariance(columns[j], columns[k], is[j][k], is[j][j], is[k][k]);
    });
    it('adds noise of its deviation, that does not depend on the inputs', () => {
      const rest = [0, 1].map((i) =>
        column(y, i, 2).map((t, n) => t - T[i].reduce((sum, w, j) => sum + w * columns[j][n], 0)),
      );
      for (const i of [0, 1]) {
        for (const k of [0, 1]) expectCovariance(rest[i], rest[k], i === k ? 0.04 : 0, 0.04, 0.04);
        for (const j of [0, 1, 2]) if (is[j][j] > 0) expectCovariance(rest[i], columns[j], 0, 0.04, is[j][j]);
      }
    });
    it('is tested on its law', () => {
      expect(lawIn(testing)).toEqual({
        inputs: 3,
        outputs: 2,
        T: Float64Array.from(T.flat()),
        Sigma: Float64Array.from(is.flat()),
        noise: Float64Array.of(0.2 ** 2, 0, 0, 0.2 ** 2),
      });
    });
  });

  it('with a singular covariance has no inputs off its plane', () => {
    const { train } = dataFor(
      { set: 'linear-teacher', T, covariance: singular, examples: 100, seed: 3 },
      [3, 2],
    );
    const { x } = examplesIn(train);
    for (let i = 0; i < 100; i++) expect(Math.abs(x[3 * i] - x[3 * i + 1])).toBeLessThan(1e-14);
  });

  it('without noise is exact', () => {
    const { train } = dataFor({ set: 'linear-teacher', T, examples: 20, seed: 3 }, [3, 2]);
    const { x, y } = examplesIn(train);
    for (let n = 0; n < 20; n++)
      for (const i of [0, 1])
        expect(y[2 * n + i]).toBeCloseTo(
          T[i].reduce((sum, w, j) => sum + w * x[3 * n + j], 0),
          14,
        );
  });

  it('is a law where no number of examples is given', () => {
    const { train, test: testing } = dataFor({ set: 'linear-teacher', T }, [3, 2]);
    expect(lawIn(train)).toEqual(lawIn(testing));
  });

  it('may be drawn: outputs of inputs of variance 1 have variance 1', () => {
    const drawn = (seed: number) =>
      lawIn(dataFor({ set: 'linear-teacher', T: { draw: 'normal', seed } }, [100, 50, 80]).train);
    const { T: found, inputs, outputs, Sigma } = drawn(1);
    expect([inputs, outputs, Sigma.length, found.length]).toEqual([100, 80, 10_000, 8000]);
    expectCovariance(found, found, 0.01, 0.01, 0.01);
    expect(Math.abs(mean(found))).toBeLessThan((5 * 0.1) / Math.sqrt(8000));
    expect(drawn(1).T).toEqual(found);
    expectCovariance(found, drawn(2).T, 0, 0.01, 0.01);
  });
});

test('examples in the problem are taken as they stand', () => {
  const part = (x: number[][], y: number[][]) => ({ x, y });
  const { train, test: testing } = dataFor(
    {
      train: part(
        [
          [1, 2],
          [3, 4],
        ],
        [[5], [6]],
      ),
      test: part([[7, 8]], [[9]]),
    },
    [2, 1],
  );
  expect(train).toEqual({
    count: 2,
    inputs: 2,
    outputs: 1,
    x: Float64Array.of(1, 2, 3, 4),
    y: Float64Array.of(5, 6),
  });
  expect(examplesIn(testing)).toMatchObject({ x: Float64Array.of(7, 8), y: Float64Array.of(9) });
});
