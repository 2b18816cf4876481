import { describe, expect, it } from 'vitest';
import { memoryOf, type NetworkPlan, type Phase, type State } from '../../../../src/deep/networks/backend.ts';
import { cpuBackend } from '../../../../src/deep/networks/cpu/network.ts';
import { referenceBackend } from '../../../../src/deep/networks/reference/backend.ts';
import { deepRules, type LayerSpec, pointActivations } from '../../../../src/deep/problem/index.ts';
import { draw, farthest, first, makeExamples, makePlan, type Wanted } from '../plans.ts';

/*
 * Networks in single precision against the readable ones in double precision: the same steps from the same start. After
 * 500 of them everything that a network consists of agrees to 1e-5 of its size.
 */

const STEPS = 500;
const COUNT = 13;
const BATCH = 5;
/** Batch normalisation of a few examples divides by their spread, and so amplifies rounding: it sees all of them. */
const NORMALISED = { batchNorm: true, batch: COUNT, rates: [0.001, 0.001, 0.001, 0.001] };

/** Widths that are no multiples of eight, and some above. */
const DENSE: { layers: LayerSpec[] } = { layers: [{ dense: 11 }, { dense: 9 }, { dense: 3 }] };
/** Odd and even kernels, with and without pooling, a border that pooling drops, and a dense layer above. */
const IMAGES: { layers: LayerSpec[]; side: number } = {
  layers: [{ convolution: 3, kernel: 3, pool: 2 }, { convolution: 9, kernel: 2 }, { dense: 5 }, { dense: 3 }],
  side: 5,
};

function run(
  plan: NetworkPlan,
  backend: typeof cpuBackend,
  phaseAt: (step: number) => Phase,
  steps = STEPS,
): State {
  const network = backend.start(plan);
  const examples = makeExamples(plan, COUNT);
  for (let step = 0; step < steps; step++) {
    expect(network.step(examples, batchOf(step, plan.batch), step, phaseAt(step))).toBe(0);
  }
  return network.read();
}

/** The last batch of an epoch has what is left. */
function batchOf(step: number, batch: number): Uint32Array {
  const perEpoch = Math.ceil(COUNT / batch);
  const from = (step % perEpoch) * batch;
  return Uint32Array.from({ length: Math.min(batch, COUNT - from) }, (_, i) => from + i);
}

/** The largest distance of anything from the reference, over the size of all its numbers of that kind. */
function apart(
  wanted: Wanted,
  rule = 'bp',
  phaseAt: (step: number) => Phase = () => ({ rule, frozen: [] }),
  steps = STEPS,
) {
  const plan = makePlan({
    rates: Array(wanted.layers.length).fill(0.01),
    batch: BATCH,
    ...wanted,
    rules: [...(wanted.rules ?? []), rule],
  });
  const exact = run(plan, referenceBackend, phaseAt, steps);
  const found = run(plan, cpuBackend, phaseAt, steps);
  expect(Object.keys(found).toSorted()).toEqual(Object.keys(exact).toSorted());
  // What an optimiser remembers tends to zero with the gradient, and its relative error grows.
  const far = Object.keys(exact).map((name) => {
    const size = Math.max(name.includes('.') ? 0.1 : 0.01, ...Array.from(exact[name], Math.abs));
    return Math.max(...Array.from(found[name], (x, i) => Math.abs(x - exact[name][i]))) / size;
  });
  const moved = Object.keys(exact).filter(
    (name) => plan.start[name] && farthest(exact[name], plan.start[name]) > 1e-3,
  );
  return { far: Math.max(...far), moved };
}

const spec: Record<string, NetworkPlan['spec']> = {
  'perturbed-bp': { cosine: 0.3, seed: 5 },
};

describe.each(Object.keys(deepRules))('%s', (rule) => {
  it('through dense layers', () => {
    const { far, moved } = apart({ ...DENSE, spec: spec[rule] }, rule);
    expect(far).toBeLessThan(1e-5);
    expect(moved).toContain('W_3');
    if (rule !== 'last-layer') expect(moved).toContain('W_1');
  });
  // Errors that go upwards need dense layers.
  if (rule !== 'ifa')
    it('through convolutions', () => {
      const { far, moved } = apart({ ...IMAGES, spec: spec[rule] }, rule);
      expect(far).toBeLessThan(1e-5);
      if (rule !== 'last-layer') expect(moved).toContain('W_1');
    });
});

