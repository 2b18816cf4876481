import type { LayerShape } from '../problem/index.ts';
import { addNumbers, addSums, cosineOf, noSums } from './cosine.ts';
import type { WeightCosine } from './types.ts';

/**
 * How alike the weights of runs are at some of the times: weights[run][k] are W_1 … W_L one after the other at the k-th of
 * them. Null with fewer than two runs.
 */
export function weightCosine(
  weights: readonly (readonly Float32Array[])[],
  index: readonly number[],
  shapes: readonly LayerShape[],
): WeightCosine | null {
  const runs = weights.length;
  if (runs < 2) return null;
  const sizes = shapes.map(({ rows, fanIn }) => rows * fanIn);
  const result: WeightCosine = {
    index: [...index],
    pairs: (runs * (runs - 1)) / 2,
    layers: [],
    total: [],
    stderr: [],
  };
  index.forEach((_, k) => {
    const layers = sizes.map(() => 0);
    /** Sums of cosines, of all pairs and of those with one run. */
    let sum = 0;
    const withRun = new Float64Array(runs);
    for (let i = 0; i < runs; i++)
      for (let j = 0; j < i; j++) {
        const all = noSums();
        let from = 0;
        sizes.forEach((size, l) => {
          const sums = noSums();
          addNumbers(sums, weights[i][k], weights[j][k], from, from, size);
          addSums(all, sums);
          layers[l] += cosineOf(sums);
          from += size;
        });
        const cosine = cosineOf(all);
        sum += cosine;
        withRun[i] += cosine;
        withRun[j] += cosine;
      }
    result.layers.push(layers.map((one) => one / result.pairs));
    result.total.push(sum / result.pairs);
    result.stderr.push(leavingOneOut(sum, withRun));
  });
  return result;
}

/** The jackknife's standard error of a mean over pairs of runs, which are not independent. */
function leavingOneOut(sum: number, withRun: Float64Array): number {
  const runs = withRun.length;
  if (runs < 3) return Number.NaN;
  const pairs = ((runs - 1) * (runs - 2)) / 2;
  const means = withRun.map((own) => (sum - own) / pairs);
  const mean = means.reduce((a, b) => a + b) / runs;
  const squares = means.reduce((total, one) => total + (one - mean) ** 2, 0);
  return Math.sqrt(((runs - 1) / runs) * squares);
}
