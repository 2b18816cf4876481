import { isPositive } from '../../numbers/positive.ts';
import { aTimeList, timesFault } from '../../numbers/times.ts';
import {
  between,
  type Check,
  either,
  flag,
  isFiniteNumber,
  isObject,
  listOf,
  number,
  oneOf,
  optional,
  record,
  text,
  value,
  whole,
} from '../../support/check.ts';
import { show } from '../../support/error.ts';
import { howMany } from '../../support/howMany.ts';
import { pointActivations } from './activations.ts';
import { losses } from './losses.ts';
import { deepRules } from './rules.ts';
import { examplesOf, type ImageSet, imageSets, isImages, sizesOf } from './sets.ts';

/*
 * What a deep problem must satisfy, as two tables like those of two layers: PROBLEM says which keys there are and what
 * each may hold by itself, RELATIONS what must hold between them.
 */

// biome-ignore lint/suspicious/noExplicitAny: the table looks at values of unknown shape
type Any = any;
type Failure = { path: string; found: unknown; want: string } | undefined;

const MAX_WIDTH = 100_000;
const MAX_LAYERS = 64;
const MAX_EXAMPLES = 10_000_000;
/** Sums of squares and products of a few of them must still be numbers. */
const LARGEST = 1e30;

const positive = value((it) => isFiniteNumber(it) && it > 0, 'use a finite number above zero');
const rate = value((it) => isFiniteNumber(it) && it >= 0, 'use a finite number, zero or more');
const size = value(
  (it) => isFiniteNumber(it) && it >= 0 && it <= LARGEST,
  `use a number from 0 to ${LARGEST}`,
);
const fraction = between(0, 1);
const seed = whole(0, Number.MAX_SAFE_INTEGER);
const width = whole(1, MAX_WIDTH);
const entry: Check = (it) =>
  number(it) ?? value((x) => Math.abs(x as number) <= LARGEST, `use a number of size up to ${LARGEST}`)(it);
const vector = listOf(entry, 1, MAX_WIDTH, 'finite number');
const matrix = listOf(vector, 1, MAX_EXAMPLES, 'row of finite numbers');
const matrices = listOf(matrix, 1, MAX_LAYERS, 'matrix');
const never = (want: string): Check => value(() => false, want);
/** A value of one kind or of another; `want` is said of what is neither. */
const namesOr = (names: readonly string[], object: Check, want: string): Check =>
  either(
    isObject,
    object,
    either(
      (it) => typeof it === 'string',
      oneOf(names, `, or ${want}`),
      never(`use one of ${names.map((one) => `"${one}"`).join(', ')}, or ${want}`),
    ),
  );
/** The first of a table's checks whose key the object has. */
const byKey =
  (table: Readonly<Record<string, Check>>, want: string): Check =>
  (it) => {
    if (!isObject(it)) return { path: '', found: show(it), want };
    const key = Object.keys(table).find((one) => Object.hasOwn(it, one));
    return key === undefined ? { path: '', found: show(it), want } : table[key](it);
  };

const layer = byKey(
  {
    dense: record({ dense: width }),
    convolution: record({ convolution: width, kernel: whole(1, 1024), pool: optional(whole(1, 64)) }),
  },
  'use { "dense": units } or { "convolution": filters, "kernel": 5, "pool": 2 }',
);

const network = record({
  widths: optional(listOf(width, 2, MAX_LAYERS + 1, 'number of units')),
  layers: optional(listOf(layer, 1, MAX_LAYERS, 'layer')),
  activation: namesOr(
    Object.keys(pointActivations),
    record({ 'leaky-relu': number }),
    '{ "leaky-relu": slope }',
  ),
  bias: optional(flag),
  init: optional(
    namesOr(
      ['zero', 'pytorch', 'he'],
      byKey(
        {
          normal: record({ normal: size }),
          weights: record({
            weights: matrices,
            biases: optional(listOf(vector, 1, MAX_LAYERS, 'list of finite numbers')),
          }),
        },
        'use "zero", "pytorch", "he", { "normal": deviation } or { "weights": [W_1, …] }',
      ),
      '{ "normal": deviation } or { "weights": [W_1, …] }',
    ),
  ),
  seed: optional(seed),
});

