/**
 * A network of dense layers in double precision, as readable as the formulas. Theory and faster implementations are
 * compared with it. Layers are counted from 1 to L; what belongs to layer l stands at index l − 1, except h_l at l.
 *
 *     h_0 = x,   a_l = W_l h_{l−1} + b_l,   h_l = g(a_l) for l < L,   output f(a_L)
 */
import { normals, STREAMS } from '../../../random/index.ts';
import type { PointActivation } from '../../problem/activations.ts';
import type { Loss } from '../../problem/losses.ts';
import { type DeepRule, deepRules } from '../../problem/rules.ts';
import { cosine, dot, joined, norm, product, times, transposed } from './matrices.ts';

export interface ReferenceNetwork {
  /** n_0 … n_L. */
  widths: readonly number[];
  /** g of the hidden layers. */
  activation: PointActivation;
  loss: Loss;
  /** W_l, n_l × n_{l−1}, row by row. */
  weights: Float64Array[];
  /** b_l; without it there are none. */
  biases?: Float64Array[];
}

export interface Example {
  x: Float64Array;
  y: Float64Array;
}

/** What one example made of the layers: a_1 … a_L, h_0 … h_{L−1} and f(a_L). */
export interface Pass {
  a: Float64Array[];
  h: Float64Array[];
  output: Float64Array;
}

/**
 * For hidden layer l, from 1: B_l of n_l × n_{l+1} ('layers'), F_l of n_l × n_L ('outputs'), F_1 alone ('first'), the
 * sizes of B_l ('signs'). Of a rule that has no feedback, none, or F_l against which its weights are measured.
 */
export type Feedback = readonly Float64Array[];

export interface Gradient {
  weights: Float64Array[];
  biases?: Float64Array[];
}

/** The cosine to which gradients are turned, and a random vector for each hidden layer: its weights, then its biases. */
export interface Turn {
  cosine: number;
  vectors: readonly Float64Array[];
}

export interface StepOptions {
  /** λ: weights change by −η(gradient + λ W), trained feedback likewise, biases without it. 0 if not given. */
  decay?: number;
  /** For a rule that turns its gradient. */
  turn?: Turn;
}

/** Cosines layer by layer, and of all layers stacked; null where there is none. */
export interface Alignment {
  layers: (number | null)[];
  total: number | null;
}

/** a_l, h_l and the output for one input. */
export function forward(network: ReferenceNetwork, x: Float64Array): Pass {
  const { activation, weights, biases } = network;
  const a: Float64Array[] = [];
  const h: Float64Array[] = [x];
  for (let l = 1; l <= weights.length; l++) {
    a[l - 1] = times(weights[l - 1], h[l - 1]);
    if (biases) a[l - 1] = a[l - 1].map((value, i) => value + biases[l - 1][i]);
    if (l < weights.length) h[l] = a[l - 1].map((value) => activation.g(value));
  }
  const last = a[a.length - 1];
  const output = new Float64Array(last.length);
  network.loss.output(last, output);
  return { a, h, output };
}

/** The mean over the examples. */
export function meanLoss(network: ReferenceNetwork, examples: readonly Example[]): number {
  let sum = 0;
  for (const { x, y } of examples) {
    const { a } = forward(network, x);
    sum += network.loss.value(a[a.length - 1], y);
  }
  return sum / examples.length;
}

/**
 * δa_1 … δa_L of one example: δa_L = e = output − y, and for l < L what the rule says, (matrix · source) ⊙ g'(a_l). A
 * rule that turns its gradient has the signals of the gradient before the turn.
 */
