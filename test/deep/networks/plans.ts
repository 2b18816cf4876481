/* Small networks in training, all of whose numbers are drawn. */
import type { Examples32 } from '../../../src/deep/data/index.ts';
import type { NetworkPlan, State } from '../../../src/deep/networks/backend.ts';
import {
  type DeepProblem,
  deepRules,
  feedbackShapes,
  type LayerSpec,
  shapesOf,
} from '../../../src/deep/problem/index.ts';
import { normals, STREAMS } from '../../../src/random/index.ts';

/** Normal numbers of this size; each k has its own. */
export function draw(length: number, size: number, k: number, seed = 1): Float64Array {
  const out = new Float64Array(length);
  normals(out, length, seed, k, 0, STREAMS.studentWeights);
  return out.map((z) => size * z);
}

export interface Wanted extends Partial<Omit<NetworkPlan, 'shapes' | 'start' | 'feedback'>> {
  layers: LayerSpec[];
  /** Pixels a side, of three colours; without it there are so many inputs. */
  side?: number;
  bias?: boolean;
  rules?: readonly string[];
  drawn?: number;
}

/** Every parameter is drawn, γ, β and running statistics too. */
export function makePlan({ layers, side, bias = true, rules = [], drawn = 1, ...rest }: Wanted): NetworkPlan {
  const inputs = side === undefined ? (rest.inputs ?? 5) : 3 * side * side;
  const data = { set: 'cifar-10', ...(side !== undefined && { pixels: side }) } as DeepProblem['data'];
  const activation = rest.activation ?? 'tanh';
  const shapes = shapesOf({ network: { layers, activation, bias, init: 'zero', seed: 1 }, data }, inputs);
  const start: State = {};
  const positive = (length: number, k: number): Float64Array =>
    draw(length, 0.3, k, drawn).map((z) => 0.5 + Math.abs(z));
  shapes.forEach(({ rows, fanIn }, i) => {
    start[`W_${i + 1}`] = draw(rows * fanIn, 1 / Math.sqrt(fanIn), i, drawn);
    if (bias) start[`b_${i + 1}`] = draw(rows, 0.3, 20 + i, drawn);
    if (!rest.batchNorm || i === shapes.length - 1) return;
    start[`gamma_${i + 1}`] = positive(rows, 60 + i);
    start[`beta_${i + 1}`] = draw(rows, 0.3, 70 + i, drawn);
    start[`mean_${i + 1}`] = draw(rows, 0.1, 80 + i, drawn);
    start[`variance_${i + 1}`] = positive(rows, 90 + i);
  });
  return {
    shapes,
    inputs,
    ...(side !== undefined && { image: { side, channels: 3 } }),
    batch: 8,
    activation,
    loss: 'squared',
    rates: shapes.map(() => 0.1),
    optimizer: 'sgd',
    decay: 0,
    dropout: { inputs: 0, hidden: 0 },
    batchNorm: false,
    learns: shapes.map(() => undefined),
    epsilon: 0,
    start,
    feedback: Object.fromEntries(
      rules.map((rule) => [
        rule,
        ['layers', 'outputs', 'first'].includes(deepRules[rule].feedback)
          ? feedbackShapes(rule, shapes).map((one, i) => draw(one.rows * one.columns, 0.5, 30 + i, drawn))
          : [],
      ]),
    ),
    spec: undefined,
    seed: 7,
    ...rest,
  };
}

/** Targets are positive and sum to one, as cross-entropy asks. */
export function makeExamples({ inputs, shapes }: NetworkPlan, count: number): Examples32 {
  const outputs = shapes[shapes.length - 1].rows;
  const y = draw(count * outputs, 1, 51).map(Math.exp);
  for (let k = 0; k < count; k++) {
    const own = y.subarray(k * outputs, (k + 1) * outputs);
    const sum = own.reduce((all, one) => all + one, 0);
    for (let j = 0; j < outputs; j++) own[j] /= sum;
  }
  return {
    count,
    inputs,
    outputs,
    x: Float32Array.from(draw(count * inputs, 1, 50)),
    y: Float32Array.from(y),
  };
}

export const first = (count: number): Uint32Array => Uint32Array.from({ length: count }, (_, i) => i);

/** Largest difference over largest size. */
export function farthest(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (found.length !== expected.length)
    throw new Error(`${found.length} numbers in place of ${expected.length}`);
  const size = Math.max(...Array.from(expected, Math.abs));
  return Math.max(...Array.from(found, (one, i) => Math.abs(one - expected[i]))) / size;
}

/** Slopes of a function of these numbers, by differences of fourth order. */
export function slopesOf(numbers: Float64Array, value: () => number, h = 1e-4): Float64Array {
  return numbers.map((_, i) => {
    const own = numbers[i];
    const at = (by: number): number => {
      numbers[i] = own + by;
      const found = value();
      numbers[i] = own;
      return found;
    };
    return (8 * (at(h) - at(-h)) - (at(2 * h) - at(-2 * h))) / (12 * h);
  });
}
