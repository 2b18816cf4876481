import { product, productT, tProduct } from '../../numbers/matrix.ts';
import { type Data, type ExampleRows, isLaw } from '../data/index.ts';
import { symmetricEigen } from './eigen.ts';

/**
 * All that a linear network sees of its training data, in axes in which the inputs are uncorrelated: x' = Uᵀx with Σ_x
 * = U Λ Uᵀ. Targets are y = T̂x + r, where T̂ is the least-squares map and nothing of r can be fitted: so ⟨eeᵀ⟩ =
 * (C − T̂)Λ(C − T̂)ᵀ + ⟨rrᵀ⟩ for outputs C x, and no terms cancel in it.
 */
export interface Moments {
  /** Axes, and targets. */
  rank: number;
  outputs: number;
  /** Λ, falling; exactly 0 where it is 0 to rounding. */
  values: Float64Array;
  /** The columns of U: axis j of input i at i·rank + j. */
  axes: Float64Array;
  /** T̂ in these axes, outputs × rank. */
  target: Float64Array;
  /** ⟨rrᵀ⟩. */
  residual: Float64Array;
}

/** The same of the data that the network is tested on, where T̂ is the map of the training data. */
export interface TestMoments {
  /** ⟨xxᵀ⟩ in the axes of the training data. */
  Sigma: Float64Array;
  /** ⟨r xᵀ⟩, outputs × rank. */
  cross: Float64Array;
  /** ⟨|r|²⟩. */
  square: number;
  /** ⟨|y|²⟩. */
  targets: number;
}

/** A variance of this size, relative to the largest and for each input, is rounding. */
const ROUNDING = 4 * Number.EPSILON;

/** `all`: with the axes along which inputs have no variance, where weights never change, but a test may look at them. */
export function momentsOf({ train }: Data, all: boolean): Moments {
  const { inputs, outputs } = train;
  const Sigma = isLaw(train) ? train.Sigma : meanProduct(train, 'x', 'x');
  const { values, axes, rank } = uncorrelated(Sigma, inputs, all);
  const target = new Float64Array(outputs * rank);
  if (isLaw(train)) {
    product(target, train.T, axes, outputs, inputs, rank);
    for (let at = 0; at < target.length; at++) if (values[at % rank] === 0) target[at] = 0;
    turnEqual(values, axes, target, outputs);
    return { rank, outputs, values, axes, target, residual: train.noise };
  }
  product(target, meanProduct(train, 'y', 'x'), axes, outputs, inputs, rank);
  for (let at = 0; at < target.length; at++)
    target[at] = values[at % rank] === 0 ? 0 : target[at] / values[at % rank];
  const r = residuals(train, target, axes, rank);
  return { rank, outputs, values, axes, target, residual: meanProduct({ ...train, y: r }, 'y', 'y') };
}

export function testMomentsOf(
  { test }: Data,
  { rank, outputs, axes, target }: Moments,
): TestMoments | undefined {
  if (test === undefined) return undefined;
  const { inputs } = test;
  const rotated = (Sigma: Float64Array): Float64Array => {
    const half = new Float64Array(inputs * rank);
    product(half, Sigma, axes, inputs, inputs, rank);
    const whole = new Float64Array(rank * rank);
    tProduct(whole, axes, half, rank, inputs, rank);
    return whole;
  };
  const cross = new Float64Array(outputs * rank);
  if (isLaw(test)) {
    // r = (T − T̂)x + noise, of which T̂ acts on the axes of the training data alone.
    const rest = test.T.slice();
    const inAxes = new Float64Array(outputs * inputs);
    productT(inAxes, target, axes, outputs, rank, inputs);
    for (let i = 0; i < rest.length; i++) rest[i] -= inAxes[i];
    const driven = new Float64Array(outputs * inputs);
    product(driven, rest, test.Sigma, outputs, inputs, inputs);
    product(cross, driven, axes, outputs, inputs, rank);
    const ofT = new Float64Array(outputs * inputs);
    product(ofT, test.T, test.Sigma, outputs, inputs, inputs);
    const noise = trace(test.noise, outputs);
    return {
      Sigma: rotated(test.Sigma),
      cross,
      square: rest.reduce((sum, x, i) => sum + x * driven[i], noise),
      targets: test.T.reduce((sum, x, i) => sum + x * ofT[i], noise),
    };
  }
  const r = residuals(test, target, axes, rank);
  product(cross, meanProduct({ ...test, y: r }, 'y', 'x'), axes, outputs, inputs, rank);
  const square = r.reduce((sum, x) => sum + x * x, 0) / test.count;
  const targets = test.y.reduce((sum, y) => sum + y * y, 0) / test.count;
  return { Sigma: rotated(meanProduct(test, 'x', 'x')), cross, square, targets };
}

