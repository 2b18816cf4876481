import type { DeepProblem } from '../../src/deep/problem/index.ts';

/** Undefined takes a key away. */
type Changes = { [K in keyof DeepProblem]?: DeepProblem[K] | undefined };

/** A small deep problem that every test may start from; a fresh copy each time. */
export const deepProblem = (changes: Changes = {}): DeepProblem =>
  ({
    network: { widths: [64, 20, 20, 10], activation: 'tanh' },
    rule: 'dfa',
    feedback: { draw: 'normal', seed: 3 },
    loss: 'cross-entropy',
    data: { set: 'digits' },
    learningRate: 0.1,
    epochs: [0, 1, 10],
    ...changes,
  }) as DeepProblem;

/** A linear network and a few examples in the problem itself. */
export const smallDeepProblem = (changes: Changes = {}): DeepProblem =>
  ({
    network: { widths: [2, 3, 4, 2], activation: 'linear' },
    rule: 'dfa',
    feedback: { draw: 'normal', seed: 3 },
    loss: 'squared',
    data: {
      train: {
        x: [
          [1, 2],
          [3, 4],
          [5, 7],
        ],
        y: [
          [1, 0],
          [0, 1],
          [0.5, -2],
        ],
      },
    },
    time: [0, 1],
    ...changes,
  }) as DeepProblem;

