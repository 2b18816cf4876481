/* Small linear networks for the tests of their theory. */
import { type DeepCurve, type DeepIntegrateOptions, integrateDeep } from '../../../src/deep/linear/index.ts';
import type { Example } from '../../../src/deep/networks/reference/examples.ts';
import type { ReferenceNetwork } from '../../../src/deep/networks/reference/network.ts';
import type { DeepProblem } from '../../../src/deep/problem/index.ts';
import {
  deepRules,
  feedbackOf,
  losses,
  pointActivations,
  resolveDeepProblem,
  shapesOf,
  weightsOf,
} from '../../../src/deep/problem/index.ts';
import { normals, STREAMS } from '../../../src/random/index.ts';

/** Normal numbers; each k has its own. */
export function draw(length: number, size: number, k: number, seed = 1): Float64Array {
  const out = new Float64Array(length);
  normals(out, length, seed, k, 0, STREAMS.studentWeights);
  return out.map((z) => size * z);
}

export const rows = (flat: ArrayLike<number>, columns: number): number[][] =>
  Array.from({ length: flat.length / columns }, (_, i) =>
    Array.from({ length: columns }, (_, j) => flat[i * columns + j]),
  );

/** Inputs of different variances and means, and targets that a linear map fits in part. */
export function examples(inputs: number, outputs: number, count: number, seed = 1) {
  const x = rows(draw(count * inputs, 1, 1, seed), inputs).map((row) =>
    row.map((value, i) => 0.3 + value * (1 - i / (2 * inputs))),
  );
  const T = draw(inputs * outputs, 0.8, 2, seed);
  const noise = draw(count * outputs, 0.3, 3, seed);
  const y = x.map((row, mu) =>
    Array.from({ length: outputs }, (_, j) =>
      row.reduce((sum, value, i) => sum + T[j * inputs + i] * value, noise[mu * outputs + j]),
    ),
  );
  return { x, y };
}

export interface Case {
  widths: number[];
  rule: string;
  count?: number;
  init?: DeepProblem['network']['init'];
  feedback?: DeepProblem['feedback'] | 'none';
  data?: DeepProblem['data'];
  time?: DeepProblem['time'];
  seed?: number;
}

/** Drawn feedback where a rule takes it. */
export function problemOf(it: Case): DeepProblem {
  const { widths, rule, count = 9, init = 'zero', time = [1], seed = 1 } = it;
  const L = widths.length - 1;
  const feedback = it.feedback ?? { draw: 'normal', seed: 3 };
  const part = (s: number) => examples(widths[0], widths[L], count, s);
  return {
    network: { widths, activation: 'linear', init, seed: 2 },
    rule,
    ...(feedback !== 'none' && { feedback }),
    loss: 'squared',
    data: it.data ?? { train: part(seed), test: part(seed + 100) },
    time,
  };
}

export const curveOf = (it: Case, options?: DeepIntegrateOptions): DeepCurve =>
  integrateDeep(problemOf(it), options);

/** Every number of a curve at a time, by name. */
export function observed(curve: DeepCurve, i = curve.time.length - 1): Record<string, number> {
  const { weightAlignment: WA, gradientAlignment: GA } = curve;
  return {
    trainLoss: curve.trainLoss[i],
    testLoss: curve.testLoss[i],
    WA: WA.total[i],
    GA: GA.total[i],
    ...Object.fromEntries(WA.layers[i].map((value, l) => [`WA_${l + 1}`, value])),
    ...Object.fromEntries(GA.layers[i].map((value, l) => [`GA_${l + 1}`, value])),
  };
}

/** The largest difference of two such, losses relative to their size; NaN must meet NaN. */
export function distance(one: Record<string, number>, other: Record<string, number>): number {
  return Object.keys(one).reduce((most, key) => {
    const [a, b] = [one[key], other[key]];
    if (Number.isNaN(a) && Number.isNaN(b)) return most;
    const d = Math.abs(a - b) / (key.endsWith('Loss') ? Math.abs(b) : 1);
    return d >= most ? d : d < most ? most : Number.POSITIVE_INFINITY;
  }, 0);
}

/** The same network, written to be read. */
export function referenceOf(it: Case) {
  const resolved = resolveDeepProblem(problemOf(it));
  const { data } = resolved as unknown as { data: { train: Rows; test: Rows } };
  const network: ReferenceNetwork = {
    shapes: shapesOf(resolved),
    activation: pointActivations.linear,
    loss: losses.squared,
    weights: weightsOf(resolved),
  };
  const asExamples = ({ x, y }: Rows): Example[] =>
    x.map((one, mu) => ({ x: Float64Array.from(one), y: Float64Array.from(y[mu]) }));
  return {
    network,
    rule: deepRules[it.rule],
    feedback: feedbackOf(resolved) ?? [],
    train: asExamples(data.train),
    test: asExamples(data.test),
  };
}

type Rows = { x: number[][]; y: number[][] };
