import { expect, it } from 'vitest';
import { resolveDeepProblem } from '../../../src/deep/problem/index.ts';
import { deepProblem, smallDeepProblem } from '../../support/deepProblems.ts';
import { failureOf } from '../../support/failureOf.ts';

// biome-ignore lint/suspicious/noExplicitAny: these problems are wrong on purpose
type Any = any;

const failureAt = (problem: Any) => failureOf(() => resolveDeepProblem(problem));

/** Other keys of a part of a problem. */
const other =
  (part: string, changes: Any) =>
  (p: Any): Any => ({ ...p, [part]: { ...p[part], ...changes } });
const put = (changes: Any) => (p: Any) => ({ ...p, ...changes });
const small =
  (changes: Any) =>
  (_p: Any): Any =>
    smallDeepProblem(changes);
const layers = (...list: Any[]) => put({ network: { activation: 'relu', layers: list } });
const network = (changes: Any) => other('network', changes);
const data = (changes: Any) => other('data', changes);
const arrays = (x: Any, y: Any, test?: Any) => small({ data: { train: { x, y }, test } });
const teacher = (changes: Any) =>
  small({
    data: {
      set: 'linear-teacher',
      T: [
        [1, 2],
        [3, 4],
      ],
      ...changes,
    },
  });
const weights = (init: Any, bias = true) =>
  small({ network: { widths: [2, 1, 2], activation: 'linear', bias, init } });

/** What is done to a good problem, and the whole message. */
const WHOLE: [what: string, change: (p: Any) => Any, message: string][] = [
  [
    'widths for other images',
    network({ widths: [784, 20, 20, 10] }),
    'network.widths[0]: found 784; use 64, the number of inputs (8 × 8 pixels)',
  ],
  [
    'widths for smaller images',
    network({ widths: [16, 20, 20, 10] }),
    'network.widths[0]: found 16; use 64, the number of inputs (8 × 8 pixels); or "pixels": 4 in data gives 16',
  ],
  [
    'widths for grey images',
    (p) => ({ ...network({ widths: [1024, 20, 10] })(p), data: { set: 'cifar-10' } }),
    'network.widths[0]: found 1024; use 3072, the number of inputs (32 × 32 pixels of 3 colours)',
  ],
  [
    'outputs that are no classes',
    network({ widths: [64, 20, 20, 1] }),
    'network.widths[3]: found 1; use 10, the number of classes that the data has',
  ],
  [
    'no feedback',
    put({ feedback: undefined }),
    'feedback: found nothing; rule "dfa" needs it: use { "draw": "normal", "seed": 1 } or { "matrices": [F_1, …] }',
  ],
  [
    'feedback without a seed',
    put({ feedback: { draw: 'normal' } }),
    'feedback.seed: found nothing; "draw": "normal" draws at random: give a seed, such as 1',
  ],
  [
    'no times',
    put({ epochs: undefined }),
    'time: found nothing; give "time": [0, 1, 10] for theory, "epochs": [0, 1, 10] or "steps" for training',
  ],
  [
    'a number of epochs',
    put({ epochs: 100 }),
    'epochs: found 100; use a list of 1 to 1000000 finite numbers, or { "to": 1000, "points": 60, "scale": "log" }',
  ],
  [
    'an activation by its other name',
    network({ activation: 'Sigmoid' }),
    'network.activation: found "Sigmoid"; use "logistic", which is its name here',
  ],
  [
    'a misspelt activation',
    network({ activation: 'ReLU' }),
    'network.activation: found "ReLU"; use one of "linear", "tanh", "relu", "leaky-relu", "abs", "logistic", "erf", "swish" (did you mean "relu"?), or { "leaky-relu": slope }',
  ],
  [
    'no activation',
    network({ activation: undefined }),
    'network.activation: found nothing; use one of "linear", "tanh", "relu", "leaky-relu", "abs", "logistic", "erf", "swish", or { "leaky-relu": slope }',
  ],
  [
    'no network',
    put({ network: undefined }),
    'network: found nothing; use { "widths": [inputs, hidden, …, outputs], "activation": "tanh" }',
  ],
  [
    'no data',
    put({ data: undefined }),
    'data: found nothing; use { "set": "digits" }, { "train": { "x": [[…]], "y": [[…]] } } or { "file": "data.npz" }',
  ],
  [
    'no learning rate',
    put({ learningRate: undefined }),
    'learningRate: found nothing; training needs it: use a number such as 0.01, or a list of one for each layer',
  ],
  [
    'dropout as a number',
    put({ dropout: 0.5 }),
    'dropout: found 0.5; use { "inputs": 0.1, "hidden": 0.5 }, or one of the two',
  ],
  [
    'dropout of all',
    put({ dropout: { hidden: 1 } }),
    'dropout.hidden: found 1; use a number from 0 up to, but not including, 1',
  ],
  [
    'Adam',
    put({ optimizer: 'adam' }),
    'optimizer: found "adam"; use "sgd", { "momentum": 0.9 } or { "rmsprop": {} }',
  ],
  [
    'a misspelt key',
    put({ learningrate: 1 }),
    'learningrate: found 1; there is no such key; did you mean "learningRate"?',
  ],
  [
    'corruption without a seed',
    data({ corruption: 0.1 }),
    'data.seed: found nothing; "corruption" draws at random: give a seed, such as 1',
  ],
  [
    'feedback of another rule',
    put({ feedback: { seed: 2, cosine: 0.5 } }),
    'feedback.cosine: found 0.5; rule "dfa" does not take "cosine"; use { "draw": "normal", "seed": 1 } or { "matrices": [F_1, …] }',
  ],
];

