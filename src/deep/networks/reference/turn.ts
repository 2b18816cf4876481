import { normals, STREAMS } from '../../../random/index.ts';
import type { Gradient } from './gradient.ts';
import { dot, joined, norm } from './matrices.ts';
import type { ReferenceNetwork } from './network.ts';

/** The cosine to which gradients are turned, and a random vector for each hidden layer: its weights, then its biases. */
export interface Turn {
  cosine: number;
  vectors: readonly Float64Array[];
}

/** The turn of one step of training, drawn anew for each. */
export function drawTurn(
  { weights, biases }: Pick<ReferenceNetwork, 'weights' | 'biases'>,
  to: number,
  seed: number,
  step: number,
): Turn {
  const vectors = weights.slice(0, -1).map((W, i) => {
    const vector = new Float64Array(W.length + (biases ? biases[i].length : 0));
    normals(vector, vector.length, seed, step, i, STREAMS.gradientTurns);
    return vector;
  });
  return { cosine: to, vectors };
}

/**
 * Perturbed back-propagation, Chu & Bacho (2024), fig. 3: the gradient of each hidden layer is turned to a given cosine
 * with itself, that of the output layer is left as it is. The paper does not say how the random direction is found;
 * here it is the part r of a random vector that is orthogonal to the gradient G, which keeps its length:
 *
 *     |G| (cos θ · G/|G| + sin θ · r/|r|).
 *
 * As every hidden layer has this cosine, all of them stacked have it too. Biases are turned along with the weights; γ and
 * β of batch normalisation are not.
 */
export function turnGradient({ weights, biases }: Gradient, turn: Turn): void {
  for (let l = 1; l < weights.length; l++)
    turnLayer(l, [weights[l - 1], ...(biases ? [biases[l - 1]] : [])], turn);
}

function turnLayer(l: number, parts: Float64Array[], turn: Turn): void {
  const G = joined(parts);
  const vector = turn.vectors[l - 1];
  if (vector.length !== G.length || G.length < 2)
    throw new RangeError(`layer ${l}: ${G.length} elements cannot be turned by ${vector.length}`);
  const size = norm(G);
  if (size === 0) return;
  const along = dot(vector, G) / size;
  const r = vector.map((value, i) => value - (along * G[i]) / size);
  const sine = Math.sqrt((1 - turn.cosine) * (1 + turn.cosine));
  const across = (size * sine) / norm(r);
  let from = 0;
  for (const part of parts) {
    for (let i = 0; i < part.length; i++) part[i] = turn.cosine * G[from + i] + across * r[from + i];
    from += part.length;
  }
}