const feedback = byKey(
  {
    draw: record({
      draw: oneOf(['normal', 'uniform', 'sign', 'orthogonal', 'ideal']),
      scale: optional(
        either(isFiniteNumber, positive, oneOf(['width', 'outputs', 'launay-2019'], ', or a number')),
      ),
      shared: optional(flag),
      seed: optional(seed),
    }),
    matrices: record({ matrices }),
    magnitudes: record({
      magnitudes: oneOf(['uniform', 'batch-random', 'fixed-random']),
      seed: optional(seed),
    }),
    cosine: record({ cosine: between(-1, 1), seed: optional(seed) }),
  },
  'use { "draw": "normal", "seed": 1 } or { "matrices": [F_1, …] }',
);

const count = whole(1, MAX_EXAMPLES);
const part = either(
  isObject,
  record({ draw: count }),
  either(isFiniteNumber, count, never('use a number of examples, the first ones, or { "draw": number }')),
);
const images = record({
  set: oneOf(Object.keys(imageSets)),
  pixels: optional(whole(1, 32)),
  standardise: optional(flag),
  corruption: optional(fraction),
  train: optional(part),
  test: optional(part),
  seed: optional(seed),
});
const examples = record({ x: matrix, y: matrix });
const sets: Readonly<Record<string, Check>> = {
  ...Object.fromEntries(Object.keys(imageSets).map((name) => [name, images])),
  gaussian: record({
    set: oneOf(['gaussian']),
    inputs: width,
    examples: count,
    alpha: between(0, LARGEST),
    beta: between(0, 2),
    seed,
  }),
  'linear-teacher': record({
    set: oneOf(['linear-teacher']),
    T: either(isObject, record({ draw: oneOf(['normal']), seed }), matrix),
    covariance: optional(
      either(
        (it) => Array.isArray(it) && Array.isArray(it[0]),
        matrix,
        listOf(size, 1, MAX_WIDTH, 'variance'),
      ),
    ),
    noise: optional(size),
    examples: optional(count),
    seed: optional(seed),
  }),
};
const data: Check = (it) => {
  const want = 'use { "set": "digits" }, { "train": { "x": [[…]], "y": [[…]] } } or { "file": "data.npz" }';
  if (!isObject(it)) return { path: '', found: show(it), want };
  if ('set' in it) {
    const fault = oneOf(Object.keys(sets))(it.set);
    return fault === undefined ? sets[it.set as string](it) : { ...fault, path: '.set' };
  }
  return byKey(
    { file: record({ file: text }), train: record({ train: examples, test: optional(examples) }) },
    want,
  )(it);
};

export const PROBLEM = record(
  {
    network,
    rule: oneOf(Object.keys(deepRules)),
    feedback: optional(feedback),
    loss: oneOf(Object.keys(losses)),
    data,
    learningRate: optional(
      either(
        Array.isArray,
        listOf(rate, 1, MAX_LAYERS, 'rate'),
        value(
          (it) => rate(it) === undefined,
          'use a finite number, zero or more, or a list of one for each layer',
        ),
      ),
    ),
    batch: optional(
      either(
        (it) => it === 'all',
        () => undefined,
        value(
          (it) => whole(1, MAX_EXAMPLES)(it) === undefined,
          `use a whole number from 1 to ${MAX_EXAMPLES}, or "all"`,
        ),
      ),
    ),
    epochs: optional(aTimeList),
    steps: optional(aTimeList),
    time: optional(aTimeList),
    optimizer: optional(
      namesOr(
        ['sgd'],
        byKey(
          {
            momentum: record({ momentum: fraction, nesterov: optional(flag) }),
            rmsprop: record({ rmsprop: record({ decay: optional(fraction), epsilon: optional(positive) }) }),
          },
          'use "sgd", { "momentum": 0.9 } or { "rmsprop": {} }',
        ),
        '{ "momentum": 0.9 } or { "rmsprop": {} }',
      ),
    ),
    dropout: optional(record({ inputs: optional(fraction), hidden: optional(fraction) })),
    batchNorm: optional(flag),
    weightDecay: optional(rate),
  },
  { want: 'use an object with the keys of a problem' },
);

