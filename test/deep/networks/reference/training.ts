/* What the tests of networks in training do again and again. */
import type { Network, NetworkPlan, Phase, State } from '../../../../src/deep/networks/backend.ts';
import { referenceBackend } from '../../../../src/deep/networks/reference/backend.ts';
import { deepRules, type LayerSpec } from '../../../../src/deep/problem/index.ts';
import { first, makeExamples } from '../plans.ts';

export const COUNT = 4;

/** Five pixels a side leave two pooled ones and a border; the second kernel is even. */
export const IMAGES: { layers: LayerSpec[]; side: number } = {
  layers: [{ convolution: 3, kernel: 3, pool: 2 }, { convolution: 2, kernel: 2 }, { dense: 4 }, { dense: 3 }],
  side: 5,
};
export const DENSE: { layers: LayerSpec[] } = { layers: [{ dense: 4 }, { dense: 6 }, { dense: 3 }] };

export const EVERYTHING = { batchNorm: true, dropout: { inputs: 0.2, hidden: 0.3 } };

export const phaseOf = (rule: string, frozen: number[] = []): Phase => ({ rule, frozen });

/** Steps from this number on, on a few examples. */
export function train(
  network: Network,
  plan: NetworkPlan,
  rule: string | Phase,
  steps = 1,
  from = 0,
): Network {
  const examples = makeExamples(plan, COUNT);
  const phase = typeof rule === 'string' ? phaseOf(rule) : rule;
  for (let i = 0; i < steps; i++) {
    const broken = network.step(examples, first(COUNT), from + i, phase);
    if (broken !== 0) throw new Error(`layer ${broken} is not finite`);
  }
  return network;
}

/** The state after these steps from the start. */
export const trained = (plan: NetworkPlan, rule: string | Phase, steps = 1, from = 0): State =>
  train(referenceBackend.start(plan), plan, rule, steps, from).read();

/** By how much each number changes in a step. */
export function change(plan: NetworkPlan, rule: string | Phase, from = 0): Record<string, Float64Array> {
  const before = referenceBackend.start(plan).read();
  const end = trained(plan, rule, 1, from);
  return Object.fromEntries(
    Object.entries(end).map(([name, values]) => [
      name,
      Float64Array.from(values, (one, i) => one - before[name][i]),
    ]),
  );
}

/** W_{l+1} as feedback of hidden layer l: transposed, or as it is where that layer is a convolution. */
export function asFeedback({ shapes }: NetworkPlan, weights: readonly Float64Array[]): Float64Array[] {
  return weights.slice(1).map((W, i) => {
    const { rows, fanIn, window } = shapes[i + 1];
    return window === undefined ? W.map((_, k) => W[(k % rows) * fanIn + Math.floor(k / rows)]) : W;
  });
}

export const weightsIn = (state: State): Float64Array[] =>
  Object.entries(state).flatMap(([name, W]) => (/^W_\d+$/.test(name) ? [Float64Array.from(W)] : []));

/** Another rule's matrices in the plan. */
export const withFeedback = (plan: NetworkPlan, rule: string, matrices: Float64Array[]): NetworkPlan => {
  if (deepRules[rule] === undefined) throw new Error(rule);
  return { ...plan, feedback: { ...plan.feedback, [rule]: matrices } };
};
