import { describe, expect, it } from 'vitest';
import type { NetworkPlan } from '../../../../src/deep/networks/backend.ts';
import { type Gradient, gradientFrom } from '../../../../src/deep/networks/reference/gradient.ts';
import { linearMapOf } from '../../../../src/deep/networks/reference/linearMap.ts';
import type { Rows } from '../../../../src/deep/networks/reference/network.ts';
import { type Parameters, parametersOf } from '../../../../src/deep/networks/reference/parameters.ts';
import { lossOf, outputsOf, passOf } from '../../../../src/deep/networks/reference/pass.ts';
import { inputRows, range, targetRows } from '../../../../src/deep/networks/reference/rows.ts';
import { type Signals, signals, signalsAtInputs } from '../../../../src/deep/networks/reference/signals.ts';
import { signSizes } from '../../../../src/deep/networks/signSizes.ts';
import { deepRules, type LayerSpec, pointActivations } from '../../../../src/deep/problem/index.ts';
import { draw, farthest, makeExamples, makePlan, slopesOf, type Wanted } from '../plans.ts';

/** Units are dropped by a third, drawn here. */
const masksOf = ({ shapes, inputs }: NetworkPlan, count: number): Rows[] =>
  [inputs, ...shapes.slice(0, -1).map(({ units }) => units)].map((n, l) =>
    range(0, count).map((k) => draw(n, 1, 200 + 10 * l + k).map((z) => (z < -0.43 ? 0 : 1.5))),
  );

function prepared(wanted: Wanted, drops: boolean, count = 3) {
  const plan = makePlan(wanted);
  const examples = makeExamples(plan, count);
  const x = inputRows(examples, range(0, count), plan.shapes[0].window).map((row) => row.slice());
  // Cross-entropy's e is its slope where targets sum to one, which single precision misses by its rounding.
  const y = targetRows(examples, range(0, count)).map((row) => {
    const sum = row.reduce((all, one) => all + one, 0);
    return row.map((one) => one / sum);
  });
  return { plan, it: parametersOf(plan), x, y, masks: drops ? masksOf(plan, count) : [] };
}

/** Every parameter by name, and its gradient. */
function compared({ network }: Parameters, gradient: Gradient): [string, Float64Array, Float64Array][] {
  const all: [string, Float64Array, Float64Array][] = [];
  network.weights.forEach((W, i) => {
    all.push([`W_${i + 1}`, W, gradient.weights[i]]);
    if (network.biases) all.push([`b_${i + 1}`, network.biases[i], gradient.biases?.[i] as Float64Array]);
    const norm = network.norms?.[i];
    const found = gradient.norms?.[i];
    if (!norm || !found) return;
    all.push([`gamma_${i + 1}`, norm.gamma, found.gamma], [`beta_${i + 1}`, norm.beta, found.beta]);
  });
  return all;
}

const DENSE: LayerSpec[] = [{ dense: 4 }, { dense: 5 }, { dense: 3 }];
const PLAIN: LayerSpec[] = [{ convolution: 2, kernel: 3 }, { dense: 3 }];
/** Five pixels a side leave two pooled ones and a border; the second kernel is even. */
const POOLED: LayerSpec[] = [
  { convolution: 3, kernel: 3, pool: 2 },
  { convolution: 2, kernel: 2 },
  { dense: 4 },
  { dense: 3 },
];

interface Case extends Wanted {
  title: string;
  drops?: boolean;
}

const LOSSES = ['squared', 'cross-entropy', 'binary-cross-entropy'] as const;
const CASES: Case[] = [
  { title: 'dense', layers: DENSE },
  { title: 'dense, dropped', layers: DENSE, drops: true },
  { title: 'dense, normalised', layers: DENSE, batchNorm: true },
  {
    title: 'dense, normalised and dropped, without biases',
    layers: DENSE,
    batchNorm: true,
    drops: true,
    bias: false,
  },
  { title: 'one layer', layers: [{ dense: 3 }], batchNorm: true, drops: true, loss: 'cross-entropy' },
  { title: 'convolution', layers: PLAIN, side: 4 },
  { title: 'convolution, normalised', layers: PLAIN, side: 4, batchNorm: true, loss: 'cross-entropy' },
  { title: 'convolution, dropped', layers: PLAIN, side: 4, drops: true, loss: 'binary-cross-entropy' },
  { title: 'even kernel', layers: [{ convolution: 2, kernel: 4 }, { dense: 2 }], side: 4 },
  { title: 'pooled', layers: POOLED, side: 5, drawn: 3 },
  {
    title: 'pooled, leaky by 0.3',
    layers: POOLED,
    side: 5,
    activation: { 'leaky-relu': 0.3 },
    batchNorm: true,
    drawn: 3,
  },
  ...Object.keys(pointActivations).map(
    (activation, i): Case => ({
      title: 'pooled, normalised, dropped',
      layers: POOLED,
      side: 5,
      activation,
      loss: LOSSES[i % 3],
      batchNorm: true,
      drops: true,
      drawn: 2,
    }),
  ),
];