/** Rows of one length, as many as there should be. */
function shape(path: string, X: readonly number[][], rows: number, columns: number, why: string): Failure {
  const bad = X.find((row) => row.length !== columns);
  if (X.length === rows && bad === undefined) return undefined;
  const found = `${howMany(X.length, 'row')}${bad === undefined ? '' : `, one of ${howMany(bad.length, 'number')}`}`;
  return { path, found, want: `use ${howMany(rows, 'row')} of ${howMany(columns, 'number')} (${why})` };
}

const layersOf = (p: Any): number =>
  p.network.widths ? p.network.widths.length - 1 : p.network.layers.length;

/** The columns of the feedback matrix of hidden layer l. */
export const feedbackColumns = (rule: string, widths: readonly number[], l: number): number =>
  deepRules[rule].feedback === 'layers' ? widths[l + 1] : widths[widths.length - 1];

/** How many feedback matrices a rule has. */
export const feedbackCount = (rule: string, layers: number): number =>
  deepRules[rule].feedback === 'first' ? 1 : layers - 1;

const IDEAL = ['dfa', 'fa', 'drtp'];
/** What the feedback of a rule must be. */
const WANTED: Readonly<Record<string, string>> = {
  none: '"draw" or "matrices", against which alignments are then measured',
  layers: '{ "draw": "normal", "seed": 1 } or { "matrices": [B_1, …] }',
  outputs: '{ "draw": "normal", "seed": 1 } or { "matrices": [F_1, …] }',
  first: '{ "draw": "normal", "seed": 1 } or { "matrices": [F_1] }',
  signs: '{ "magnitudes": "uniform" }',
  angle: '{ "cosine": 0.5, "seed": 1 }',
};

function feedbackKind({ rule, feedback }: Any): Failure {
  const { feedback: kind } = deepRules[rule];
  if (feedback === undefined)
    return kind === 'none' || kind === 'signs'
      ? undefined
      : { path: 'feedback', found: undefined, want: `rule "${rule}" needs it: ${WANTED[kind]}` };
  const given = Object.keys(feedback)[0];
  const fits =
    kind === 'signs'
      ? 'magnitudes' in feedback
      : kind === 'angle'
        ? 'cosine' in feedback
        : 'draw' in feedback || 'matrices' in feedback;
  return fits
    ? undefined
    : {
        path: `feedback.${given}`,
        found: feedback[given],
        want: `rule "${rule}" has none; use ${WANTED[kind]}`,
      };
}

function feedbackSizes({ rule, feedback, network: { widths } }: Any): Failure {
  const L = widths.length - 1;
  const wanted = feedbackCount(rule, L);
  const columnsOf = (l: number): number => feedbackColumns(rule, widths, l);
  if (feedback.matrices !== undefined) {
    const { matrices } = feedback;
    if (matrices.length !== wanted)
      return {
        path: 'feedback.matrices',
        found: howMany(matrices.length, 'matrix'),
        want: `use ${wanted}, ${wanted === 1 ? 'that of the first hidden layer' : 'one for each hidden layer'}`,
      };
    for (let l = 1; l <= wanted; l++) {
      const to = deepRules[rule].feedback === 'layers' ? `n_${l + 1}` : 'n_L';
      const failure = shape(
        `feedback.matrices[${l - 1}]`,
        matrices[l - 1],
        widths[l],
        columnsOf(l),
        `n_${l} × ${to}`,
      );
      if (failure) return failure;
    }
    return undefined;
  }
  const { draw, scale, shared, seed } = feedback;
  if (draw === 'ideal') {
    if (!IDEAL.includes(rule))
      return {
        path: 'feedback.draw',
        found: draw,
        want: `it is a limit that theory takes for ${IDEAL.join(', ')}; use "orthogonal"`,
      };
    const extra = ['scale', 'shared', 'seed'].find((key) => feedback[key] !== undefined);
    return extra === undefined
      ? undefined
      : {
          path: `feedback.${extra}`,
          found: feedback[extra],
          want: 'leave it out: nothing is drawn, F_lᵀF_l = 1',
        };
  }
  if (draw !== undefined && seed === undefined)
    return { path: 'feedback.seed', found: undefined, want: `"${draw}" is random: give a seed` };
  if (shared && deepRules[rule].feedback === 'layers')
    return {
      path: 'feedback.shared',
      found: shared,
      want: `the matrices of "${rule}" differ in both sizes; leave it out`,
    };
  if (draw === 'orthogonal') {
    if (shared)
      return {
        path: 'feedback.shared',
        found: shared,
        want: 'rows of an orthogonal matrix are not orthogonal; leave it out',
      };
    if (typeof scale === 'string')
      return { path: 'feedback.scale', found: scale, want: 'use a number, the length of the columns' };
    for (let l = 1; l <= wanted; l++)
      if (widths[l] < columnsOf(l))
        return {
          path: 'feedback.draw',
          found: draw,
          want: `${columnsOf(l)} columns of ${widths[l]} numbers cannot be orthogonal (layer ${l}); use "normal"`,
        };
  }
  return undefined;
}

