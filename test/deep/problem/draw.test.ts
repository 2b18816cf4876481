import { createHash } from 'node:crypto';
import { describe, expect, it, test } from 'vitest';
import {
  type DeepProblem,
  type FeedbackSpec,
  feedbackOf,
  resolveDeepProblem,
  weightsOf,
} from '../../../src/deep/problem/index.ts';
import { deepProblem, smallDeepProblem } from '../../support/deepProblems.ts';

const WIDTHS = [64, 200, 100, 150, 10];
const feedback = (spec: FeedbackSpec, rule = 'dfa', widths = WIDTHS): Float64Array[] =>
  feedbackOf(
    resolveDeepProblem(deepProblem({ network: { widths, activation: 'tanh' }, rule, feedback: spec })),
  ) ?? expect.unreachable();
const weights = (init: DeepProblem['network']['init'], seed?: number, widths = WIDTHS): Float64Array[] =>
  weightsOf(
    resolveDeepProblem(
      deepProblem({ network: { widths, activation: 'tanh', ...(init && { init }), ...(seed && { seed }) } }),
    ),
  );

const mean = (x: ArrayLike<number>, f: (x: number) => number): number =>
  Array.from(x).reduce((sum, one) => sum + f(one), 0) / x.length;

/** By chance a test of this kind fails once in 10^6 (normal) or less. */
const SIGMAS = 5;

/** Mean 0 and the variance s², by the fourth moment m4·s⁴ of the law. */
function expectMoments(x: ArrayLike<number>, s: number, m4: number): void {
  expect(Math.abs(mean(x, (one) => one))).toBeLessThan((SIGMAS * s) / Math.sqrt(x.length));
  const square = mean(x, (one) => one * one);
  expect(Math.abs(square / (s * s) - 1)).toBeLessThan(SIGMAS * Math.sqrt((m4 - 1) / x.length) + 1e-12);
}

/** No correlation, element by element. */
function expectIndependent(x: ArrayLike<number>, y: ArrayLike<number>): void {
  const n = Math.min(x.length, y.length);
  let xy = 0;
  let xx = 0;
  let yy = 0;
  for (let i = 0; i < n; i++) {
    xy += x[i] * y[i];
    xx += x[i] ** 2;
    yy += y[i] ** 2;
  }
  expect(Math.abs(xy / Math.sqrt(xx * yy))).toBeLessThan(SIGMAS / Math.sqrt(n));
}

/** Rows n and columns m of each hidden layer's matrix by dfa. */
const SHAPES = WIDTHS.slice(1, -1).map((n) => [n, 10] as const);