export function signals(
  network: ReferenceNetwork,
  rule: DeepRule,
  feedback: Feedback,
  pass: Pass,
  y: Float64Array,
): Float64Array[] {
  const L = network.weights.length;
  const e = pass.output.map((value, k) => value - y[k]);
  const delta: Float64Array[] = [];
  delta[L - 1] = e;
  const sources = {
    above: (l: number) => delta[l],
    error: () => e,
    targets: () => y.map((value) => -value),
    below: (l: number) => delta[l - 2],
  };
  const send = (l: number): void => {
    const { from } = rule.hidden(l);
    const a = pass.a[l - 1];
    if (from === 'nothing') delta[l - 1] = new Float64Array(a.length);
    else {
      const arrives = times(matrixOf(network, rule, feedback, l), sources[from](l));
      delta[l - 1] = arrives.map((value, i) => value * network.activation.dg(a[i]));
    }
  };
  // Downwards first, as an error that goes upwards starts from what the output layer sent to the first.
  for (let l = L - 1; l >= 1; l--) if (rule.hidden(l).from !== 'below') send(l);
  for (let l = 1; l < L; l++) if (rule.hidden(l).from === 'below') send(l);
  return delta;
}

/** By which matrix the signal of hidden layer l comes. */
function matrixOf(network: ReferenceNetwork, rule: DeepRule, feedback: Feedback, l: number): Float64Array {
  const { widths, weights } = network;
  const { from, by } = rule.hidden(l);
  if (by === 'F') return feedback[l - 1];
  if (from === 'below') return weights[l - 1];
  const back = transposed(weights[l], widths[l]);
  return by === 'W' ? back : back.map((w, i) => feedback[l - 1][i] * Math.sign(w));
}

/**
 * The uniform sizes of sign-symmetric feedback: the root mean square of the start of W_{l+1}, which is uniform between
 * ±1/√n_l, that is 1/√(3 n_l). So signals are as large as those of back-propagation when training starts.
 */
export function uniformSizes(widths: readonly number[]): Float64Array[] {
  return widths.slice(1, -1).map((n, i) => new Float64Array(n * widths[i + 2]).fill(1 / Math.sqrt(3 * n)));
}

/** Means over the batch: ⟨δa_l h_{l−1}ᵀ⟩ for the weights and ⟨δa_l⟩ for the biases, turned if the rule says so. */
export function gradientOf(
  network: ReferenceNetwork,
  rule: DeepRule,
  feedback: Feedback,
  batch: readonly Example[],
  turn?: Turn,
): Gradient {
  const weights = network.weights.map((W) => new Float64Array(W.length));
  const biases = network.biases?.map((b) => new Float64Array(b.length)) ?? [];
  for (const { x, y } of batch) {
    const pass = forward(network, x);
    signals(network, rule, feedback, pass, y).forEach((delta, i) => {
      const h = pass.h[i];
      for (let r = 0; r < delta.length; r++) {
        for (let c = 0; c < h.length; c++) weights[i][r * h.length + c] += (delta[r] * h[c]) / batch.length;
        if (network.biases) biases[i][r] += delta[r] / batch.length;
      }
    });
  }
  const gradient: Gradient = network.biases ? { weights, biases } : { weights };
  if (rule.turns) {
    if (turn === undefined) throw new RangeError('gradientOf: this rule needs an angle and random vectors');
    for (let l = 1; l < weights.length; l++) turnLayer(gradient, l, turn);
  }
  return gradient;
}

/**
 * Perturbed back-propagation, Chu & Bacho (2024), fig. 3: the gradient of each hidden layer is turned to a given cosine
 * with itself, that of the output layer is left as it is. The paper does not say how the random direction is found;
 * here it is the part r of a random vector that is orthogonal to the gradient G, which keeps its length:
 *
 *     |G| (cos θ · G/|G| + sin θ · r/|r|).
 *
 * As every hidden layer has this cosine, all of them stacked have it too. Biases are turned along with the weights.
 */
