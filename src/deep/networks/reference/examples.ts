/* A network and a few examples, without a plan: what theory is compared with. */
import type { DeepRule } from '../../problem/index.ts';
import { descend } from './descend.ts';
import { type Gradient, gradientFrom } from './gradient.ts';
import type { Feedback, ReferenceNetwork, Rows } from './network.ts';
import { optimizerOf } from './optimizers.ts';
import { lossOf, outputsOf, passOf } from './pass.ts';
import { signals } from './signals.ts';
import { type Turn, turnGradient } from './turn.ts';

export interface Example {
  x: Float64Array;
  y: Float64Array;
}

export interface StepOptions {
  /** λ: weights change by −η(gradient + λ W), trained feedback likewise, biases without it. 0 if not given. */
  decay?: number;
  /** For a rule that turns its gradient. */
  turn?: Turn;
}

export const inputsOf = (batch: readonly Example[]): Rows => batch.map(({ x }) => x);
export const targetsOf = (batch: readonly Example[]): Rows => batch.map(({ y }) => y);

/** What one example made of the layers: a_1 … a_L, h_0 … h_{L−1} and f(a_L). */
export function forward(
  network: ReferenceNetwork,
  x: Float64Array,
): { a: Float64Array[]; h: Float64Array[]; output: Float64Array } {
  const pass = passOf(network, [x]);
  const [output] = outputsOf(network, pass);
  return { a: pass.a.map(([a]) => a), h: pass.h.map(([h]) => h), output };
}

/** The mean over the examples. */
export const meanLoss = (network: ReferenceNetwork, examples: readonly Example[]): number =>
  lossOf(network, passOf(network, inputsOf(examples)), targetsOf(examples));

/** The gradient of a batch, turned if the rule says so. */
export function gradientOf(
  network: ReferenceNetwork,
  rule: DeepRule,
  feedback: Feedback,
  batch: readonly Example[],
  turn?: Turn,
): Gradient {
  const pass = passOf(network, inputsOf(batch));
  const gradient = gradientFrom(network, pass, signals(network, rule, feedback, pass, targetsOf(batch)));
  if (rule.turns) {
    if (turn === undefined) throw new RangeError('gradientOf: this rule needs an angle and random vectors');
    turnGradient(gradient, turn);
  }
  return gradient;
}

/** One plain step, in place. */
export function step(
  network: ReferenceNetwork,
  rule: DeepRule,
  feedback: Feedback,
  batch: readonly Example[],
  rate: number | readonly number[],
  { decay = 0, turn }: StepOptions = {},
): void {
  const rates = typeof rate === 'number' ? network.shapes.map(() => rate) : rate;
  const gradient = gradientOf(network, rule, feedback, batch, turn);
  descend(network, rule, feedback, gradient, { optimizer: optimizerOf('sgd'), rates, decay });
}