describe('the laws of feedback', () => {
  test.each([
    ['width', (n: number, _m: number) => 1 / Math.sqrt(n)],
    ['outputs', (_n: number, m: number) => 1 / Math.sqrt(m + 1)],
    ['launay-2019', (n: number, m: number) => 1 / Math.sqrt(n * m)],
    [0.25, () => 0.25],
  ] as const)('normal, of scale %s', (scale, deviation) => {
    const F = feedback({ draw: 'normal', scale, seed: 1 });
    SHAPES.forEach(([n, m], i) => {
      expect(F[i]).toHaveLength(n * m);
      expectMoments(F[i], deviation(n, m), 3);
    });
  });
  test('normal, if nothing is said: FᵀF is 1 in the mean', () => {
    expect(feedback({ draw: 'normal', seed: 1 })).toEqual(
      feedback({ draw: 'normal', scale: 'width', seed: 1 }),
    );
  });
  test.each([
    ['outputs', (_n: number, m: number) => 1 / Math.sqrt(m + 1)],
    ['width', (n: number, _m: number) => 1 / Math.sqrt(n)],
    [3, () => 3],
  ] as const)('uniform, of scale %s', (scale, largest) => {
    feedback({ draw: 'uniform', scale, seed: 2 }).forEach((F, i) => {
      const most = largest(...SHAPES[i]);
      expectMoments(F, most / Math.sqrt(3), 9 / 5);
      const sizes = F.map(Math.abs);
      expect(Math.max(...sizes)).toBeLessThan(most);
      // All of n elements stay below 1 − 14/n of the range once in a million times.
      expect(Math.max(...sizes)).toBeGreaterThan(most * (1 - 14 / F.length));
    });
  });
  test('uniform, if nothing is said', () => {
    expect(feedback({ draw: 'uniform', seed: 1 })).toEqual(
      feedback({ draw: 'uniform', scale: 'outputs', seed: 1 }),
    );
  });
  test('signs', () => {
    for (const F of feedback({ draw: 'sign', seed: 3 })) {
      expect(new Set(F)).toEqual(new Set([-1, 1]));
      expectMoments(F, 1, 1);
    }
    expect(new Set(feedback({ draw: 'sign', scale: 0.5, seed: 3 })[0])).toEqual(new Set([-0.5, 0.5]));
  });
  test.each([undefined, 2.5])('orthogonal columns of length %s', (scale) => {
    const length = scale ?? 1;
    // The narrowest that is possible is the hardest.
    const widths = [64, 200, 10, 10];
    feedback({ draw: 'orthogonal', seed: 4, ...(scale && { scale }) }, 'dfa', widths).forEach((F, l) => {
      for (let j = 0; j < 10; j++)
        for (let k = 0; k < 10; k++) {
          let product = 0;
          for (let i = 0; i < widths[l + 1]; i++) product += F[i * 10 + j] * F[i * 10 + k];
          expect(Math.abs(product - (j === k ? length ** 2 : 0))).toBeLessThan(1e-14 * length ** 2);
        }
      if (l === 0) expectMoments(F, length / Math.sqrt(200), 3);
    });
  });
  test('given ones, row by row', () => {
    const matrices = [
      [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
      [
        [1, 0],
        [0, 2],
        [7, 8],
        [9, 10],
      ],
    ];
    expect(feedbackOf(resolveDeepProblem(smallDeepProblem({ feedback: { matrices } })))).toEqual(
      matrices.map((F) => Float64Array.from(F.flat())),
    );
  });
});

describe('which matrices there are', () => {
  it.each([
    ['dfa', [2000, 1000, 1500]],
    ['drtp', [2000, 1000, 1500]],
    ['bp', [2000, 1000, 1500]],
    ['fa', [200 * 100, 100 * 150, 150 * 10]],
    ['kolen-pollack', [200 * 100, 100 * 150, 150 * 10]],
    ['ifa', [2000]],
  ])('%s', (rule, sizes) => {
    expect(feedback({ draw: 'normal', seed: 1 }, rule).map((F) => F.length)).toEqual(sizes);
  });
  it('scales those of fa by their own sizes', () => {
    const [first, second] = feedback({ draw: 'normal', scale: 'launay-2019', seed: 1 }, 'fa');
    expectMoments(first, 1 / Math.sqrt(200 * 100), 3);
    expectMoments(second, 1 / Math.sqrt(100 * 150), 3);
  });
  it('has one for what a convolution shows, and for one that errors leave in the form of its weights', () => {
    const layers = [
      { convolution: 4, kernel: 3, pool: 2 },
      { convolution: 6, kernel: 2 },
      { dense: 12 },
      { dense: 10 },
    ];
    const network = { layers, activation: 'tanh' };
    const of = (rule: string): number[] | undefined =>
      feedbackOf(
        resolveDeepProblem(deepProblem({ network, rule, feedback: { draw: 'normal', seed: 1 } })),
      )?.map((F) => F.length);
    expect(of('dfa')).toEqual([4 * 16 * 10, 6 * 16 * 10, 120]);
    expect(of('fa')).toEqual([6 * 4 * 4, 6 * 16 * 12, 120]);
    const sizes = weightsOf(resolveDeepProblem(deepProblem({ network }))).map((W) => W.length);
    expect(sizes).toEqual([4 * 9, 6 * 4 * 4, 6 * 16 * 12, 120]);
  });
  it('has none without a hidden layer, nor for what is not drawn', () => {
    for (const rule of ['dfa', 'fa', 'ifa'])
      expect(feedback({ draw: 'normal', seed: 1 }, rule, [64, 10])).toEqual([]);
    const without: Partial<DeepProblem>[] = [
      { feedback: { draw: 'ideal' } },
      { rule: 'sign-symmetric', feedback: { magnitudes: 'uniform' } },
      { rule: 'perturbed-bp', feedback: { cosine: 0.5, seed: 1 } },
    ];
    for (const one of without) expect(feedbackOf(resolveDeepProblem(deepProblem(one)))).toBeUndefined();
  });
});

test.each(['normal', 'uniform', 'sign'] as const)(
  'layers that share a %s matrix have its first rows, up to their scales',
  (draw) => {
    const F = feedback({ draw, shared: true, scale: 'launay-2019', seed: 6 });
    const [largest] = F;
    F.forEach((one, i) => {
      const ratio = Math.sqrt(200 / WIDTHS[i + 1]);
      one.forEach((x, at) => {
        expect(x).toBeCloseTo(largest[at] * ratio, 14);
      });
    });
  },
);

test('shared matrices of one scale are equal to the last bit', () => {
  const F = feedback({ draw: 'normal', shared: true, scale: 'outputs', seed: 6 });
  expect(F[1]).toEqual(F[0].slice(0, 1000));
});

describe('seeds and layers', () => {
  it.each(['normal', 'uniform', 'sign', 'orthogonal'] as const)('give independent feedback: %s', (draw) => {
    const [a, b, c] = feedback({ draw, seed: 1 });
    const [other] = feedback({ draw, seed: 2 });
    const pairs = [
      [a, b],
      [a, c],
      [b, c],
      [a, other],
    ];
    for (const [x, y] of pairs) expectIndependent(x, y);
    if (draw !== 'orthogonal') expectIndependent(a, feedback({ draw, seed: 1, shared: true })[0]);
    expect(feedback({ draw, seed: 1 })[0]).toEqual(a);
  });
  it('give independent weights, also of feedback', () => {
    const [a, b] = weights({ normal: 1 }, 1);
    const [other] = weights({ normal: 1 }, 2);
    expectIndependent(a, b);
    expectIndependent(a, other);
    expectIndependent(a, feedback({ draw: 'normal', seed: 1 })[0]);
    expect(weights({ normal: 1 }, 1)[0]).toEqual(a);
  });
  it('beyond 2^32 are others', () => {
    expectIndependent(weights('he', 5)[0], weights('he', 5 + 2 ** 32)[0]);
  });
});

describe('the laws of weights', () => {
  const fanIns = WIDTHS.slice(0, -1);
  it('pytorch: uniform up to 1/√fan-in, as if nothing is said', () => {
    weights('pytorch').forEach((W, i) => {
      const most = 1 / Math.sqrt(fanIns[i]);
      expect(W).toHaveLength(fanIns[i] * WIDTHS[i + 1]);
      expectMoments(W, most / Math.sqrt(3), 9 / 5);
      expect(Math.max(...W.map(Math.abs))).toBeLessThan(most);
      expect(Math.max(...W.map(Math.abs))).toBeGreaterThan(most * (1 - 14 / W.length));
    });
    expect(weights(undefined)).toEqual(weights('pytorch', 1));
  });
  it('he: normal of variance 2/fan-in', () => {
    weights('he').forEach((W, i) => {
      expectMoments(W, Math.sqrt(2 / fanIns[i]), 3);
    });
  });
  it('normal of a deviation', () => {
    for (const W of weights({ normal: 0.3 })) expectMoments(W, 0.3, 3);
    for (const W of weights({ normal: 0 })) expect(W.every((x) => x === 0)).toBe(true);
  });
  it('zero', () => {
    expect(weights('zero').map((W) => [W.length, W.every((x) => Object.is(x, 0))])).toEqual(
      fanIns.map((n, i) => [n * WIDTHS[i + 1], true]),
    );
  });
  it('given ones, row by row', () => {
    const init = { weights: [[[1, 2]], [[3], [4]]] };
    const network = { widths: [2, 1, 2], activation: 'linear', init };
    expect(weightsOf(resolveDeepProblem(smallDeepProblem({ network })))).toEqual([
      Float64Array.of(1, 2),
      Float64Array.of(3, 4),
    ]);
  });
  it('a seed of a run in place of that of the problem', () => {
    const problem = resolveDeepProblem(deepProblem());
    expect(weightsOf(problem, 9)).toEqual(
      weightsOf({ ...problem, network: { ...problem.network, seed: 9 } }),
    );
  });
});

const hashOf = (matrices: Float64Array[]): string => {
  const hash = createHash('sha256');
  for (const one of matrices) hash.update(one);
  return hash.digest('hex').slice(0, 16);
};

/** The bits of a seed are a promise: where one of these changes, every result does. */
describe('known answers', () => {
  it.each([
    ['normal', '2b039936e7a04002'],
    ['uniform', 'e0544809c334fc43'],
    ['sign', 'c632a380c681e27e'],
    ['orthogonal', '5a25bcf901fbdf1a'],
  ] as const)('feedback %s', (draw, hash) => {
    expect(hashOf(feedback({ draw, seed: 3 }))).toBe(hash);
  });
  it('shared feedback, and that of fa', () => {
    expect(hashOf(feedback({ draw: 'normal', seed: 3, shared: true }))).toBe('a48f71ea0ef8073a');
    expect(hashOf(feedback({ draw: 'normal', seed: 3 }, 'fa'))).toBe('bceb96afe543cb30');
  });
  it('weights', () => {
    expect(hashOf(weights('pytorch'))).toBe('28b948524c26e2d0');
    expect(hashOf(weights('he', 2 ** 53 - 1))).toBe('479fe14d48d60763');
  });
  it('the first numbers', () => {
    expect([...feedback({ draw: 'normal', scale: 1, seed: 3 })[0].slice(0, 3)]).toEqual([
      -0.8429871797561646, -0.5103585720062256, -0.6875277757644653,
    ]);
    expect([...feedback({ draw: 'uniform', scale: 1, seed: 3 })[0].slice(0, 3)]).toEqual([
      0.230721431572521, -0.6011868473133426, -0.8659179735974922,
    ]);
  });
});
