import type { Examples32 } from '../data/index.ts';
import { losses } from '../problem/index.ts';
import { weightAlignment } from './alignment.ts';
import { LOOK, type Network, type NetworkPlan, type State } from './backend.ts';
import { addNumbers, addSums, cosineOf, noSums } from './cosine.ts';
import { placeOf, widthOf } from './layout.ts';

/** What networks are looked at with. */
export interface Sight {
  train: Examples32;
  test?: Examples32;
  /** Examples of the training part by which signals are compared. */
  examples: number;
  /** Whether targets name classes, so that an output can be right or wrong. */
  classes: boolean;
}

/** Whether every target is one of the classes: 1 at one output and 0 at all others; of one output alone, 0 or 1. */
export function haveClasses({ y, outputs }: Examples32, loss: string): boolean {
  if (outputs < 2) return loss === 'binary-cross-entropy' && y.every((one) => one === 0 || one === 1);
  for (let from = 0; from < y.length; from += outputs) {
    let ones = 0;
    for (let k = 0; k < outputs; k++) {
      if (y[from + k] === 1) ones++;
      else if (y[from + k] !== 0) return false;
    }
    if (ones !== 1) return false;
  }
  return true;
}

/**
 * Everything that is measured of a network, in the order of `layout.ts`, summed in double precision. It yields between
 * chunks of examples; `before` holds the weights before the last step.
 */
export function* measure(
  network: Network,
  plan: NetworkPlan,
  sight: Sight,
  rule: string,
  before: State | undefined,
): Generator<undefined, Float64Array> {
  const L = plan.shapes.length;
  const row = new Float64Array(widthOf(L)).fill(Number.NaN);
  yield* lossAndAccuracy(row, 'train', network, plan, sight.train, sight.classes);
  if (sight.test) yield* lossAndAccuracy(row, 'test', network, plan, sight.test, sight.classes);
  yield* gradientAlignment(row, network, plan, sight, rule);
  const state = network.read();
  weightAlignment(row, plan, state, rule);
  if (before !== undefined)
    for (let l = 1; l <= L; l++) {
      const name = `W_${l}`;
      row[placeOf('updateNorm', L, l)] = distance(state[name], before[name]);
    }
  return row;
}

function* lossAndAccuracy(
  row: Float64Array,
  part: 'train' | 'test',
  network: Network,
  { loss, shapes }: NetworkPlan,
  examples: Examples32,
  classes: boolean,
): Generator<undefined> {
  const { count, outputs, y } = examples;
  const { value } = losses[loss];
  const a = new Float64Array(outputs);
  const target = new Float64Array(outputs);
  let sum = 0;
  let right = 0;
  for (let from = 0; from < count; from += LOOK) {
    const some = Math.min(LOOK, count - from);
    const z = network.outputs(examples, from, some);
    for (let n = 0; n < some; n++) {
      for (let k = 0; k < outputs; k++) {
        a[k] = z[n * outputs + k];
        target[k] = y[(from + n) * outputs + k];
      }
      sum += value(a, target);
      if (classOf(a) === classOf(target, 0.5)) right++;
    }
    yield;
  }
  const L = shapes.length;
  row[placeOf(`${part}Loss`, L)] = sum / count;
  if (classes) row[placeOf(`${part}Accuracy`, L)] = right / count;
}

/** The largest of several, the first of equals; of one alone, whether it is above the threshold. */
function classOf(values: Float64Array, threshold = 0): number {
  if (values.length === 1) return values[0] > threshold ? 1 : 0;
  let most = 0;
  for (let k = 1; k < values.length; k++) if (values[k] > values[most]) most = k;
  return most;
}

/**
 * Gradient alignment, Refinetti et al. (2021), eqs. 18 and 19: the cosine of δ_l by the rule with δ_l by back-propagation,
 * stacked over the examples, for l < L; in total, of all these layers stacked. Beside it, as Launay et al. (2019) give it,
 * the mean over examples of the cosine of each, and its standard deviation.
 */
function* gradientAlignment(
  row: Float64Array,
  network: Network,
  { shapes }: NetworkPlan,
  { train, examples }: Sight,
  rule: string,
): Generator<undefined> {
  const L = shapes.length;
  const stacked = shapes.slice(1).map(noSums);
  const means = shapes.slice(1).map(() => ({ count: 0, mean: 0, squares: 0 }));
  const one = noSums();
  for (let from = 0; from < examples; from += LOOK) {
    const some = Math.min(LOOK, examples - from);
    const byRule = network.signals(train, from, some, rule).map((delta) => delta.slice());
    const byBp = network.signals(train, from, some, 'bp');
    byRule.forEach((delta, i) => {
      const size = delta.length / some;
      for (let n = 0; n < some; n++) {
        one.dot = 0;
        one.one = 0;
        one.other = 0;
        addNumbers(one, delta, byBp[i], n * size, n * size, size);
        addSums(stacked[i], one);
        const cosine = cosineOf(one);
        if (Number.isNaN(cosine)) continue;
        // Welford's sums: cosines that are nearly equal keep their spread.
        const off = cosine - means[i].mean;
        means[i].count++;
        means[i].mean += off / means[i].count;
        means[i].squares += off * (cosine - means[i].mean);
      }
    });
    yield;
  }
  const all = noSums();
  stacked.forEach((sums, i) => {
    addSums(all, sums);
    const { count, mean, squares } = means[i];
    row[placeOf('gradientAlignment', L, i + 1)] = cosineOf(sums);
    row[placeOf('exampleAlignment', L, i + 1)] = count === 0 ? Number.NaN : mean;
    row[placeOf('exampleDeviation', L, i + 1)] = Math.sqrt(squares / count);
  });
  row[placeOf('gradientAlignment', L)] = cosineOf(all);
}

function distance(one: ArrayLike<number>, other: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < one.length; i++) sum += (one[i] - other[i]) ** 2;
  return Math.sqrt(sum);
}
