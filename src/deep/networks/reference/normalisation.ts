/**
 * Batch normalisation (Ioffe & Szegedy 2015), as PyTorch has it: a = γ n + β, n = (z − mean)/√(variance + ε), for each row
 * of W_l, over all examples and, of a convolution, all positions.
 */
import { BATCH_NORM } from '../backend.ts';

/** What a layer has of it: γ and β learn, the running statistics follow those of batches. */
export interface Normalisation {
  gamma: Float64Array;
  beta: Float64Array;
  mean: Float64Array;
  variance: Float64Array;
}

export interface Statistics {
  mean: Float64Array;
  /** Of so many numbers, divided by their number. */
  variance: Float64Array;
  count: number;
}

/** What a batch was made into. */
export interface Normalised {
  a: Float64Array[];
  n: Float64Array[];
  /** √(variance + ε). */
  deviation: Float64Array;
  /** Those of the batch itself, if it was normalised by them. */
  own?: Statistics;
}

/** Sums over examples and positions, one for each row. */
function sums(fields: readonly Float64Array[], rows: number): Float64Array {
  const out = new Float64Array(rows);
  for (const one of fields) for (let i = 0; i < one.length; i++) out[i % rows] += one[i];
  return out;
}

function statisticsOf(z: readonly Float64Array[], rows: number): Statistics {
  const count = (z.length * z[0].length) / rows;
  const mean = sums(z, rows).map((sum) => sum / count);
  const squares = z.map((one) => one.map((value, i) => (value - mean[i % rows]) ** 2));
  return { mean, variance: sums(squares, rows).map((sum) => sum / count), count };
}

/** By the statistics of the batch where it is trained on, else by the running ones. */
export function normalised(it: Normalisation, z: readonly Float64Array[], training: boolean): Normalised {
  const rows = it.gamma.length;
  const own = training ? statisticsOf(z, rows) : undefined;
  const { mean, variance } = own ?? it;
  const deviation = variance.map((one) => Math.sqrt(one + BATCH_NORM.epsilon));
  const n = z.map((one) => one.map((value, i) => (value - mean[i % rows]) / deviation[i % rows]));
  const a = n.map((one) => one.map((value, i) => it.gamma[i % rows] * value + it.beta[i % rows]));
  return { a, n, deviation, ...(own && { own }) };
}

/**
 * ∂J/∂z from ∂J/∂a. As mean and variance are those of the batch, every z of it moves every a:
 *
 *     δz = γ/√(variance + ε) · (δa − ⟨δa⟩ − n ⟨δa n⟩).
 *
 * Running statistics are constants, and both means fall away.
 */
export function throughNormalisation(
  it: Normalisation,
  { n, deviation, own }: Normalised,
  da: readonly Float64Array[],
): Float64Array[] {
  const rows = it.gamma.length;
  const mean = (fields: readonly Float64Array[]): Float64Array =>
    sums(fields, rows).map((sum) => (own === undefined ? 0 : sum / own.count));
  const first = mean(da);
  const second = mean(times(da, n));
  return da.map((one, k) =>
    one.map((value, i) => {
      const row = i % rows;
      return (it.gamma[row] / deviation[row]) * (value - first[row] - n[k][i] * second[row]);
    }),
  );
}

/** Sums of ∂J/∂γ = Σ δa n and ∂J/∂β = Σ δa over the batch. */
export const normalisationGradient = (
  { n }: Normalised,
  da: readonly Float64Array[],
  rows: number,
): { gamma: Float64Array; beta: Float64Array } => ({
  gamma: sums(times(da, n), rows),
  beta: sums(da, rows),
});

const times = (one: readonly Float64Array[], other: readonly Float64Array[]): Float64Array[] =>
  one.map((values, k) => values.map((value, i) => value * other[k][i]));

/**
 * Running statistics go a tenth of the way to those of the batch, the variance being the unbiased estimate. One number
 * alone does not show how far numbers scatter: it leaves the running variance as it is.
 */
export function follow({ mean, variance }: Normalisation, { own }: Normalised): void {
  if (own === undefined) return;
  const { momentum } = BATCH_NORM;
  for (let i = 0; i < mean.length; i++) {
    mean[i] += momentum * (own.mean[i] - mean[i]);
    if (own.count > 1)
      variance[i] += momentum * ((own.variance[i] * own.count) / (own.count - 1) - variance[i]);
  }
}