it.each(WHOLE)('%s', (_what, change, message) => {
  const failure = failureAt(change(deepProblem()));
  expect(failure).toMatchObject({ code: 'invalid-problem', path: message.slice(0, message.indexOf(':')) });
  expect(failure.message).toBe(message);
});

const ABOVE = [
  [1, 2],
  [2, 1],
];

/** What is done to a good problem, the path that the refusal must name, and a part of what it must say. */
const PARTS: [what: string, path: string, says: string, change: (p: Any) => Any][] = [
  ['a problem that is none', 'problem', 'found [1]; use an object with the keys "network"', () => [1]],
  ['nothing', 'problem', 'found nothing', () => undefined],
  ['an unknown key', 'initialisation', 'the keys are network, rule', put({ initialisation: 1 })],
  // The network.
  ['a network that is none', 'network', 'found null', put({ network: null })],
  [
    'neither widths nor layers',
    'network',
    'found neither "widths" nor "layers"',
    network({ widths: undefined }),
  ],
  ['both', 'network', 'found both', network({ layers: [{ dense: 10 }] })],
  [
    'one width',
    'network.widths',
    'found a list of 1 number of units; use a list of 2 to 65',
    network({ widths: [64] }),
  ],
  [
    'a broken width',
    'network.widths[1]',
    'use a whole number from 1 to 100000',
    network({ widths: [64, 1.5, 10] }),
  ],
  ['a width of zero', 'network.widths[1]', 'found 0', network({ widths: [64, 0, 10] })],
  ['too many layers', 'network.widths', 'found a list of 66', network({ widths: Array(66).fill(64) })],
  ['an activation that is a number', 'network.activation', 'found 1', network({ activation: 1 })],
  [
    'an activation of the prototype',
    'network.activation',
    'use one of',
    network({ activation: 'constructor' }),
  ],
  [
    'a slope in quotes',
    'network.activation.leaky-relu',
    'found "0.1"',
    network({ activation: { 'leaky-relu': '0.1' } }),
  ],
  [
    'an activation without a slope',
    'network.activation.leaky-relu',
    'found nothing',
    network({ activation: {} }),
  ],
  ['a bias of its own', 'network.bias', 'use true or false', network({ bias: 1 })],
  ['an unknown init', 'network.init', 'or { "normal": deviation }', network({ init: 'xavier' })],
  ['an init by its other name', 'network.init', 'use "he"', network({ init: 'kaiming' })],
  [
    'an init of another key',
    'network.init',
    'use "zero", "pytorch", "he"',
    network({ init: { uniform: 1 } }),
  ],
  ['a negative deviation', 'network.init.normal', 'from 0 to 1e30', network({ init: { normal: -1 } })],
  ['a seed of a half', 'network.seed', 'from 0 to 2^53 − 1', network({ seed: 0.5 })],
  ['a seed above all', 'network.seed', 'whole number', network({ seed: 2 ** 53 })],
  ['a misspelt key of the network', 'network.width', 'did you mean "widths"?', network({ width: [64, 10] })],
  [
    'weights for other layers',
    'network.init.weights',
    'found 1 matrix; use 2',
    weights({ weights: [[[1, 2]]] }),
  ],
  [
    'weights transposed',
    'network.init.weights[0]',
    'found 2 rows, one of 1 number; use 1 row of 2 numbers (n_1 × n_0)',
    weights({
      weights: [
        [[1], [2]],
        [[1], [2]],
      ],
    }),
  ],
  [
    'ragged weights',
    'network.init.weights[1]',
    'found 2 rows, one of 2 numbers',
    weights({ weights: [[[1, 2]], [[1], [1, 2]]] }),
  ],
  [
    'a word in the weights',
    'network.init.weights[0][0][1]',
    'found "x"',
    weights({ weights: [[[1, 'x']], [[1], [2]]] }),
  ],
  [
    'a weight too large',
    'network.init.weights[0][0][0]',
    'size up to 1e30',
    weights({ weights: [[[-1e31, 1]], [[1], [2]]] }),
  ],
  [
    'biases without bias',
    'network.init.biases',
    '"bias": true',
    weights({ weights: [[[1, 2]], [[1], [2]]], biases: [[1], [1, 2]] }, false),
  ],
  [
    'too few biases',
    'network.init.biases',
    'found 1 list; use 2',
    weights({ weights: [[[1, 2]], [[1], [2]]], biases: [[1]] }),
  ],
  [
    'biases of another length',
    'network.init.biases[1]',
    'found 1 number; use 2 numbers',
    weights({ weights: [[[1, 2]], [[1], [2]]], biases: [[1], [1]] }),
  ],
  ['no layers', 'network.layers', 'found a list of 0 layers', layers()],
  ['an unknown layer', 'network.layers[0]', 'use { "dense": units }', layers({ recurrent: 1 })],
  [
    'a misspelt key of a layer',
    'network.layers[0].kernal',
    'did you mean "kernel"?',
    layers({ convolution: 1, kernal: 3 }),
  ],
  ['no kernel', 'network.layers[0].kernel', 'found nothing', layers({ convolution: 1 }, { dense: 10 })],
  [
    'a pool of zero',
    'network.layers[0].pool',
    'from 1 to 64',
    layers({ convolution: 1, kernel: 3, pool: 0 }),
  ],
  ['a convolution at the end', 'network.layers[0]', '{ "dense": 10 }', layers({ convolution: 1, kernel: 3 })],
  [
    'outputs of layers',
    'network.layers[1].dense',
    'use 10, the number of classes',
    layers({ dense: 5 }, { dense: 2 }),
  ],
  [
    'a convolution after a dense layer',
    'network.layers[1]',
    'come before',
    layers({ dense: 5 }, { convolution: 1, kernel: 3 }, { dense: 10 }),
  ],
  [
    'a kernel above the image',
    'network.layers[0].kernel',
    'use at most 8',
    layers({ convolution: 1, kernel: 9 }, { dense: 10 }),
  ],
  [
    'a kernel above what is left',
    'network.layers[1].kernel',
    'use at most 2',
    layers({ convolution: 1, kernel: 8, pool: 3 }, { convolution: 1, kernel: 3 }, { dense: 10 }),
  ],
  [
    'a pool above the image',
    'network.layers[0].pool',
    'use at most 8',
    layers({ convolution: 1, kernel: 3, pool: 9 }, { dense: 10 }),
  ],
  [
    'a convolution of no images',
    'network.layers',
    'it needs images',
    small({ network: { activation: 'relu', layers: [{ convolution: 1, kernel: 1 }, { dense: 2 }] } }),
  ],
  [
    'weights for layers',
    'network.init',
    'need "widths"',
    (p) => network({ init: { weights: [[[1]]] } })(layers({ dense: 10 })(p)),
  ],
  // Rule and feedback.
  ['no rule', 'rule', 'found nothing; use one of "bp", "fa", "dfa"', put({ rule: undefined })],
  ['a misspelt rule', 'rule', 'did you mean "dfa"?', put({ rule: 'DFA' })],
  ['a rule by its other name', 'rule', 'use "bp"', put({ rule: 'backprop' })],
  ['a rule that is an object', 'rule', 'found {"name":"x"}', put({ rule: { name: 'x' } })],
  ['feedback that is none', 'feedback', 'found [1]; use { "draw"', put({ feedback: [1] })],
  ['feedback of no kind', 'feedback', 'use { "draw"', put({ feedback: { seed: 1 } })],
  [
    'an unknown law',
    'feedback.draw',
    'did you mean "orthogonal"?',
    put({ feedback: { draw: 'ortogonal', seed: 1 } }),
  ],
  [
    'a scale of zero',
    'feedback.scale',
    'above zero',
    put({ feedback: { draw: 'normal', seed: 1, scale: 0 } }),
  ],
  [
    'an unknown scale',
    'feedback.scale',
    'or a number',
    put({ feedback: { draw: 'normal', seed: 1, scale: 'big' } }),
  ],
  [
    'shared, in words',
    'feedback.shared',
    'true or false',
    put({ feedback: { draw: 'normal', seed: 1, shared: 'yes' } }),
  ],
  [
    'a misspelt key of feedback',
    'feedback.share',
    'did you mean "shared"?',
    put({ feedback: { draw: 'normal', seed: 1, share: true } }),
  ],
  [
    'fa that shares',
    'feedback.shared',
    'differ in both sizes',
    put({ rule: 'fa', feedback: { draw: 'normal', seed: 1, shared: true } }),
  ],
  [
    'orthogonal that shares',
    'feedback.shared',
    'not orthogonal',
    put({ feedback: { draw: 'orthogonal', seed: 1, shared: true } }),
  ],
  [
    'orthogonal of a convention',
    'feedback.scale',
    'length of the columns',
    put({ feedback: { draw: 'orthogonal', seed: 1, scale: 'width' } }),
  ],
  [
    'orthogonal, too narrow',
    'feedback.draw',
    '10 columns of 5 numbers cannot be orthogonal (layer 2)',
    (p) => network({ widths: [64, 20, 5, 10] })(put({ feedback: { draw: 'orthogonal', seed: 1 } })(p)),
  ],
  [
    'ideal by another rule',
    'feedback.draw',
    'dfa, fa, drtp',
    put({ rule: 'ifa', feedback: { draw: 'ideal' } }),
  ],
  ['ideal with a seed', 'feedback.seed', 'nothing is drawn', put({ feedback: { draw: 'ideal', seed: 1 } })],
  ['ideal with a scale', 'feedback.scale', 'leave it out', put({ feedback: { draw: 'ideal', scale: 2 } })],
  [
    'too few matrices',
    'feedback.matrices',
    'found 1 matrix; use 2, one for each hidden layer',
    put({ feedback: { matrices: [[[1]]] } }),
  ],
  [
    'too many matrices of ifa',
    'feedback.matrices',
    'use 1, that of the first',
    small({ rule: 'ifa', feedback: { matrices: [[[1]], [[1]]] } }),
  ],
  [
    'matrices of no hidden layer',
    'feedback.matrices',
    'there is no hidden layer',
    small({ network: { widths: [2, 2], activation: 'linear' }, feedback: { matrices: [[[1]]] } }),
  ],
  [
    'the same of ifa',
    'feedback.matrices',
    'there is no hidden layer',
    small({
      network: { widths: [2, 2], activation: 'linear' },
      rule: 'ifa',
      feedback: {
        matrices: [
          [
            [1, 0],
            [0, 1],
          ],
        ],
      },
    }),
  ],
  [
    'matrices of fa for dfa',
    'feedback.matrices[0]',
    'use 3 rows of 2 numbers (n_1 × n_L)',
    small({
      feedback: {
        matrices: [
          [
            [1, 2, 3, 4],
            [1, 2, 3, 4],
            [1, 2, 3, 4],
          ],
          [[1]],
        ],
      },
    }),
  ],
  [
    'matrices of dfa for fa',
    'feedback.matrices[0]',
    'use 3 rows of 4 numbers (n_1 × n_2)',
    small({
      rule: 'fa',
      feedback: {
        matrices: [
          [
            [1, 2],
            [1, 2],
            [1, 2],
          ],
          [[1]],
        ],
      },
    }),
  ],
  [
    'matrices for layers',
    'feedback.matrices',
    'need "widths"',
    (p) => put({ feedback: { matrices: [[[1]]] } })(layers({ dense: 5 }, { dense: 10 })(p)),
  ],
  [
    'a draw for layers without a seed',
    'feedback.seed',
    'give a seed',
    (p) => put({ feedback: { draw: 'sign' } })(layers({ dense: 10 })(p)),
  ],
  [
    'unknown magnitudes',
    'feedback.magnitudes',
    'use one of',
    put({ rule: 'sign-symmetric', feedback: { magnitudes: 'random' } }),
  ],
  [
    'random magnitudes without a seed',
    'feedback.seed',
    '"batch-random" draws',
    put({ rule: 'sign-symmetric', feedback: { magnitudes: 'batch-random' } }),
  ],
  ['a draw for sign-symmetric', 'feedback.draw', '"magnitudes": "uniform"', put({ rule: 'sign-symmetric' })],
  [
    'a cosine above one',
    'feedback.cosine',
    'from -1 to 1',
    put({ rule: 'perturbed-bp', feedback: { cosine: 1.1, seed: 1 } }),
  ],
  ['no cosine', 'feedback', '"cosine": 0.5', put({ rule: 'perturbed-bp', feedback: undefined })],
  [
    'a cosine without a seed',
    'feedback.seed',
    '"cosine": 0.5 draws',
    put({ rule: 'perturbed-bp', feedback: { cosine: 0.5 } }),
  ],
  // Loss and data.
  ['no loss', 'loss', 'use one of "squared"', put({ loss: undefined })],
  ['a loss by its other name', 'loss', 'use "squared"', put({ loss: 'MSE' })],
  [
    'a loss of classes for numbers',
    'loss',
    'use "squared"',
    small({
      loss: 'cross-entropy',
      data: { set: 'gaussian', inputs: 2, examples: 5, alpha: 1, beta: 1, seed: 1 },
    }),
  ],
  [
    'a loss of classes for other sums',
    'data.train.y[0]',
    'with sum 1',
    (p) => put({ loss: 'cross-entropy' })(arrays([[1, 2]], [[0.5, 0.6]])(p)),
  ],
  [
    'a loss of probabilities for others',
    'data.test.y[0]',
    'numbers from 0 to 1; use "squared"',
    (p) =>
      put({ loss: 'binary-cross-entropy' })(arrays([[1, 2]], [[0, 1]], { x: [[1, 2]], y: [[0, -0.1]] })(p)),
  ],
  ['data of no kind', 'data', 'use { "set": "digits" }', put({ data: {} })],
  ['a misspelt set', 'data.set', 'did you mean "mnist"?', data({ set: 'MNIST' })],
  ['a set by its other name', 'data.set', 'use "fashion-mnist"', data({ set: 'fmnist' })],
  ['a set of the prototype', 'data.set', 'use one of', data({ set: '__proto__' })],
  ['too many pixels', 'data.pixels', 'use at most 8', data({ pixels: 9 })],
  ['no pixels', 'data.pixels', 'from 1 to 32', data({ pixels: 0 })],
  ['corruption above one', 'data.corruption', 'from 0 to 1', data({ corruption: 2, seed: 1 })],
  ['standardise by name', 'data.standardise', 'true or false', data({ standardise: 'no' })],
  ['a misspelt key of data', 'data.standardize', 'did you mean "standardise"?', data({ standardize: true })],
  ['a key of other data', 'data.noise', 'the keys are set, pixels', data({ noise: 1 })],
  ['a part in quotes', 'data.train', 'or { "draw": number }', data({ train: '1000' })],
  ['a part of nothing', 'data.test', 'from 1 to 1e7', data({ test: 0 })],
  ['a drawn part without a seed', 'data.seed', '"test" draws', data({ test: { draw: 10 } })],
  ['more than there are', 'data.train', 'there are 1797 examples', data({ train: 1798 })],
  ['more than are left', 'data.test', 'there are 297 examples beside', data({ test: 298 })],
  [
    'more than MNIST has',
    'data.test',
    'there are 10000 examples to test',
    (p) => network({ widths: [784, 10] })(put({ data: { set: 'mnist', test: 10_001 } })(p)),
  ],
  [
    'examples without targets',
    'data.train.y',
    'found nothing; use a list of',
    small({ data: { train: { x: [[1, 2]] } } }),
  ],
  ['no examples', 'data.train.x', 'found a list of 0 rows', arrays([], [])],
  ['a training part that is a list', 'data.train', '"x": [[…]]', small({ data: { train: [[1, 2]] } })],
  [
    'ragged inputs',
    'data.train.x',
    'one of 1 number; use 2 rows of 2 numbers',
    arrays(
      [[1, 2], [3]],
      [
        [1, 0],
        [0, 1],
      ],
    ),
  ],
  [
    'fewer targets than inputs',
    'data.train.y',
    'found 1 row; use 2 rows of 2 numbers',
    arrays(
      [
        [1, 2],
        [3, 4],
      ],
      [[1, 0]],
    ),
  ],
  [
    'tests of another width',
    'data.test.x',
    'use 1 row of 2 numbers',
    arrays([[1, 2]], [[1, 0]], { x: [[1]], y: [[1, 0]] }),
  ],
  [
    'tests of other targets',
    'data.test.y',
    'use 1 row of 2 numbers',
    arrays([[1, 2]], [[1, 0]], { x: [[1, 2]], y: [[1]] }),
  ],
  [
    'inputs that the network has not',
    'network.widths[0]',
    'use 3, the number of inputs that the data has',
    arrays([[1, 2, 3]], [[1, 0]]),
  ],
  [
    'targets that the network has not',
    'network.widths[3]',
    'use 1, the number of targets',
    arrays([[1, 2]], [[1]]),
  ],
  ['a file that is a number', 'data.file', 'use a string', put({ data: { file: 3 } })],
  ['a file and a set', 'data.file', 'there is no such key', data({ file: 'x.npz' })],
  [
    'no alpha',
    'data.alpha',
    'found nothing',
    small({ data: { set: 'gaussian', inputs: 2, examples: 5, beta: 1, seed: 1 } }),
  ],
  [
    'beta above two',
    'data.beta',
    'from 0 to 2',
    small({ data: { set: 'gaussian', inputs: 2, examples: 5, alpha: 1, beta: 3, seed: 1 } }),
  ],
  [
    'a gaussian without a seed',
    'data.seed',
    'whole number',
    small({ data: { set: 'gaussian', inputs: 2, examples: 5, alpha: 1, beta: 1 } }),
  ],
  ['T in a word', 'data.T', '{ "draw": "normal", "seed": 1 }', teacher({ T: 'normal' })],
  ['a ragged T', 'data.T', 'rows of one length', teacher({ T: [[1, 2], [3]] })],
  ['a T without a seed', 'data.T.seed', 'found nothing', teacher({ T: { draw: 'normal' } })],
  [
    'a drawn T for layers',
    'data.T',
    'needs network.widths',
    small({
      network: { activation: 'linear', layers: [{ dense: 2 }] },
      data: { set: 'linear-teacher', T: { draw: 'normal', seed: 1 } },
    }),
  ],
  ['a single variance', 'data.covariance', 'use a list of variances', teacher({ covariance: 1 })],
  ['a negative variance', 'data.covariance[1]', 'from 0 to 1e30', teacher({ covariance: [1, -1] })],
  ['too few variances', 'data.covariance', 'found 1 number; use 2', teacher({ covariance: [1] })],
  ['too few rows of covariance', 'data.covariance', 'found 1 row; use 2', teacher({ covariance: [[1, 0]] })],
  ['a ragged covariance', 'data.covariance', 'inputs × inputs', teacher({ covariance: [[1, 0], [0]] })],
  [
    'an asymmetric covariance',
    'data.covariance',
    'found 0.5 in row 1, column 2 but 0.4 in row 2, column 1; use a symmetric matrix',
    teacher({
      covariance: [
        [1, 0.5],
        [0.4, 1],
      ],
    }),
  ],
  [
    'an impossible covariance',
    'data.covariance',
    'not positive semidefinite',
    teacher({ covariance: ABOVE }),
  ],
  ['negative noise', 'data.noise', 'from 0 to 1e30', teacher({ noise: -1 })],
  ['drawn examples without a seed', 'data.seed', 'give a seed', teacher({ examples: 5 })],
  ['a seed of no examples', 'data.seed', 'without "examples" none are drawn', teacher({ seed: 5 })],
  // Training.
  [
    'a negative rate',
    'learningRate',
    'zero or more, or a list of one for each layer',
    put({ learningRate: -1 }),
  ],
  ['rates for other layers', 'learningRate', 'found 2 numbers; use 3', put({ learningRate: [1, 2] })],
  [
    'a hole in the rates',
    'learningRate[1]',
    'found nothing',
    put({ learningRate: Object.assign(new Array(3), { 0: 1, 2: 2 }) }),
  ],
  ['a batch of none', 'batch', 'from 1 to 1e7, or "all"', put({ batch: 0 })],
  ['a batch of a word', 'batch', 'or "all"', put({ batch: 'full' })],
  ['a batch above all examples', 'batch', 'use at most 1500', put({ batch: 1501 })],
  [
    'a batch above those that are taken',
    'batch',
    'use at most 20',
    (p) => put({ batch: 21 })(data({ train: { draw: 20 }, seed: 1 })(p)),
  ],
  ['epochs and steps', 'steps', 'not both', put({ steps: [1] })],
  ['no points', 'epochs.points', 'found nothing', put({ epochs: { to: 10 } })],
  [
    'a scale of no kind',
    'epochs.scale',
    'did you mean "log"?',
    put({ epochs: { to: 10, points: 3, scale: 'logs' } }),
  ],
  [
    'a grid below its start',
    'steps.to',
    'above "from" = 1',
    put({ epochs: undefined, steps: { to: 0.5, points: 3 } }),
  ],
  [
    'a log grid from zero',
    'epochs.from',
    'a log scale starts above 0',
    put({ epochs: { from: 0, to: 10, points: 3 } }),
  ],
  ['a time grid without a start', 'time.from', 'found nothing', put({ time: { to: 10, points: 3 } })],
  ['times that go back', 'time[1]', 'found 1 after 2; use increasing times', put({ time: [2, 1] })],
  ['epochs below zero', 'epochs[0]', 'starts at 0', put({ epochs: [-1] })],
  ['momentum as a number', 'optimizer', 'found 0.9; use "sgd", { "momentum": 0.9 }', put({ optimizer: 0.9 })],
  ['momentum of one', 'optimizer.momentum', 'not including, 1', put({ optimizer: { momentum: 1 } })],
  [
    'two optimizers',
    'optimizer.rmsprop',
    'there is no such key',
    put({ optimizer: { momentum: 0.9, rmsprop: {} } }),
  ],
  ['rmsprop as a number', 'optimizer.rmsprop', 'or {} for these', put({ optimizer: { rmsprop: 0.9 } })],
  [
    'an epsilon of zero',
    'optimizer.rmsprop.epsilon',
    'from 1e-20 on',
    put({ optimizer: { rmsprop: { epsilon: 0 } } }),
  ],
  [
    'a decay of one',
    'optimizer.rmsprop.decay',
    'not including, 1',
    put({ optimizer: { rmsprop: { decay: 1 } } }),
  ],
  ['dropout below zero', 'dropout.inputs', 'from 0 up to', put({ dropout: { inputs: -0.1 } })],
  [
    'dropout of other units',
    'dropout.weights',
    'the keys are inputs, hidden',
    put({ dropout: { weights: 0.1 } }),
  ],
  ['batchNorm by a number', 'batchNorm', 'true or false', put({ batchNorm: 1 })],
  [
    'two weight decays',
    'weightDecay',
    'found [0.1,0]; use a finite number, zero or more',
    put({ weightDecay: [0.1, 0] }),
  ],
];

it.each(PARTS)('%s', (_what, path, says, change) => {
  const failure = failureAt(change(deepProblem()));
  expect(failure, failure.message).toMatchObject({ code: 'invalid-problem', path });
  expect(failure.message).toContain(says);
  expect(failure.message).toMatch(/^[^:]+: found .+; .{8}/);
});
