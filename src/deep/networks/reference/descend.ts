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
  /** For each layer, which rows learn; all if not given. */
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
    const move = (at: Float64Array, g: Float64Array): void =>
      optimizer.move(at, g, rates[l - 1], moments?.get(at) ?? NONE);
    const learning = (g: Float64Array): Float64Array => ofRows(g, learns[l - 1]);
    const withDecay = (at: Float64Array): Float64Array =>
      learning(gradient.weights[l - 1].map((value, i) => value + decay * at[i]));
    const { fromFeedback, toFeedback } = linearMapOf(shapes[l - 1]);
    const W = weights[l - 1];
    move(W, withDecay(W));
    if (biases && gradient.biases) move(biases[l - 1], learning(gradient.biases[l - 1]));
    const norm = norms?.[l - 1];
    const slope = gradient.norms?.[l - 1];
    if (norm && slope) {
      move(norm.gamma, learning(slope.gamma));
      move(norm.beta, learning(slope.beta));
    }
    if (rule.trainsFeedback && l > 1) {
      const B = feedback[l - 2];
      move(B, toFeedback(withDecay(fromFeedback(B))));
    }
  }
}

/** Zero in all rows that do not learn. */
function ofRows(g: Float64Array, learns: Uint8Array | undefined): Float64Array {
  if (learns === undefined) return g;
  const columns = g.length / learns.length;
  return g.map((value, i) => (learns[Math.floor(i / columns)] ? value : 0));
}