it('as many outputs as units, in batches above half of them', () => {
  const plan = makePlan({ layers: [{ dense: 30 }, { dense: 256 }], inputs: 20, batch: 200, rules: ['drtp'] });
  const examples = makeExamples(plan, 200);
  const [found, exact] = [cpuBackend, referenceBackend].map((backend) => {
    const network = backend.start(plan);
    for (let step = 0; step < 5; step++)
      network.step(examples, first(200), step, { rule: 'drtp', frozen: [] });
    return network.read();
  });
  for (const name of Object.keys(exact)) expect(farthest(found[name], exact[name]), name).toBeLessThan(1e-5);
});

it.each(['fixed-random', 'batch-random'] as const)('signs with %s sizes', (magnitudes) => {
  expect(apart({ ...DENSE, spec: { magnitudes, seed: 3 } }, 'sign-symmetric').far).toBeLessThan(1e-5);
});

it.each([...Object.keys(pointActivations), { 'leaky-relu': -0.5 }].map((one) => [one]))(
  '%o',
  (activation) => {
    for (const rule of ['bp', 'dfa']) expect(apart({ ...DENSE, activation }, rule).far).toBeLessThan(1e-5);
  },
);

it.each(['squared', 'cross-entropy', 'binary-cross-entropy'] as const)('%s', (loss) => {
  for (const rule of ['bp', 'drtp']) expect(apart({ ...DENSE, loss }, rule).far).toBeLessThan(1e-5);
});

const OPTIMIZERS = {
  'decay of weights': { decay: 0.1 },
  momentum: { optimizer: { momentum: 0.9 } },
  'momentum and decay': { optimizer: { momentum: 0.5 }, decay: 0.1 },
  "Nesterov's momentum": { optimizer: { momentum: 0.9, nesterov: true } },
  // Where a gradient is near zero, rmsprop divides noise by noise: with a larger ε and small steps it does not.
  rmsprop: { optimizer: { rmsprop: { epsilon: 1e-2 } }, rates: [0.001, 0.001, 0.001] },
  'rmsprop, its decay and weight decay': {
    optimizer: { rmsprop: { decay: 0.9, epsilon: 1e-2 } },
    decay: 0.1,
  },
  'rates of layers': { rates: [0.03, 0.001, 0.02] },
} satisfies Record<string, Partial<Wanted>>;

describe.each(Object.entries(OPTIMIZERS))('%s', (_, changes) => {
  it.each(['bp', 'dfa', 'kolen-pollack', 'last-layer'])('%s', (rule) => {
    expect(apart({ ...DENSE, ...changes }, rule).far).toBeLessThan(1e-5);
  });
});

const MORE = {
  // Pooling has corners too, where two numbers are equal: this draw meets none.
  'batch normalisation': { ...NORMALISED, drawn: 6 },
  dropout: { dropout: { inputs: 0.2, hidden: 0.4 } },
  'dropout of inputs alone': { dropout: { inputs: 0.3, hidden: 0 } },
  'adversarial examples': { epsilon: 0.05 },
  'without biases': { bias: false },
} satisfies Record<string, Partial<Wanted>>;

describe.each(Object.entries(MORE))('%s', (_, changes) => {
  it.each(['bp', 'dfa', 'fa'])('%s through dense layers', (rule) => {
    expect(apart({ ...DENSE, ...changes }, rule).far).toBeLessThan(1e-5);
  });
  it.each(['bp', 'dfa', 'fa'])('%s through convolutions', (rule) => {
    expect(apart({ ...IMAGES, ...changes }, rule).far).toBeLessThan(1e-5);
  });
});

/** The sign of a slope near zero is one of rounding: fewer steps. */
const EVERYTHING = {
  ...NORMALISED,
  dropout: { inputs: 0.2, hidden: 0.3 },
  epsilon: 0.02,
  decay: 0.01,
  optimizer: { momentum: 0.5 },
} satisfies Partial<Wanted>;

it.each(['bp', 'dfa', 'fa'])('all of these together by %s', (rule) => {
  for (const layers of [DENSE, IMAGES])
    expect(apart({ ...layers, ...EVERYTHING }, rule, undefined, 50).far).toBeLessThan(1e-5);
});

