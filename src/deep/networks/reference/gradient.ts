import { linearMapOf } from './linearMap.ts';
import type { ReferenceNetwork, Rows } from './network.ts';
import { normalisationGradient } from './normalisation.ts';
import type { Pass } from './pass.ts';
import type { Signals } from './signals.ts';

export interface Gradient {
  weights: Float64Array[];
  biases?: Float64Array[];
  /** Of the hidden layers, where they are normalised. */
  norms?: { gamma: Float64Array; beta: Float64Array }[];
}

/** Means over the batch: ⟨δ_l h_{l−1}ᵀ⟩ for the weights, ⟨δ_l⟩ for the biases, ⟨δa_l n_l⟩ and ⟨δa_l⟩ for γ and β. */
export function gradientFrom(network: ReferenceNetwork, pass: Pass, { delta, atA }: Signals): Gradient {
  const { shapes, biases, norms } = network;
  const mean = (sum: Float64Array): Float64Array => sum.map((value) => value / delta[0].length);
  return {
    weights: shapes.map((shape, i) => {
      const G = new Float64Array(shape.rows * shape.fanIn);
      const { gradient } = linearMapOf(shape);
      delta[i].forEach((one, k) => {
        gradient(pass.h[i][k], one, G);
      });
      return mean(G);
    }),
    ...(biases && { biases: shapes.map(({ rows }, i) => mean(sumOverPositions(delta[i], rows))) }),
    ...(norms && {
      norms: norms.map((_, i) => {
        const made = pass.normalised[i] as NonNullable<(typeof pass.normalised)[number]>;
        const { gamma, beta } = normalisationGradient(made, atA[i], shapes[i].rows);
        return { gamma: mean(gamma), beta: mean(beta) };
      }),
    }),
  };
}

function sumOverPositions(delta: Rows, rows: number): Float64Array {
  const sum = new Float64Array(rows);
  for (const one of delta) for (let i = 0; i < one.length; i++) sum[i % rows] += one[i];
  return sum;
}