describe('back-propagation is the slope of the loss of a batch', () => {
  it.each(CASES)('$title: $activation $loss', ({ drops = false, ...wanted }) => {
    const { it: parameters, x, y, masks } = prepared(wanted, drops);
    const { network } = parameters;
    const loss = (): number => lossOf(network, passOf(network, x, masks), y);
    const pass = passOf(network, x, masks);
    const sent = signals(network, deepRules.bp, [], pass, y);
    const gradient = gradientFrom(network, pass, sent);
    const all = compared(parameters, gradient);
    expect(all.length).toBe(
      network.weights.length * (network.biases ? 2 : 1) + 2 * (network.norms ?? []).length,
    );
    for (const [name, values, found] of all) {
      const slopes = slopesOf(values, loss);
      // A bias before batch normalisation makes no difference, and both are zero but for rounding.
      const size = Math.max(...slopes.map(Math.abs));
      if (size < 1e-10) expect(Math.max(...found.map(Math.abs)), name).toBeLessThan(1e-14);
      else expect(farthest(found, slopes), name).toBeLessThan(1e-8);
    }
    const atInputs = signalsAtInputs(network, pass, sent);
    x.slice(0, 1).forEach((row, k) => {
      const slopes = slopesOf(row, loss);
      expect(
        farthest(
          atInputs[k].map((one) => one / y.length),
          slopes,
        ),
        `x_${k}`,
      ).toBeLessThan(1e-8);
    });
  });
});

/*
 * A signal s that arrives at h_l is the slope of s·h_l. So the gradient of W_l by any rule is the slope of the mean of
 * s·h_l, s being held, which needs the way up alone. What arrives by a matrix B from the layer above is the slope of
 * δ_{l+1}·(B h_l), B in the form of W_{l+1}.
 */
describe.each([
  { title: 'dense', layers: DENSE },
  { title: 'dense, normalised, dropped', layers: DENSE, batchNorm: true, drops: true },
  { title: 'pooled', layers: POOLED, side: 5, drawn: 3 },
  { title: 'pooled, normalised, dropped', layers: POOLED, side: 5, batchNorm: true, drops: true },
] as Case[])('$title: signals go back from h_l as slopes do', ({ title: _, drops = false, ...wanted }) => {
  const RULES = ['fa', 'dfa', 'drtp', 'kolen-pollack', 'sign-symmetric', 'last-layer'];
  const rules = wanted.side === undefined ? [...RULES, 'ifa'] : RULES;
  const { plan, it: parameters, x, y, masks } = prepared({ ...wanted, rules }, drops);
  const { network } = parameters;
  const L = plan.shapes.length;
  const pass = passOf(network, x, masks);
  const e = outputsOf(network, pass).map((out, k) => out.map((value, j) => value - y[k][j]));
  const held = network.weights.map((W) => W.slice());
  const dot = (one: Float64Array, other: Float64Array): number =>
    one.reduce((sum, value, i) => sum + value * other[i], 0);
  const matrixTimes = (F: Float64Array, s: Float64Array): Float64Array =>
    Float64Array.from({ length: F.length / s.length }, (_, r) =>
      dot(F.subarray(r * s.length, (r + 1) * s.length), s),
    );

  /** s·h_l of example k. */
  const sentTo: Record<string, (l: number, h: Float64Array, k: number, sent: Signals) => number> = {
    fa: (l, h, k, sent) => dot(sent.delta[l][k], upBy(plan.feedback.fa, l, h)),
    'kolen-pollack': (l, h, k, sent) => dot(sent.delta[l][k], upBy(plan.feedback['kolen-pollack'], l, h)),
    'sign-symmetric': (l, h, k, sent) => {
      const signs = held[l].map((w, i) => Math.sign(w) * sizes[l - 1][i]);
      return dot(sent.delta[l][k], linearMapOf(plan.shapes[l]).forward(signs, h));
    },
    dfa: (l, h, k) => dot(matrixTimes(plan.feedback.dfa[l - 1], e[k]), h),
    drtp: (l, h, k) => -dot(matrixTimes(plan.feedback.drtp[l - 1], y[k]), h),
    ifa: (l, h, k, sent) =>
      dot(
        l === 1 ? matrixTimes(plan.feedback.ifa[0], e[k]) : matrixTimes(held[l - 1], sent.delta[l - 2][k]),
        h,
      ),
    'last-layer': () => 0,
  };
  const sizes = signSizes(plan);
  /** B h_l: B_l of n_l × n_{l+1} is transposed, that of a convolution has the form of W_{l+1}. */
  function upBy(feedback: readonly Float64Array[], l: number, h: Float64Array): Float64Array {
    const B = feedback[l - 1];
    const above = plan.shapes[l];
    if (above.window) return linearMapOf(above).forward(B, h);
    return Float64Array.from({ length: above.rows }, (_, j) =>
      h.reduce((sum, value, i) => sum + value * B[i * above.rows + j], 0),
    );
  }

  it.each(rules)('%s', (name) => {
    const feedback = name === 'sign-symmetric' ? sizes : plan.feedback[name];
    const sent = signals(network, deepRules[name], feedback, pass, y);
    expect(sent.delta[L - 1]).toEqual(e);
    const gradient = gradientFrom(network, pass, sent);
    for (let l = 1; l < L; l++) {
      if (name === 'last-layer') {
        expect([...gradient.weights[l - 1]].every((g) => g === 0)).toBe(true);
        continue;
      }
      const W = network.weights[l - 1];
      // Layer l alone, with what it sees held.
      const value = (): number =>
        passOf(network, x, masks).h[l].reduce((sum, h, k) => sum + sentTo[name](l, h, k, sent), 0) / y.length;
      expect(farthest(gradient.weights[l - 1], slopesOf(W, value)), `W_${l}`).toBeLessThan(1e-8);
    }
  });
});
