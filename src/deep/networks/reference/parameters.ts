import { activationOf, deepRules, losses } from '../../problem/index.ts';
import { memoryOf, type NetworkPlan, type State } from '../backend.ts';
import type { Feedback, ReferenceNetwork } from './network.ts';
import { type Optimizer, optimizerOf } from './optimizers.ts';

/** A network in training, and all of its numbers by name: the same arrays. */
export interface Parameters {
  network: ReferenceNetwork;
  optimizer: Optimizer;
  /** Of each rule, with what learns of it. */
  feedback: Readonly<Record<string, Feedback>>;
  moments: ReadonlyMap<Float64Array, Float64Array>;
  named: Readonly<Record<string, Float64Array>>;
}

/** As the plan starts it: all that `start` does not give is 0, or 1 for γ and running variances. */
export function parametersOf(plan: NetworkPlan): Parameters {
  const { shapes, start, batchNorm } = plan;
  const network: ReferenceNetwork = {
    shapes,
    activation: activationOf(plan.activation),
    loss: losses[plan.loss],
    weights: shapes.map(({ rows, fanIn }) => new Float64Array(rows * fanIn)),
    ...(start.b_1 && { biases: shapes.map(({ rows }) => new Float64Array(rows)) }),
    ...(batchNorm && { norms: shapes.slice(0, -1).map(({ rows }) => newNormalisation(rows)) }),
  };
  const feedback = Object.fromEntries(
    Object.entries(plan.feedback).map(([rule, matrices]) => [
      rule,
      matrices.map((one) => Float64Array.from(one)),
    ]),
  );
  const trained = Object.keys(feedback).find((rule) => deepRules[rule].trainsFeedback);
  const learning = {
    ...numbered('W', network.weights),
    ...numbered('b', network.biases),
    ...numbered(
      'gamma',
      network.norms?.map(({ gamma }) => gamma),
    ),
    ...numbered(
      'beta',
      network.norms?.map(({ beta }) => beta),
    ),
    ...(trained && numbered('B', feedback[trained])),
  };
  const optimizer = optimizerOf(plan.optimizer);
  const memory = memoryOf(plan.optimizer);
  const moments = new Map<Float64Array, Float64Array>();
  if (memory) for (const one of Object.values(learning)) moments.set(one, new Float64Array(one.length));
  const named = {
    ...learning,
    ...numbered(
      'mean',
      network.norms?.map(({ mean }) => mean),
    ),
    ...numbered(
      'variance',
      network.norms?.map(({ variance }) => variance),
    ),
    ...Object.fromEntries(
      Object.entries(learning).flatMap(([name, one]) => {
        const moment = moments.get(one);
        return moment === undefined ? [] : [[`${name}.${memory}`, moment]];
      }),
    ),
  };
  write(named, start);
  return { network, optimizer, feedback, moments, named };
}

const newNormalisation = (rows: number) => ({
  gamma: new Float64Array(rows).fill(1),
  beta: new Float64Array(rows),
  mean: new Float64Array(rows),
  variance: new Float64Array(rows).fill(1),
});

const numbered = (name: string, all: readonly Float64Array[] = []): Record<string, Float64Array> =>
  Object.fromEntries(all.map((one, i) => [`${name}_${i + 1}`, one]));

/** Takes over what a network has of a state, and leaves all else as it is. */
export function write(named: Readonly<Record<string, Float64Array>>, state: State): void {
  for (const [name, values] of Object.entries(state)) {
    const at = named[name];
    if (at === undefined) continue;
    if (at.length !== values.length)
      throw new RangeError(`${name}: ${values.length} numbers, where the network has ${at.length}`);
    at.set(values);
  }
}

export const read = (named: Readonly<Record<string, Float64Array>>): State =>
  Object.fromEntries(Object.entries(named).map(([name, values]) => [name, values.slice()]));