function initSizes({ network: { widths, init, bias } }: Any): Failure {
  const { weights, biases } = init;
  const L = widths.length - 1;
  if (weights.length !== L)
    return {
      path: 'network.init.weights',
      found: howMany(weights.length, 'matrix'),
      want: `use ${L}, one for each layer`,
    };
  for (let l = 1; l <= L; l++) {
    const failure = shape(
      `network.init.weights[${l - 1}]`,
      weights[l - 1],
      widths[l],
      widths[l - 1],
      `n_${l} × n_${l - 1}`,
    );
    if (failure) return failure;
  }
  if (biases === undefined) return undefined;
  if (!bias)
    return { path: 'network.init.biases', found: biases, want: 'leave them out, or use "bias": true' };
  if (biases.length !== L)
    return {
      path: 'network.init.biases',
      found: howMany(biases.length, 'list'),
      want: `use ${L}, one for each layer`,
    };
  const l = biases.findIndex((b: number[], i: number) => b.length !== widths[i + 1]);
  return l < 0
    ? undefined
    : {
        path: `network.init.biases[${l}]`,
        found: howMany(biases[l].length, 'number'),
        want: `use ${widths[l + 1]}`,
      };
}

/** An image through the layers: each must leave something. */
function layerSizes({ network: { layers }, data }: Any): Failure {
  const convolutions = layers.some((one: Any) => one.convolution !== undefined);
  const last = layers[layers.length - 1];
  const { outputs } = sizesOf(data);
  const at = `network.layers[${layers.length - 1}]`;
  if (last.dense === undefined)
    return { path: at, found: last, want: 'the last layer is { "dense": outputs }' };
  if (outputs !== undefined && last.dense !== outputs)
    return { path: `${at}.dense`, found: last.dense, want: `use ${outputs}, the number of targets` };
  if (!convolutions) return undefined;
  if (!isImages(data))
    return { path: 'network.layers', found: 'a convolution', want: 'it needs images; use dense layers' };
  let side = data.pixels ?? imageSets[data.set].side;
  let flat = false;
  for (let i = 0; i < layers.length; i++) {
    const { convolution, kernel, pool = 1 } = layers[i];
    if (convolution === undefined) {
      flat = true;
      continue;
    }
    if (flat)
      return {
        path: `network.layers[${i}]`,
        found: layers[i],
        want: 'convolutions come before dense layers',
      };
    if (kernel > side)
      return {
        path: `network.layers[${i}].kernel`,
        found: kernel,
        want: `use at most ${side}, the image's side there`,
      };
    if (pool > side)
      return {
        path: `network.layers[${i}].pool`,
        found: pool,
        want: `use at most ${side}, the image's side there`,
      };
    side = Math.floor(side / pool);
  }
  return undefined;
}

function dataSizes({ network: { widths }, data }: Any): Failure {
  const { inputs, outputs } = sizesOf(data);
  const last = widths.length - 1;
  if (inputs !== undefined && widths[0] !== inputs)
    return {
      path: 'network.widths[0]',
      found: widths[0],
      want: `use ${inputs}, the number of inputs that the data has`,
    };
  if (outputs !== undefined && widths[last] !== outputs)
    return {
      path: `network.widths[${last}]`,
      found: widths[last],
      want: `use ${outputs}, the number of targets that the data has`,
    };
  return undefined;
}

