import { expect, it } from 'vitest';
import type { Network, NetworkPlan } from '../../../../src/deep/networks/backend.ts';
import { cpuBackend } from '../../../../src/deep/networks/cpu/network.ts';
import { referenceBackend } from '../../../../src/deep/networks/reference/backend.ts';
import { deepRules, type LayerSpec } from '../../../../src/deep/problem/index.ts';
import { farthest, makeExamples, makePlan, type Wanted } from '../plans.ts';

/*
 * Networks drawn at random, of any shape and with any options, in single and in double precision: a buffer that is too
 * small, or options that do not go together, show here.
 */

const CASES = 150;
const STEPS = 20;

/** A few random numbers are enough for this: Park and Miller's generator. */
let state = 12345;
const random = (): number => {
  state = (state * 48271) % 2147483647;
  return state / 2147483647;
};
const whole = (from: number, to: number): number => from + Math.floor(random() * (to - from + 1));
const pick = <T>(list: readonly T[]): T => list[whole(0, list.length - 1)];

const largest = (numbers: ArrayLike<number>): number =>
  Array.from(numbers).reduce((most, x) => Math.max(most, Math.abs(x)), 0);

/** Mostly small; but rows of 256 numbers, or 512, are laid out with gaps. */
const width = (most: number): number => (random() < 0.8 ? whole(1, most) : pick([128, 256, 264, 512]));

function drawLayers(images: boolean, pixels: number): LayerSpec[] {
  const layers: LayerSpec[] = [];
  let side = pixels;
  for (let i = images ? whole(1, 3) : 0; i > 0 && side > 0; i--) {
    const pool = whole(1, Math.min(3, side));
    layers.push({ convolution: whole(1, 12), kernel: whole(1, side), pool });
    side = Math.floor(side / pool);
  }
  for (let i = whole(0, 3); i > 0; i--) layers.push({ dense: width(40) });
  return [...layers, { dense: width(12) }];
}

function drawPlan(drawn: number): { plan: NetworkPlan; rules: string[]; frozen: number[]; count: number } {
  const images = random() < 0.4;
  const side = whole(2, 9);
  const layers = drawLayers(images, side);
  const first = pick(Object.keys(deepRules).filter((rule) => !(images && rule === 'ifa')));
  const rules = [first, pick(['bp', 'dfa', 'fa', 'last-layer'])];
  const widest = Math.max(...layers.map((layer) => ('dense' in layer ? layer.dense : 0)));
  const batch = random() < 0.8 ? whole(2, 40) : whole(41, 300);
  const spec: NetworkPlan['spec'] =
    first === 'perturbed-bp'
      ? { cosine: 0.4, seed: 3 }
      : first === 'sign-symmetric'
        ? { magnitudes: pick(['uniform', 'fixed-random', 'batch-random'] as const), seed: 2 }
        : undefined;
  const wanted: Wanted = {
    layers,
    ...(images ? { side } : { inputs: whole(1, 50) }),
    bias: random() < 0.7,
    rules,
    activation: pick(['linear', 'tanh', 'logistic', 'erf', 'swish']),
    loss: pick(['squared', 'cross-entropy', 'binary-cross-entropy'] as const),
    optimizer: pick([
      'sgd',
      { momentum: 0.9 },
      { momentum: 0.5, nesterov: true },
      { rmsprop: { epsilon: 0.05 } },
    ] as const),
    decay: pick([0, 0.05]),
    dropout: { inputs: pick([0, 0.2]), hidden: pick([0, 0.4]) },
    // Of few examples it divides by a spread that is rounding.
    batchNorm: batch > 15 && random() < 0.5,
    // Signals of many outputs or units are larger.
    rates: layers.map(() => pick([0.003, 0.001, 0]) * Math.min(1, 40 / widest)),
    batch,
    spec,
    drawn,
  };
  const plan = makePlan(wanted);
  const narrow = random() < 0.2 ? whole(1, layers.length) : 0;
  const learns = plan.shapes.map(({ rows }, i) =>
    i + 1 === narrow && narrow < layers.length
      ? Uint8Array.from({ length: rows }, () => Number(random() < 0.5))
      : undefined,
  );
  return {
    plan: { ...plan, learns },
    rules,
    frozen: [whole(1, layers.length)],
    count: whole(batch, 3 * batch),
  };
}

it.each(Array.from({ length: CASES }, (_, i) => [i + 1]))('network %i', (drawn) => {
  const { plan, rules, frozen, count } = drawPlan(drawn);
  const examples = makeExamples(plan, count);
  const train = (network: Network): number[] => {
    const perEpoch = Math.ceil(count / plan.batch);
    return Array.from({ length: STEPS }, (_, step) => {
      const from = (step % perEpoch) * plan.batch;
      const size = Math.min(plan.batch, count - from);
      if (plan.batchNorm && size < 8) return 0;
      const chosen = Uint32Array.from({ length: size }, (_, i) => from + i);
      const phase = { rule: rules[step < STEPS / 2 ? 0 : 1], frozen: step < 5 ? frozen : [] };
      return network.step(examples, chosen, step, phase);
    });
  };
  const [cpu, exact] = [cpuBackend.start(plan), referenceBackend.start(plan)];
  expect(train(cpu)).toEqual(train(exact));
  const [found, wanted] = [cpu.read(), exact.read()];
  expect(Object.keys(found).toSorted()).toEqual(Object.keys(wanted).toSorted());
  for (const name of Object.keys(wanted)) {
    const size = Math.max(0.1, largest(wanted[name]));
    const apart = largest(found[name].map((x, i) => x - wanted[name][i]));
    expect(apart / size, name).toBeLessThan(2e-4);
  }
  const some = Math.min(count, 7);
  expect(farthest(cpu.outputs(examples, 0, some), exact.outputs(examples, 0, some))).toBeLessThan(1e-3);
  const signals = exact.signals(examples, 0, some, rules[0]);
  cpu.signals(examples, 0, some, rules[0]).forEach((delta, i) => {
    const apart = largest(delta.map((x, at) => x - signals[i][at]));
    expect(apart / Math.max(0.01, largest(signals[i])), `delta_${i + 1}`).toBeLessThan(1e-3);
  });
});
