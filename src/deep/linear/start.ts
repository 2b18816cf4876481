import { product, productT } from '../../numbers/matrix.ts';
import { type ResolvedDeepProblem, weightsOf } from '../problem/index.ts';
import type { EarlyPowers } from './early.ts';
import { type Equations, viewOf } from './equations.ts';
import type { Moments } from './moments.ts';

/** Writes Δ = C − T̂ for the map C. */
function setError(Delta: Float64Array, map: Float64Array, { target }: Moments): void {
  for (let at = 0; at < Delta.length; at++) Delta[at] = map[at] - target[at];
}

/** The state of the reduced equations at a time of the beginning; at 0, zero weights. */
export function reducedStart(
  { size, layers, error }: Equations,
  moments: Moments,
  early: EarlyPowers,
  t: number,
): Float64Array {
  const y = new Float64Array(size);
  const { matrices, map } = early.at(t);
  matrices.forEach((A, l) => {
    viewOf(y, layers[l]).set(A);
  });
  setError(viewOf(y, error), map, moments);
  return y;
}

/** The state of the full equations: given or drawn weights. */
export function fullStart(
  { size, layers, error }: Equations,
  moments: Moments,
  problem: ResolvedDeepProblem,
): Float64Array {
  const { outputs: m, rank: r, axes } = moments;
  const y = new Float64Array(size);
  const weights = weightsOf(problem);
  const inputs = axes.length / r;
  let map = viewOf(y, layers[0]);
  product(map, weights[0], axes, layers[0].rows, inputs, r);
  for (let l = 1; l < layers.length; l++) {
    viewOf(y, layers[l]).set(weights[l]);
    const next = new Float64Array(layers[l].rows * r);
    product(next, weights[l], map, layers[l].rows, layers[l].columns, r);
    map = next;
  }
  if (map.length !== m * r) throw new RangeError('the last layer has one row for each target');
  setError(viewOf(y, error), map, moments);
  return y;
}

/** The state of the full equations that a state of the reduced ones stands for. */
export function expanded(
  { size, layers, error }: Equations,
  reduced: Equations,
  state: Float64Array,
  F: readonly Float64Array[],
): Float64Array {
  const y = new Float64Array(size);
  const m = error.rows;
  const L = layers.length;
  layers.forEach((block, l) => {
    const A = viewOf(state, reduced.layers[l]);
    const W = viewOf(y, block);
    const half = new Float64Array(m * block.columns);
    if (l === 0) half.set(A);
    else productT(half, A, F[l - 1], m, m, block.columns);
    if (l === L - 1) W.set(half);
    else product(W, F[l], half, block.rows, m, block.columns);
  });
  viewOf(y, error).set(viewOf(state, reduced.error));
  return y;
}
