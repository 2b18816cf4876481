import type { DeepRule } from '../../problem/index.ts';
import type { Gradient } from './gradient.ts';
import { linearMapOf } from './linearMap.ts';
import type { Feedback, ReferenceNetwork } from './network.ts';
import type { Optimizer } from './optimizers.ts';

/** How a network moves by a gradient. */
export interface Descent {
  optimizer: Optimizer;
  /** η_l. */
  rates: readonly number[];
  /** λ: W_l moves by gradient + λ W_l, trained feedback likewise, all else without it. */
  decay: number;
  /** The optimiser's own numbers of what learns, where it has any. */
  moments?: ReadonlyMap<Float64Array, Float64Array>;
  /** For each layer, which rows learn, all if not given: others stay as they are, with what is remembered of them. */
  learns?: readonly (Uint8Array | undefined)[];
  /** Layers that do not learn, from 1. */
  frozen?: readonly number[];
}

const NONE = new Float64Array(0);

/**
 * One step, in place. Trained feedback (Kolen & Pollack 1994) moves as W_{l+1}ᵀ does: by its gradient, its rate and its
 * decay, where W_{l+1} learns.
 */
export function descend(
  network: ReferenceNetwork,
  rule: DeepRule,
  feedback: Feedback,
  gradient: Gradient,
  { optimizer, rates, decay, moments, learns = [], frozen = [] }: Descent,
): void {
  const { shapes, weights, biases, norms } = network;
  for (let l = 1; l <= shapes.length; l++) {
    if (frozen.includes(l)) continue;
    const rows = learns[l - 1];
    const move = (at: Float64Array, g: Float64Array, place = (numbers: Float64Array) => numbers): void => {
      const moment = moments?.get(at) ?? NONE;
      const put = rows && [at, moment].map((one) => keptRows(one, place(elementsOf(rows, at.length))));
      optimizer.move(at, g, rates[l - 1], moment);
      for (const back of put ?? []) back();
    };
    const withDecay = (at: Float64Array): Float64Array =>
      gradient.weights[l - 1].map((value, i) => value + decay * at[i]);
    const { fromFeedback, toFeedback } = linearMapOf(shapes[l - 1]);
    const W = weights[l - 1];
    move(W, withDecay(W));
    if (biases && gradient.biases) move(biases[l - 1], gradient.biases[l - 1]);
    const norm = norms?.[l - 1];
    const slope = gradient.norms?.[l - 1];
    if (norm && slope) {
      move(norm.gamma, slope.gamma);
      move(norm.beta, slope.beta);
    }
    if (rule.trainsFeedback && l > 1) {
      const B = feedback[l - 2];
      move(B, toFeedback(withDecay(fromFeedback(B))), toFeedback);
    }
  }
}

/** 1 for each element, row by row, of the rows that learn. */
function elementsOf(rows: Uint8Array, length: number): Float64Array {
  const columns = length / rows.length;
  return Float64Array.from({ length }, (_, i) => rows[Math.floor(i / columns)]);
}

/** What puts back the elements that do not learn. */
function keptRows(numbers: Float64Array, learn: Float64Array): () => void {
  const before = numbers.slice();
  return () => {
    for (let i = 0; i < numbers.length; i++) if (learn[i] === 0) numbers[i] = before[i];
  };
}