/** Every kind of problem that there is, by what is special about it. */
export const DEEP_PROBLEMS: readonly [what: string, problem: DeepProblem][] = [
  ['a small one', deepProblem()],
  ['examples in the problem', smallDeepProblem()],
  [
    'the example of the specification',
    {
      network: { widths: [196, 100, 100, 100, 10], activation: 'tanh', bias: true, init: 'pytorch' },
      rule: 'dfa',
      feedback: { draw: 'uniform', seed: 3 },
      loss: 'cross-entropy',
      data: { set: 'mnist', pixels: 14, train: 60_000, corruption: 0.1, seed: 1 },
      learningRate: 1e-4,
      batch: 32,
      epochs: { to: 1000, points: 60, scale: 'log' },
    },
  ],
  [
    'convolutions',
    deepProblem({
      network: {
        layers: [
          { convolution: 32, kernel: 5, pool: 2 },
          { convolution: 8, kernel: 3 },
          { dense: 128 },
          { dense: 10 },
        ],
        activation: 'relu',
      },
    }),
  ],
  ['dense layers one by one', deepProblem({ network: { layers: [{ dense: 10 }], activation: 'relu' } })],
  ['momentum', deepProblem({ optimizer: { momentum: 0.9 } })],
  ["Nesterov's momentum", deepProblem({ optimizer: { momentum: 0.9, nesterov: true } })],
  ['rmsprop', deepProblem({ optimizer: { rmsprop: {} } })],
  ['rmsprop with all its numbers', deepProblem({ optimizer: { rmsprop: { decay: 0.9, epsilon: 1e-6 } } })],
  ['sgd by name', deepProblem({ optimizer: 'sgd' })],
  ['dropout', deepProblem({ dropout: { inputs: 0.1, hidden: 0.5 } })],
  ['dropout of one kind', deepProblem({ dropout: { hidden: 0 } })],
  ['batch normalisation', deepProblem({ batchNorm: true })],
  ['weight decay', deepProblem({ weightDecay: 1e-3 })],
  ['a rate for each layer', deepProblem({ learningRate: [0.1, 0, 0.3] })],
  ['a batch of some', deepProblem({ batch: 32 })],
  ['a batch of all', deepProblem({ batch: 'all' })],
  ['steps', deepProblem({ epochs: undefined, steps: { from: 1, to: 100, points: 5 } })],
  [
    'epochs in equal steps',
    deepProblem({ epochs: { to: 8, points: 5, scale: 'linear' }, time: { from: 0.1, to: 10, points: 4 } }),
  ],
  ['other sets: fashion', deepProblem({ ...wide(784), data: { set: 'fashion-mnist', standardise: false } })],
  ['other sets: CIFAR-10', deepProblem({ ...wide(3072), data: { set: 'cifar-10' } })],
  ['other sets: CIFAR-100, small', deepProblem({ ...wide(48, 100), data: { set: 'cifar-100', pixels: 4 } })],
  [
    'drawn parts',
    deepProblem({ data: { set: 'digits', train: { draw: 1000 }, test: { draw: 797 }, seed: 5 } }),
  ],
  ['all of the digits', deepProblem({ data: { set: 'digits', train: 1797 } })],
  [
    'normal targets',
    deepProblem({
      ...wide(10, 2),
      loss: 'squared',
      data: { set: 'gaussian', inputs: 10, examples: 1000, alpha: 0.5, beta: 1, seed: 2 },
    }),
  ],
  [
    'a linear teacher, the law itself',
    smallDeepProblem({
      data: {
        set: 'linear-teacher',
        T: [
          [1, 2],
          [3, 4],
        ],
        covariance: [
          [1, 1],
          [1, 1],
        ],
        noise: 0.1,
      },
    }),
  ],
  [
    'a drawn linear teacher and its examples',
    smallDeepProblem({
      data: {
        set: 'linear-teacher',
        T: { draw: 'normal', seed: 4 },
        covariance: [1, 0],
        examples: 100,
        seed: 1,
      },
    }),
  ],
  ['a file', deepProblem({ data: { file: 'data.npz' } })],
  [
    'a test of its own',
    smallDeepProblem({ data: { train: { x: [[1, 2]], y: [[1, 0]] }, test: { x: [[0, 1]], y: [[0, 1]] } } }),
  ],
  ['targets between 0 and 1', smallDeepProblem({ ...ofOne([0.3, 0.4]), loss: 'binary-cross-entropy' })],
  ['targets with sum 1', smallDeepProblem({ ...ofOne([0.3, 0.7]), loss: 'cross-entropy' })],
  ...['linear', 'tanh', 'relu', 'leaky-relu', 'abs', 'logistic', 'erf', 'swish'].map(
    (activation): [string, DeepProblem] => [
      `activation ${activation}`,
      deepProblem({ network: { widths: [64, 20, 10], activation } }),
    ],
  ),
  [
    'a leaky relu of a slope',
    deepProblem({ network: { widths: [64, 10], activation: { 'leaky-relu': 0.2 }, seed: 7 } }),
  ],
  ...(['zero', 'pytorch', 'he', { normal: 0 }] as const).map((init): [string, DeepProblem] => [
    `init ${JSON.stringify(init)}`,
    deepProblem({ network: { widths: [64, 20, 20, 10], activation: 'relu', init } }),
  ]),
  [
    'given weights',
    smallDeepProblem({
      network: {
        widths: [2, 1, 2],
        activation: 'linear',
        bias: true,
        init: { weights: [[[1, 2]], [[3], [4]]], biases: [[1], [-0, 1]] },
      },
    }),
  ],
  ...(['normal', 'uniform', 'sign', 'orthogonal'] as const).map((draw): [string, DeepProblem] => [
    `feedback ${draw}`,
    deepProblem({ feedback: { draw, seed: 1 } }),
  ]),
  ...(['width', 'outputs', 'launay-2019', 0.5] as const).map((scale): [string, DeepProblem] => [
    `feedback of scale ${scale}`,
    deepProblem({ feedback: { draw: 'normal', scale, shared: true, seed: 1 } }),
  ]),
  ['ideal feedback', smallDeepProblem({ feedback: { draw: 'ideal' } })],
  [
    'given feedback',
    smallDeepProblem({
      network: { widths: [2, 1, 3, 2], activation: 'linear' },
      rule: 'fa',
      feedback: {
        matrices: [
          [[1, 2, 3]],
          [
            [1, 2],
            [3, 4],
            [5, 6],
          ],
        ],
      },
    }),
  ],
  ...['fa', 'dfa', 'ifa', 'drtp', 'kolen-pollack', 'bp', 'last-layer'].map((rule): [string, DeepProblem] => [
    `rule ${rule}`,
    deepProblem({ rule }),
  ]),
  ['bp without feedback', deepProblem({ rule: 'bp', feedback: undefined })],
  ['sign-symmetric', deepProblem({ rule: 'sign-symmetric', feedback: undefined })],
  ['sign-symmetric, uniform', deepProblem({ rule: 'sign-symmetric', feedback: { magnitudes: 'uniform' } })],
  ...(['batch-random', 'fixed-random'] as const).map((magnitudes): [string, DeepProblem] => [
    `sign-symmetric, ${magnitudes}`,
    deepProblem({ rule: 'sign-symmetric', feedback: { magnitudes, seed: 2 } }),
  ]),
  ['perturbed bp', deepProblem({ rule: 'perturbed-bp', feedback: { cosine: 0.3, seed: 2 } })],
];

function wide(inputs: number, outputs = 10): Partial<DeepProblem> {
  return { network: { widths: [inputs, 20, outputs], activation: 'tanh' } };
}

function ofOne(y: number[]): Partial<DeepProblem> {
  return { data: { train: { x: [[1, 2]], y: [y] } } };
}