function imagesFit({ data }: Any): Failure {
  const { side, train: trainAll, test: testAll }: ImageSet = imageSets[data.set as keyof typeof imageSets];
  const taken = (it: Any, otherwise: number): number =>
    it === undefined ? otherwise : typeof it === 'number' ? it : it.draw;
  if (data.pixels > side)
    return { path: 'data.pixels', found: data.pixels, want: `use at most ${side}, as the images have` };
  const random =
    ['train', 'test'].find((key) => isObject(data[key])) ?? (data.corruption > 0 ? 'corruption' : undefined);
  if (random !== undefined && data.seed === undefined)
    return { path: 'data.seed', found: undefined, want: `"${random}" draws at random: give a seed` };
  const train = taken(data.train, trainAll);
  const test = taken(
    data.test,
    Math.min(testAll, data.set === 'digits' ? trainAll + testAll - train : testAll),
  );
  // The digits are one list, of which both parts are taken.
  const most = data.set === 'digits' ? trainAll + testAll : trainAll;
  if (train > most) return { path: 'data.train', found: data.train, want: `there are ${most} examples` };
  const left = data.set === 'digits' ? most - train : testAll;
  return test > left
    ? {
        path: 'data.test',
        found: data.test,
        want: `there are ${left} examples ${data.set === 'digits' ? 'beside those of "train"' : 'to test'}`,
      }
    : undefined;
}

function teacherFits({ data, network: { widths } }: Any): Failure {
  const { T, covariance, examples, noise, seed } = data;
  if (Array.isArray(T)) {
    const failure = shape('data.T', T, T.length, T[0].length, 'rows of one length: outputs × inputs');
    if (failure) return failure;
  } else if (widths === undefined)
    return { path: 'data.T', found: T, want: 'a drawn T needs network.widths' };
  const inputs = Array.isArray(T) ? T[0].length : widths[0];
  if (covariance !== undefined) {
    if (covariance.length !== inputs)
      return {
        path: 'data.covariance',
        found: howMany(covariance.length, Array.isArray(covariance[0]) ? 'row' : 'number'),
        want: `use ${inputs}, as there are inputs`,
      };
    if (Array.isArray(covariance[0])) {
      const failure = shape('data.covariance', covariance, inputs, inputs, 'inputs × inputs');
      if (failure) return failure;
      for (let i = 0; i < inputs; i++)
        for (let j = 0; j < i; j++)
          if (Math.abs(covariance[i][j] - covariance[j][i]) > 1e-12 * Math.abs(covariance[i][j]))
            return {
              path: 'data.covariance',
              found: `${covariance[j][i]} in row ${j + 1}, column ${i + 1} but ${covariance[i][j]} in row ${i + 1}, column ${j + 1}`,
              want: 'use a symmetric matrix',
            };
      if (!isPositive(Float64Array.from(covariance.flat()), inputs, 1e-10))
        return {
          path: 'data.covariance',
          found: 'a matrix that is not positive semidefinite',
          want: 'no inputs have it; compute it as ⟨xxᵀ⟩',
        };
    }
  }
  if (examples !== undefined && seed === undefined)
    return { path: 'data.seed', found: undefined, want: 'the examples are random: give a seed' };
  if (examples === undefined && seed !== undefined)
    return {
      path: 'data.seed',
      found: seed,
      want: 'the law itself is meant, and nothing is drawn; leave it out, or give "examples"',
    };
  return noise === undefined || noise >= 0
    ? undefined
    : { path: 'data.noise', found: noise, want: 'use zero or more' };
}

function arraysFit({ data }: Any): Failure {
  const { x, y } = data.train;
  for (const name of ['train', 'test'].filter((one) => data[one] !== undefined)) {
    const found = data[name];
    const failure =
      shape(`data.${name}.x`, found.x, found.x.length, x[0].length, 'rows of one length, the inputs') ??
      shape(`data.${name}.y`, found.y, found.x.length, y[0].length, 'a row of targets for each of x');
    if (failure) return failure;
  }
  return undefined;
}

