import { isPositive } from '../../numbers/positive.ts';
import {
  between,
  type Check,
  either,
  flag,
  isFiniteNumber,
  isObject,
  listOf,
  oneOf,
  optional,
  record,
  text,
  whole,
} from '../../support/check.ts';
import { show } from '../../support/error.ts';
import { howMany } from '../../support/howMany.ts';
import { type Any, type Failure, shapeOf } from '../../support/relations.ts';
import {
  byKey,
  fraction,
  LARGEST,
  MAX_EXAMPLES,
  MAX_WIDTH,
  matrix,
  nameOf,
  never,
  seed,
  size,
  width,
} from './kinds.ts';
import { imageSets, isImages } from './sets.ts';

/* The data of a deep problem: what each key may hold, and what must hold between them. */

export const count = whole(1, MAX_EXAMPLES);
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
const examples = record(
  { x: matrix, y: matrix },
  { want: 'use { "x": [[…]], "y": [[…]] }, a row for each example' },
);
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
    T: either(
      isObject,
      record({ draw: oneOf(['normal']), seed }),
      either(Array.isArray, matrix, never('use a list of rows, or { "draw": "normal", "seed": 1 }')),
    ),
    covariance: optional(
      either(
        (it) => Array.isArray(it) && Array.isArray(it[0]),
        matrix,
        either(
          Array.isArray,
          listOf(size, 1, MAX_WIDTH, 'variance'),
          never('use a list of variances, one for each input, or a list of rows'),
        ),
      ),
    ),
    noise: optional(size),
    examples: optional(count),
    seed: optional(seed),
  }),
};
const ELSEWHERE = { fmnist: 'fashion-mnist', cifar: 'cifar-10', teacher: 'linear-teacher' };

export const data: Check = (it) => {
  const want = 'use { "set": "digits" }, { "train": { "x": [[…]], "y": [[…]] } } or { "file": "data.npz" }';
  if (!isObject(it)) return { path: '', found: show(it), want };
  if ('set' in it) {
    const fault = nameOf(Object.keys(sets), ELSEWHERE)(it.set);
    return fault === undefined ? sets[it.set as string](it) : { ...fault, path: '.set' };
  }
  return byKey(
    { file: record({ file: text }), train: record({ train: examples, test: optional(examples) }) },
    want,
  )(it);
};

export function imagesFit({ data }: Any): Failure {
  const { side, train: trainAll, test: testAll } = imageSets[data.set as keyof typeof imageSets];
  const taken = (it: Any, otherwise: number): number =>
    it === undefined ? otherwise : typeof it === 'number' ? it : it.draw;
  if (data.pixels > side)
    return { path: 'data.pixels', found: data.pixels, want: `use at most ${side}, as the images have` };
  const random =
    ['train', 'test'].find((key) => isObject(data[key])) ?? (data.corruption > 0 ? 'corruption' : undefined);
  if (random !== undefined && data.seed === undefined)
    return {
      path: 'data.seed',
      found: undefined,
      want: `"${random}" draws at random: give a seed, such as 1`,
    };
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

export function teacherFits({ data, network: { widths } }: Any): Failure {
  const { T, covariance, examples, seed } = data;
  if (Array.isArray(T)) {
    const failure = shapeOf('data.T', T, T.length, T[0].length, 'rows of one length: outputs × inputs');
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
      const failure = shapeOf('data.covariance', covariance, inputs, inputs, 'inputs × inputs');
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
    return { path: 'data.seed', found: undefined, want: 'the examples are random: give a seed, such as 1' };
  return examples === undefined && seed !== undefined
    ? {
        path: 'data.seed',
        found: seed,
        want: 'without "examples" none are drawn; leave it out, or give their number',
      }
    : undefined;
}

export function arraysFit({ data }: Any): Failure {
  const { x, y } = data.train;
  for (const name of ['train', 'test'].filter((one) => data[one] !== undefined)) {
    const found = data[name];
    const failure =
      shapeOf(`data.${name}.x`, found.x, found.x.length, x[0].length, 'rows of one length, the inputs') ??
      shapeOf(`data.${name}.y`, found.y, found.x.length, y[0].length, 'a row of targets for each of x');
    if (failure) return failure;
  }
  return undefined;
}

/** Targets of a loss that takes them for probabilities. */
export function targetsFit({ loss, data }: Any): Failure {
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