function turnLayer(gradient: Gradient, l: number, turn: Turn): void {
  const parts = [gradient.weights[l - 1], ...(gradient.biases ? [gradient.biases[l - 1]] : [])];
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

/** The turn of one step of training, drawn anew for each. */
export function drawTurn(network: ReferenceNetwork, to: number, seed: number, step: number): Turn {
  const { weights, biases } = network;
  const vectors = weights.slice(0, -1).map((W, i) => {
    const vector = new Float64Array(W.length + (biases ? biases[i].length : 0));
    normals(vector, vector.length, seed, step, i, STREAMS.gradientTurns);
    return vector;
  });
  return { cosine: to, vectors };
}

/**
 * One step, in place: W_l ← W_l − η_l (gradient + λ W_l), b_l ← b_l − η_l gradient, every right-hand side from before the
 * step. Trained feedback (Kolen & Pollack 1994) changes as W_{l+1}ᵀ does, by its gradient, its rate and its decay.
 */
export function step(
  network: ReferenceNetwork,
  rule: DeepRule,
  feedback: Feedback,
  batch: readonly Example[],
  rate: number | readonly number[],
  { decay = 0, turn }: StepOptions = {},
): void {
  const { widths, weights, biases } = network;
  const gradient = gradientOf(network, rule, feedback, batch, turn);
  for (let l = 1; l <= weights.length; l++) {
    const eta = typeof rate === 'number' ? rate : rate[l - 1];
    move(weights[l - 1], gradient.weights[l - 1], eta, decay);
    if (biases && gradient.biases) move(biases[l - 1], gradient.biases[l - 1], eta, 0);
    if (rule.trainsFeedback && l > 1)
      move(feedback[l - 2], transposed(gradient.weights[l - 1], widths[l - 1]), eta, decay);
  }
}

function move(at: Float64Array, gradient: Float64Array, eta: number, decay: number): void {
  for (let i = 0; i < at.length; i++) at[i] -= eta * (gradient[i] + decay * at[i]);
}

/**
 * Weight alignment, Refinetti et al. (2021), eqs. 18 and 19: the cosine of W_l with F_l F_{l−1}ᵀ for 1 < l < L and of W_L
 * with F_{L−1}ᵀ; in total, of all these stacked. Where errors come layer by layer, F_l = B_l … B_{L−1}.
 */
export function weightAlignment(network: ReferenceNetwork, rule: DeepRule, feedback: Feedback): Alignment {
  const { widths, weights } = network;
  const L = weights.length;
  const F = toOutputs(network, rule, feedback);
  const pairs = weights.map((W, i): Pair | undefined => {
    const l = i + 1;
    if (l === 1 || F[l - 2] === undefined) return undefined;
    const back = transposed(F[l - 2], widths[L]);
    if (l === L) return [back, W];
    return F[l - 1] && [product(F[l - 1], back, widths[L]), W];
  });
  return alignmentOf(pairs);
}

/** F_l of the hidden layers that have one: what would bring e to layer l in a linear network. */
function toOutputs(network: ReferenceNetwork, rule: DeepRule, feedback: Feedback): Feedback {
  if (rule.feedback !== 'layers' && rule.feedback !== 'signs') return feedback;
  const { widths, weights } = network;
  const L = weights.length;
  const F: Float64Array[] = [];
  for (let l = L - 1; l >= 1; l--) {
    const B = matrixOf(network, rule, feedback, l);
    F[l - 1] = l === L - 1 ? B : product(B, F[l], widths[l + 1]);
  }
  return F;
}

/**
 * Gradient alignment, eqs. 18 and 19: the cosine of δa_l by the rule with δa_l by back-propagation, stacked over the
 * examples, for l < L; in total, of all these layers stacked.
 */
export function gradientAlignment(
  network: ReferenceNetwork,
  rule: DeepRule,
  feedback: Feedback,
  examples: readonly Example[],
): Alignment {
  const passes = examples.map(({ x, y }) => ({ pass: forward(network, x), y }));
  const byRule = passes.map(({ pass, y }) => signals(network, rule, feedback, pass, y));
  const byBp = passes.map(({ pass, y }) => signals(network, deepRules.bp, [], pass, y));
  const stacked = (all: Float64Array[][], i: number): Float64Array => joined(all.map((delta) => delta[i]));
  const hidden = network.weights.slice(0, -1);
  return alignmentOf([...hidden.map((_, i): Pair => [stacked(byRule, i), stacked(byBp, i)]), undefined]);
}

type Pair = readonly [Float64Array, Float64Array];

function alignmentOf(pairs: readonly (Pair | undefined)[]): Alignment {
  const there = pairs.filter((pair) => pair !== undefined);
  return {
    layers: pairs.map((pair) => (pair ? cosine(...pair) : null)),
    total: cosine(joined(there.map(([one]) => one)), joined(there.map(([, other]) => other))),
  };
}
