import { describe, expect, it } from 'vitest';
import { conditioning, type DeepCurve, type DeepProblem, integrate } from '../../../src/index.ts';

const widthsOf = (weights: number[][][]): number[] => [weights[0][0].length, ...weights.map((W) => W.length)];

const linear = (
  rule: string,
  init: 'zero' | number[][][],
  widths: number[],
  feedback: number[][][],
  data: DeepProblem['data'],
  time: number[],
): DeepCurve =>
  integrate({
    network: { widths, activation: 'linear', init: init === 'zero' ? init : { weights: init } },
    rule,
    feedback: { matrices: feedback },
    loss: 'squared',
    data,
    time,
  } as DeepProblem) as DeepCurve;

const one = [
  [1, 0],
  [0, 1],
];

describe('a curve is not held while anything still moves later', () => {
  it('BP on a plateau, under noise in which its error is not seen', () => {
    const weights = [
      [
        [1, 0],
        [0, 1e-20],
      ],
      [
        [1, 0],
        [0, 1e-20],
      ],
    ];
    const T = [
      [1, 0],
      [0, 0.5],
    ];
    const curve = (noise: number) =>
      linear('bp', weights, widthsOf(weights), [one], { set: 'linear-teacher', T, noise }, [50, 92, 200]);
    const [clear, noisy] = [curve(0), curve(1e10)];
    expect(clear.weightAlignment.total[2]).toBeGreaterThan(0.98);
    noisy.weightAlignment.total.forEach((WA, i) => {
      expect(WA).toBeCloseTo(clear.weightAlignment.total[i], 8);
    });
    expect(noisy.stats.heldFrom).toBeLessThan(200);
  });

  it('DFA against whose feedback an output is, where its error of 1e-25 grows to a millionth of the noise and more', () => {
    const weights = [
      [
        [0.5, 0],
        [0, 1e-25],
      ],
      [
        [1, 0],
        [0, -0.5],
      ],
    ];
    const T = [
      [1, 0],
      [0, 0],
    ];
    const curve = (noise: number) =>
      linear('dfa', weights, widthsOf(weights), [one], { set: 'linear-teacher', T, noise }, [30, 110, 1e4]);
    const [clear, noisy] = [curve(0), curve(1)];
    noisy.trainLoss.forEach((loss, i) => {
      expect(loss - 1).toBeCloseTo(clear.trainLoss[i], 8);
      expect(noisy.weightAlignment.total[i]).toBeCloseTo(clear.weightAlignment.total[i], 8);
    });
    expect(noisy.weightAlignment.total[1]).toBeLessThan(0.39);
    expect(noisy.weightAlignment.total[2]).toBeGreaterThan(0.7);
    expect(noisy.stats.heldFrom).toBeGreaterThan(120);
    expect(noisy.stats.heldFrom).toBeLessThan(1e3);
  });

  it('the gradients of outputs without noise, beside an output that is noise and has no feedback', () => {
    const x = [
      [1, 0.3],
      [1, -0.3],
      [-1, 0.3],
      [-1, -0.3],
    ];
    const fitted = x.map(([a, b]) => [a + 0.7 * b, 1.3 * b - 0.4 * a]);
    const F = [
      [1, 0.3],
      [-0.2, 1],
      [0.5, 0.5],
    ];
    const times = [30, 100, 200, 300, 600];
    const without = linear('dfa', 'zero', [2, 3, 2], [F], { train: { x, y: fitted } }, times);
    const withNoise = linear(
      'dfa',
      'zero',
      [2, 3, 3],
      [F.map((row) => [0, ...row])],
      { train: { x, y: fitted.map((y, i) => [i === 0 || i === 3 ? 1 : -1, ...y]) } },
      times,
    );
    without.gradientAlignment.total.forEach((GA, i) => {
      expect(withNoise.gradientAlignment.total[i]).toBeCloseTo(GA, 8);
    });
  });
});

describe('signals', () => {
  it('BP sends 1e-9 of the error through a narrow layer: the cosine is that of the signals', () => {
    const [c, s, small] = [0.6, 0.8, 1e-9];
    const weights = [[[1]], [[c], [s]]];
    // e = Wx − y = (−s, c) + 1e-9 (c, s) for x = 1, so that W_2ᵀe = 1e-9 and Fe = −s + ….
    const y = [[c + s - small * c, s - c - small * s]];
    const curve = linear('dfa', weights, [1, 1, 2], [[[1, 0]]], { train: { x: [[1]], y } }, [0]);
    expect(curve.gradientAlignment.layers[0][0]).toBeCloseTo(-1, 6);
    const bp = linear('bp', weights, [1, 1, 2], [[[1, 0]]], { train: { x: [[1]], y } }, [0]);
    expect(bp.gradientAlignment.layers[0][0]).toBe(1);
  });
});

describe('scales', () => {
  it.each([1e-8, 1e-30])('targets of %s learn as those of 1, but later', (size) => {
    const x = [
      [1, 0.2],
      [-0.3, 0.8],
      [0.5, -0.4],
    ];
    const y = [
      [1, 0],
      [0.2, 1],
      [-0.5, 0.5],
    ];
    const F = [
      [1, 0.3],
      [-0.2, 1],
    ];
    const L = 4;
    const times = [0.1, 3, 10];
    const curve = (c: number) =>
      linear(
        'dfa',
        'zero',
        [2, 2, 2, 2, 2],
        [F, F, F],
        { train: { x, y: y.map((row) => row.map((value) => c * value)) } },
        times.map((t) => t * c ** (1 / (2 ** L - 1) - 1)),
      );
    const [of1, small] = [curve(1), curve(size)];
    times.forEach((_, i) => {
      expect(small.trainLoss[i] / size ** 2).toBeCloseTo(of1.trainLoss[i], 8);
      for (const l of [0, 1, 2])
        expect(small.gradientAlignment.layers[i][l]).toBeCloseTo(of1.gradientAlignment.layers[i][l], 8);
    });
  });
});

it('the test loss at the start is that of the targets, where inputs of the training part are nearly alike', () => {
  const x = [
    [1, 1 + 1e-6],
    [-0.5, -0.5 + 2e-6],
    [0.25, 0.25 - 1e-6],
    [-1, -1 + 1e-6],
  ];
  const train = { x, y: [[1], [2], [-1], [0.5]] };
  const test = {
    x: [
      [1, -1],
      [2, 0.5],
    ],
    y: [[1], [-1]],
  };
  const curve = linear('dfa', 'zero', [2, 2, 1], [[[1], [0.5]]], { train, test }, [0]);
  expect(curve.testLoss[0]).toBeCloseTo(0.5, 12);
});

it('eigenvalues of alignment matrices of 1e-200', () => {
  const A = [
    [1e-200, 0],
    [2e-200, 3e-200],
  ];
  const [[large], [small]] = conditioning({ alignmentMatrices: [[A]] } as DeepCurve)?.eigenvalues[0][0] ?? [];
  expect(large / 1e-200).toBeCloseTo(3, 12);
  expect(small / 1e-200).toBeCloseTo(1, 12);
});