it('a bottleneck, whose other units neither learn nor decay', () => {
  const learns = [undefined, Uint8Array.of(1, 0, 1, 1, 0, 0, 1, 0, 1), undefined];
  for (const changes of [{}, { decay: 0.1 }, NORMALISED, { optimizer: { momentum: 0.9 } }])
    for (const rule of ['bp', 'dfa', 'kolen-pollack'])
      expect(apart({ ...DENSE, learns, ...changes }, rule).far).toBeLessThan(1e-5);
  expect(apart({ ...DENSE, learns, spec: spec['perturbed-bp'] }, 'perturbed-bp').far).toBeLessThan(1e-5);
});

it('rows that do not learn stay, whatever an optimiser remembers of them', () => {
  const learns = [undefined, Uint8Array.of(1, 0, 1, 1, 0, 0, 1, 0, 1), undefined];
  for (const decay of [0, 0.1])
    for (const optimizer of [{ momentum: 0.9 }, { rmsprop: { epsilon: 0.01 } }] as const) {
      const plan = makePlan({ ...DENSE, ...NORMALISED, learns, decay, optimizer, rules: ['kolen-pollack'] });
      const memory = memoryOf(optimizer);
      const start = { ...plan.start };
      for (const name of ['W_2', 'b_2', 'gamma_2'])
        start[`${name}.${memory}`] = draw(start[name].length, 1, 5).map(Math.abs);
      const phaseAt = (): Phase => ({ rule: 'kolen-pollack', frozen: [] });
      for (const backend of [cpuBackend, referenceBackend]) {
        const end = run({ ...plan, start }, backend, phaseAt, 20);
        for (const name of ['W_2', `W_2.${memory}`, 'b_2', `b_2.${memory}`, 'gamma_2', `gamma_2.${memory}`]) {
          const columns = end[name].length / 9;
          const row = (of: State, j: number): Float32Array =>
            Float32Array.from(of[name].slice(j * columns, (j + 1) * columns));
          for (let j = 0; j < 9; j++)
            if (learns[1]?.[j] === 0) expect(row(end, j), name).toEqual(row(start, j));
            else if (name.startsWith('W')) expect(row(end, j), name).not.toEqual(row(start, j));
        }
      }
    }
});

it('layers that do not learn for a while, and a change of rule', () => {
  const phaseAt = (step: number): Phase =>
    step < 200 ? { rule: 'bp', frozen: [1] } : { rule: 'dfa', frozen: step < 300 ? [2] : [] };
  for (const changes of [{}, { optimizer: { momentum: 0.9 } }, NORMALISED])
    expect(apart({ ...DENSE, ...changes, rules: ['dfa'] }, 'bp', phaseAt).far).toBeLessThan(1e-5);
});

describe.each([
  ['dense layers', DENSE],
  ['convolutions', IMAGES],
])('what is seen of a network of %s', (_, layers) => {
  const plan = makePlan({
    ...layers,
    batchNorm: true,
    dropout: { inputs: 0.2, hidden: 0.3 },
    rules: ['dfa', 'fa', 'bp'],
    batch: BATCH,
  });
  const [cpu, exact] = [cpuBackend.start(plan), referenceBackend.start(plan)];
  const examples = makeExamples(plan, COUNT);

  it('outputs', () => {
    expect(farthest(cpu.outputs(examples, 2, 9), exact.outputs(examples, 2, 9))).toBeLessThan(1e-5);
  });
  it.each(['dfa', 'fa', 'bp'])('signals of %s', (rule) => {
    const wanted = exact.signals(examples, 1, 12, rule);
    cpu.signals(examples, 1, 12, rule).forEach((delta, i) => {
      expect(farthest(delta, wanted[i])).toBeLessThan(1e-5);
    });
  });
  it('a state that is written goes on to the same bits', () => {
    const phaseAt = (): Phase => ({ rule: 'fa', frozen: [] });
    const own: NetworkPlan = { ...plan, optimizer: { momentum: 0.9 } };
    const whole = run(own, cpuBackend, phaseAt, 20);
    const nothing = Object.fromEntries(
      Object.entries(own.start).map(([name, values]) => [name, values.map(() => 0)]),
    );
    const first = cpuBackend.start(own);
    const second = cpuBackend.start({ ...own, start: nothing });
    for (let step = 0; step < 20; step++) {
      const network = step < 9 ? first : second;
      if (step === 9) second.write(first.read());
      network.step(examples, batchOf(step, BATCH), step, phaseAt());
    }
    expect(second.read()).toEqual(whole);
  });
});