/** Targets of a loss that takes them for probabilities. */
function targetsFit({ loss, data }: Any): Failure {
  if (loss === 'squared' || isImages(data) || 'file' in data) return undefined;
  if ('set' in data)
    return { path: 'loss', found: loss, want: `targets of "${data.set}" are any numbers: use "squared"` };
  for (const name of ['train', 'test'].filter((one) => data[one] !== undefined)) {
    const i = data[name].y.findIndex(
      (row: number[]) =>
        row.some((t) => t < 0 || t > 1) ||
        (loss === 'cross-entropy' && Math.abs(row.reduce((a, b) => a + b) - 1) > 1e-9),
    );
    if (i >= 0)
      return {
        path: `data.${name}.y[${i}]`,
        found: data[name].y[i],
        want: `"${loss}" needs numbers from 0 to 1${loss === 'cross-entropy' ? ' with sum 1' : ''}; use "squared" for others`,
      };
  }
  return undefined;
}

const hasWidths = (p: Any): boolean => p.network.widths !== undefined;

export const RELATIONS: readonly { when?: (p: Any) => boolean; fails: (p: Any) => Failure }[] = [
  {
    fails: ({ network: { widths, layers } }) =>
      (widths === undefined) === (layers === undefined)
        ? {
            path: 'network',
            found: widths === undefined ? 'neither "widths" nor "layers"' : 'both "widths" and "layers"',
            want: 'use "widths": [inputs, hidden, …, outputs], or "layers" in their place',
          }
        : undefined,
  },
  { when: (p) => p.data.train?.x !== undefined, fails: arraysFit },
  { when: (p) => p.data.set === 'linear-teacher', fails: teacherFits },
  { when: (p) => isImages(p.data), fails: imagesFit },
  { when: hasWidths, fails: dataSizes },
  { when: (p) => !hasWidths(p), fails: layerSizes },
  { fails: targetsFit },
  { fails: feedbackKind },
  {
    when: (p) => hasWidths(p) && (p.feedback?.draw ?? p.feedback?.matrices) !== undefined,
    fails: feedbackSizes,
  },
  { when: (p) => hasWidths(p) && p.network.init?.weights !== undefined, fails: initSizes },
  {
    when: (p) => !hasWidths(p) && p.network.init?.weights !== undefined,
    fails: ({ network: { init } }) => ({
      path: 'network.init',
      found: init,
      want: 'given weights need "widths"',
    }),
  },
  {
    when: (p) => Array.isArray(p.learningRate),
    fails: (p) =>
      p.learningRate.length === layersOf(p)
        ? undefined
        : {
            path: 'learningRate',
            found: howMany(p.learningRate.length, 'number'),
            want: `use ${layersOf(p)}, one for each layer, or a single number`,
          },
  },
  {
    when: (p) => typeof p.batch === 'number',
    fails: ({ batch, data }) => {
      const most = examplesOf(data);
      return most !== undefined && batch > most
        ? { path: 'batch', found: batch, want: `use at most ${most}, the number of examples, or "all"` }
        : undefined;
    },
  },
  {
    fails: ({ epochs, steps, time }) =>
      epochs !== undefined && steps !== undefined
        ? { path: 'steps', found: steps, want: 'give "epochs" or "steps", not both' }
        : (epochs ?? steps ?? time) === undefined
          ? {
              path: 'time',
              found: undefined,
              want: 'give "time" for theory, "epochs" or "steps" for training',
            }
          : undefined,
  },
  {
    fails: (p) => {
      for (const key of ['time', 'epochs', 'steps'])
        if (p[key] !== undefined) {
          const failure = timesFault(key, p[key]);
          if (failure) return failure;
        }
      return undefined;
    },
  },
  {
    when: (p) => (p.epochs ?? p.steps) !== undefined,
    fails: ({ learningRate }) =>
      learningRate === undefined
        ? {
            path: 'learningRate',
            found: undefined,
            want: 'training needs it: a number, or one for each layer',
          }
        : undefined,
  },
];
