import type { DeepRule } from '../../problem/index.ts';
import { linearMapOf } from './linearMap.ts';
import { times } from './matrices.ts';
import type { Feedback, ReferenceNetwork, Rows } from './network.ts';
import { throughNormalisation } from './normalisation.ts';
import { outputsOf, type Pass } from './pass.ts';
import { unpooled } from './pooling.ts';

/** Signals of a batch at z_1 … z_L, δ_l, and at a_1 … a_L, which are the same where nothing is normalised. */
export interface Signals {
  delta: Rows[];
  atA: Rows[];
}

/**
 * δ_L = e = output − y, and for l < L what the rule says: matrix · source arrives at h_l, and goes back to z_l. A rule that
 * turns its gradient has the signals of the gradient before the turn.
 */
export function signals(
  network: ReferenceNetwork,
  rule: DeepRule,
  feedback: Feedback,
  pass: Pass,
  y: Rows,
): Signals {
  const L = network.shapes.length;
  const e = outputsOf(network, pass).map((output, k) => output.map((value, i) => value - y[k][i]));
  const minusY = y.map((row) => row.map((value) => -value));
  const delta: Rows[] = [];
  const atA: Rows[] = [];
  delta[L - 1] = e;
  atA[L - 1] = e;
  const sources = {
    above: (l: number) => delta[l],
    error: () => e,
    targets: () => minusY,
    below: (l: number) => delta[l - 2],
    nothing: (l: number) => pass.a[l - 1],
  };
  const send = (l: number): void => {
    const { from } = rule.hidden(l);
    const carry = carrier(network, rule, feedback, l);
    atA[l - 1] = toA(network, pass, l, sources[from](l).map(carry));
    delta[l - 1] = toZ(network, pass, l, atA[l - 1]);
  };
  // Downwards first, as an error that goes upwards starts from what the output layer sent to the first.
  for (let l = L - 1; l >= 1; l--) if (rule.hidden(l).from !== 'below') send(l);
  for (let l = 1; l < L; l++) if (rule.hidden(l).from === 'below') send(l);
  return { delta, atA };
}

/** How a source arrives at h_l. */
function carrier(
  network: ReferenceNetwork,
  rule: DeepRule,
  feedback: Feedback,
  l: number,
): (source: Float64Array) => Float64Array {
  const { shapes, weights } = network;
  const { from, by } = rule.hidden(l);
  if (from === 'nothing') return () => new Float64Array(shapes[l - 1].units);
  if (from === 'above') {
    const matrix = matrixFromAbove(network, by, feedback, l);
    const { back } = linearMapOf(shapes[l]);
    return (delta) => back(matrix, delta);
  }
  const matrix = by === 'F' ? feedback[l - 1] : weights[l - 1];
  return (source) => times(matrix, source);
}

/** By which matrix, in the form of W_{l+1}, the signal of the layer above comes to hidden layer l. */
export function matrixFromAbove(
  { shapes, weights }: ReferenceNetwork,
  by: 'W' | 'sgn W' | 'F',
  feedback: Feedback,
  l: number,
): Float64Array {
  if (by === 'F') return linearMapOf(shapes[l]).fromFeedback(feedback[l - 1]);
  const W = weights[l];
  return by === 'W' ? W : W.map((w, i) => feedback[l - 1][i] * Math.sign(w));
}

/** From h_l to a_l: through dropout, pooling and g'. */
function toA({ activation }: ReferenceNetwork, pass: Pass, l: number, arrives: Rows): Rows {
  return arrives.map((signal, k) => {
    const a = pass.a[l - 1][k];
    const mask = pass.masks[l]?.[k];
    const kept = mask === undefined ? signal : signal.map((value, i) => value * mask[i]);
    return unpooled(kept, pass.largest[l - 1][k], a.length).map((value, i) => value * activation.dg(a[i]));
  });
}

/** From a_l to z_l. */
function toZ({ norms }: ReferenceNetwork, pass: Pass, l: number, atA: Rows): Rows {
  const norm = norms?.[l - 1];
  const made = pass.normalised[l - 1];
  return norm === undefined || made === undefined ? atA : throughNormalisation(norm, made, atA);
}

/** ∂J/∂x of each example's own loss, if the signals are those of back-propagation. */
export function signalsAtInputs({ shapes, weights }: ReferenceNetwork, pass: Pass, { delta }: Signals): Rows {
  const { back } = linearMapOf(shapes[0]);
  return delta[0].map((one, k) => {
    const mask = pass.masks[0]?.[k];
    const arrives = back(weights[0], one);
    return mask === undefined ? arrives : arrives.map((value, i) => value * mask[i]);
  });
}