export function trace(S: Float64Array, n: number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += S[i * n + i];
  return sum;
}

/** ⟨a bᵀ⟩ over the examples. */
function meanProduct(rows: ExampleRows, a: 'x' | 'y', b: 'x' | 'y'): Float64Array {
  const width = { x: rows.inputs, y: rows.outputs };
  const out = new Float64Array(width[a] * width[b]);
  tProduct(out, rows[a], rows[b], width[a], rows.count, width[b]);
  for (let i = 0; i < out.length; i++) out[i] /= rows.count;
  return out;
}

/** y − T̂x of every example. */
function residuals(
  { x, y, count, inputs, outputs }: ExampleRows,
  target: Float64Array,
  axes: Float64Array,
  rank: number,
): Float64Array {
  const map = new Float64Array(outputs * inputs);
  productT(map, target, axes, outputs, rank, inputs);
  const fitted = new Float64Array(count * outputs);
  productT(fitted, x, map, count, inputs, outputs);
  return y.map((t, i) => t - fitted[i]);
}

/**
 * Axes of equal variance are free to be turned: so that output i takes no more of them than the first i (Householder's
 * reflections). The others have targets of exactly 0, where weights that start from zero stay exactly 0; rounding would
 * leave an error of 1e-16 there, which dies out so slowly that it would be all that is seen at late times.
 */
function turnEqual(values: Float64Array, axes: Float64Array, target: Float64Array, outputs: number): void {
  const rank = values.length;
  for (let from = 0, to: number; from < rank; from = to) {
    to = from + 1;
    while (to < rank && values[to] === values[from]) to++;
    for (let i = 0, first = from; i < outputs && first < to - 1; i++) {
      const row = target.subarray(i * rank, (i + 1) * rank);
      const v = row.slice(first, to);
      const length = Math.sqrt(v.reduce((sum, x) => sum + x * x, 0));
      if (length === 0) continue;
      v[0] += v[0] < 0 ? -length : length;
      reflect(target, v, first, rank);
      reflect(axes, v, first, rank);
      row.fill(0, first + 1, to);
      first++;
    }
  }
}

/** Each row from column `first` on, reflected along v. */
function reflect(rows: Float64Array, v: Float64Array, first: number, rank: number): void {
  const square = v.reduce((sum, x) => sum + x * x, 0);
  for (let at = first; at < rows.length; at += rank) {
    let along = 0;
    for (let j = 0; j < v.length; j++) along += v[j] * rows[at + j];
    for (let j = 0; j < v.length; j++) rows[at + j] -= (2 * along * v[j]) / square;
  }
}

/** The axes in which inputs are uncorrelated, by falling variance. */
function uncorrelated(
  Sigma: Float64Array,
  inputs: number,
  all: boolean,
): { values: Float64Array; axes: Float64Array; rank: number } {
  const { values, vector } = symmetricEigen(Sigma, inputs);
  const least = ROUNDING * inputs * Math.max(...values);
  const order = values
    .map((value, at) => ({ value: value > least ? value : 0, at }))
    .filter(({ value }) => all || value > 0)
    .sort((a, b) => b.value - a.value);
  const rank = order.length;
  const axes = new Float64Array(inputs * rank);
  order.forEach(({ at }, j) => {
    for (let i = 0; i < inputs; i++) axes[i * rank + j] = vector(i, at);
  });
  return { values: Float64Array.from(order, ({ value }) => value), axes, rank };
}
