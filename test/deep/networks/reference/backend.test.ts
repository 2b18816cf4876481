import { describe, expect, it } from 'vitest';
import type { Examples32 } from '../../../../src/deep/data/index.ts';
import { memoryOf, type NetworkPlan, type State } from '../../../../src/deep/networks/backend.ts';
import { dropoutMask } from '../../../../src/deep/networks/dropout.ts';
import { referenceBackend } from '../../../../src/deep/networks/reference/backend.ts';
import { gradientFrom } from '../../../../src/deep/networks/reference/gradient.ts';
import { parametersOf } from '../../../../src/deep/networks/reference/parameters.ts';
import { lossOf, passOf } from '../../../../src/deep/networks/reference/pass.ts';
import { inputRows, range, targetRows } from '../../../../src/deep/networks/reference/rows.ts';
import { signals } from '../../../../src/deep/networks/reference/signals.ts';
import { deepRules, fieldsOf, losses } from '../../../../src/deep/problem/index.ts';
import { draw, farthest, first, makeExamples, makePlan, slopesOf, type Wanted } from '../plans.ts';
import { COUNT, change, DENSE, EVERYTHING, IMAGES, phaseOf, train, trained } from './training.ts';

const KINDS: [string, Wanted][] = [
  ['dense', { ...DENSE, ...EVERYTHING }],
  ['convolutions', { ...IMAGES, ...EVERYTHING }],
];
const OPTIMIZERS = ['sgd', { momentum: 0.9 }, { momentum: 0.5, nesterov: true }, { rmsprop: {} }] as const;

/** The masks of a step, from the places that dropout.ts names. */
function masksOf({ dropout, inputs, shapes, seed }: NetworkPlan, count: number, number: number) {
  return [inputs, ...shapes.slice(0, -1).map(({ units }) => units)].map((n, l) => {
    const mask = new Float64Array(count * n);
    dropoutMask(mask, l === 0 ? dropout.inputs : dropout.hidden, seed, number, l);
    return range(0, count).map((k) => mask.slice(k * n, (k + 1) * n));
  });
}

const rowsIn = (plan: NetworkPlan, examples: Examples32, chosen: ArrayLike<number>) => ({
  x: inputRows(examples, chosen, plan.shapes[0].window),
  y: targetRows(examples, chosen),
});

describe.each(KINDS)('%s', (_, wanted) => {
  it('a step goes down the gradient of the chosen examples, with the masks of its number', () => {
    const plan = makePlan(wanted);
    const examples = makeExamples(plan, 6);
    const chosen = Uint32Array.from([4, 1, 5]);
    const network = referenceBackend.start(plan);
    network.step(examples, chosen, 11, phaseOf('bp'));
    const state = network.read();
    const { network: own } = parametersOf(plan);
    const { x, y } = rowsIn(plan, examples, chosen);
    const pass = passOf(own, x, masksOf(plan, 3, 11));
    const gradient = gradientFrom(own, pass, signals(own, deepRules.bp, [], pass, y));
    plan.shapes.forEach((_shape, i) => {
      const expected = own.weights[i].map((w, k) => w - 0.1 * gradient.weights[i][k]);
      expect(state[`W_${i + 1}`]).toEqual(expected);
    });
    expect(trained(plan, 'bp', 1, 11)).not.toEqual(trained(plan, 'bp', 1, 12));
  });

  it('each layer moves by its own rate', () => {
    const rates = [0.3, 0.1, 0.7, 0.4].slice(0, wanted.layers.length);
    const plan = makePlan({ ...wanted, rates, rules: ['kolen-pollack'], decay: 0.1 });
    const slow = change(plan, 'kolen-pollack');
    const one = change({ ...plan, rates: rates.map(() => 1) }, 'kolen-pollack');
    for (const [name, values] of Object.entries(slow)) {
      const [kind, l] = name.split('_');
      if (kind === 'mean' || kind === 'variance') continue;
      const rate = rates[Number(l) - (kind === 'B' ? 0 : 1)];
      const expected = one[name].map((d) => rate * d);
      if (expected.some((d) => Math.abs(d) > 1e-10))
        expect(farthest(values, expected), name).toBeLessThan(1e-12);
    }
  });

  it('decay is that of weights and feedback alone', () => {
    const plan = makePlan({ ...wanted, rules: ['kolen-pollack'] });
    const [without, decayed] = [
      trained(plan, 'kolen-pollack'),
      trained({ ...plan, decay: 0.5 }, 'kolen-pollack'),
    ];
    const before = referenceBackend.start(plan).read();
    for (const name of Object.keys(without)) {
      const lambda = /^[WB]/.test(name) ? 0.5 : 0;
      const expected = Float64Array.from(without[name], (w, i) => w - 0.1 * lambda * before[name][i]);
      expect(farthest(decayed[name], expected), name).toBeLessThan(1e-13);
    }
  });

  it.each(OPTIMIZERS)('what is frozen stays, but for running statistics; %j', (optimizer) => {
    const plan = makePlan({ ...wanted, optimizer, rules: ['kolen-pollack'], decay: 0.1 });
    const network = train(referenceBackend.start(plan), plan, 'kolen-pollack', 2);
    const before = network.read();
    const frozen = train(network, plan, phaseOf('kolen-pollack', [2]), 1, 2).read();
    const free = trained(plan, 'kolen-pollack', 3);
    for (const name of Object.keys(free)) {
      const stays = /^(W_2|b_2|gamma_2|beta_2|B_1)(\.|$)/.test(name);
      expect(frozen[name], name).toEqual(stays ? before[name] : free[name]);
      // Biases before batch normalisation have no gradient.
      if (stays && !name.startsWith('b_')) expect(frozen[name], name).not.toEqual(free[name]);
    }
  });

  it.each(OPTIMIZERS)('rows that do not learn stay, and others do not notice; %j', (optimizer) => {
    const plan = makePlan({ ...wanted, optimizer, rules: ['kolen-pollack'], decay: 0.1 });
    const { rows } = plan.shapes[1];
    const learns = Uint8Array.from({ length: rows }, (__, i) => i % 2);
    const free = trained(plan, 'kolen-pollack');
    const some = trained(
      { ...plan, learns: plan.learns.map((all, i) => (i === 1 ? learns : all)) },
      'kolen-pollack',
    );
    const before = referenceBackend.start(plan).read();
    for (const [name, values] of Object.entries(some)) {
      const own = /^(W_2|b_2|gamma_2|beta_2)(\.|$)/.test(name);
      const back = /^B_1(\.|$)/.test(name);
      // Feedback of a dense layer has its units side by side, that of a convolution filter by filter.
      const rowOf = (i: number): number =>
        back && plan.shapes[1].window === undefined ? i % rows : Math.floor((i * rows) / values.length);
      const expected = values.map((__, i) =>
        (own || back) && learns[rowOf(i)] === 0 ? before[name][i] : free[name][i],
      );
      expect(values, name).toEqual(expected);
    }
    expect(some.W_2).not.toEqual(free.W_2);
  });

  it.each(OPTIMIZERS)('a state written to another network goes on to the same bits; %j', (optimizer) => {
    const plan = makePlan({ ...wanted, optimizer, rules: ['kolen-pollack'], decay: 0.1 });
    const network = train(referenceBackend.start(plan), plan, 'kolen-pollack', 3);
    const state = structuredClone(network.read());
    const end = train(network, plan, 'kolen-pollack', 3, 3).read();
    const elsewhere = {
      ...makePlan({ ...wanted, optimizer, rules: ['kolen-pollack'], drawn: 2 }),
      decay: 0.1,
    };
    const other = referenceBackend.start(elsewhere);
    other.write(state);
    expect(other.read()).toEqual(state);
    expect(train(other, plan, 'kolen-pollack', 3, 3).read()).toEqual(end);
    expect(trained({ ...elsewhere, start: state }, 'kolen-pollack', 3, 3)).toEqual(end);
    const hidden = wanted.layers.slice(1).map((__, i) => i + 1);
    const learning = [
      ...[...hidden, wanted.layers.length].flatMap((l) => [`W_${l}`, `b_${l}`]),
      ...hidden.flatMap((l) => [`gamma_${l}`, `beta_${l}`, `B_${l}`]),
    ];
    const moments = learning.flatMap((name) =>
      memoryOf(optimizer) === undefined ? [] : [`${name}.${memoryOf(optimizer)}`],
    );
    const running = hidden.flatMap((l) => [`mean_${l}`, `variance_${l}`]);
    expect(Object.keys(state).sort()).toEqual([...learning, ...moments, ...running].sort());
  });

  it('what is read does not change afterwards', () => {
    const plan = makePlan(wanted);
    const network = referenceBackend.start(plan);
    const state = network.read();
    const copy = structuredClone(state);
    train(network, plan, 'bp');
    expect(state).toEqual(copy);
  });

  it('nothing is dropped when a network is looked at, and examples do not see each other', () => {
    const plan = makePlan({ ...wanted, rules: ['dfa'] });
    const examples = makeExamples(plan, 5);
    const network = referenceBackend.start(plan);
    const calm = referenceBackend.start({ ...plan, dropout: { inputs: 0, hidden: 0 } });
    const before = network.read();
    expect(network.outputs(examples, 1, 3)).toEqual(calm.outputs(examples, 1, 3));
    expect(network.signals(examples, 1, 3, 'dfa')).toEqual(calm.signals(examples, 1, 3, 'dfa'));
    const all = network.outputs(examples, 0, 5).slice();
    for (let k = 0; k < 5; k++) expect(network.outputs(examples, k, 1)).toEqual(all.slice(3 * k, 3 * k + 3));
    expect(network.read()).toEqual(before);
  });

  it('signals are slopes of the loss of an example at the biases, by running statistics', () => {
    const plan = makePlan(wanted);
    const examples = makeExamples(plan, 3);
    const network = referenceBackend.start(plan);
    const found = network.signals(examples, 1, 2, 'bp');
    expect(found.length).toBe(plan.shapes.length - 1);
    found.forEach((delta, i) => {
      const fields = fieldsOf(plan.shapes[i]);
      expect(delta.length).toBe(2 * fields);
      const { rows } = plan.shapes[i];
      for (const k of [0, 1]) {
        const b = Float64Array.from(plan.start[`b_${i + 1}`]);
        const slopes = slopesOf(b, () => {
          network.write({ [`b_${i + 1}`]: b });
          const y = Float64Array.from(examples.y.subarray(3 * (1 + k), 3 * (2 + k)));
          return losses.squared.value(Float64Array.from(network.outputs(examples, 1 + k, 1)), y);
        });
        network.write({ [`b_${i + 1}`]: b });
        const sums = new Float64Array(rows);
        for (let j = 0; j < fields; j++) sums[j % rows] += delta[k * fields + j];
        expect(farthest(sums, slopes)).toBeLessThan(1e-9);
      }
    });
  });

  it('adversarial: a step is that on inputs moved by ε along the signs of the slopes of the loss', () => {
    const epsilon = 0.25;
    const plan = makePlan({ ...wanted, rules: ['dfa'], epsilon });
    const examples = makeExamples(plan, COUNT);
    // Short numbers, to which single precision can add ε.
    examples.x = examples.x.map((x) => Math.round(64 * x) / 64);
    const { network } = parametersOf(plan);
    const { x, y } = rowsIn(plan, examples, range(0, COUNT));
    const masks = masksOf(plan, COUNT, 9);
    const loss = (): number => lossOf(network, passOf(network, x, masks), y);
    const signs = x.map((row) =>
      Float64Array.from(slopesOf(row as Float64Array, loss), (s) => (Math.abs(s) < 1e-9 ? 0 : Math.sign(s))),
    );
    const moved = { ...examples, x: examples.x.slice() };
    const { window } = plan.shapes[0];
    signs.forEach((row, k) => {
      row.forEach((sign, i) => {
        const at =
          window === undefined
            ? i
            : (i % window.channels) * window.side ** 2 + Math.floor(i / window.channels);
        moved.x[k * plan.inputs + at] += epsilon * sign;
      });
    });
    expect(signs.some((row) => row.includes(0))).toBe(true);
    const stepOn = (own: NetworkPlan, some: Examples32): State => {
      const it = referenceBackend.start(own);
      expect(it.step(some, first(COUNT), 9, phaseOf('dfa'))).toBe(0);
      return it.read();
    };
    const found = stepOn(plan, examples);
    expect(found).toEqual(stepOn({ ...plan, epsilon: 0 }, moved));
    expect(found).not.toEqual(stepOn({ ...plan, epsilon: 0 }, examples));
  });

  it('the first layer whose numbers are not finite is named, and nothing changes', () => {
    for (const epsilon of [0, 0.1])
      for (let l = 1; l <= wanted.layers.length; l++) {
        const plan = makePlan({ ...wanted, epsilon, dropout: { inputs: 0, hidden: 0 } });
        const network = referenceBackend.start(plan);
        const b = Float64Array.from(plan.start[`b_${l}`]);
        b[1] = l % 2 === 0 ? Number.NaN : Number.POSITIVE_INFINITY;
        network.write({ [`b_${l}`]: b });
        const before = network.read();
        expect(network.step(makeExamples(plan, COUNT), first(COUNT), 0, phaseOf('bp'))).toBe(l);
        expect(network.read()).toEqual(before);
      }
  });
});

it('inputs stand channel by channel, and a dense first layer takes them as they stand', () => {
  const plan = makePlan({ layers: [{ dense: 2 }], side: 2 });
  const examples = makeExamples(plan, 1);
  const found = referenceBackend.start(plan).outputs(examples, 0, 1);
  const [W, b] = [plan.start.W_1, plan.start.b_1];
  const expected = [0, 1].map((r) => examples.x.reduce((sum, x, c) => sum + W[12 * r + c] * x, b[r]));
  expect(farthest(found, expected)).toBeLessThan(1e-14);
});

it('a convolution sees zeros beyond the image, its first tap (kernel − 1)/2, rounded down, before a position', () => {
  // Filters of one tap and one channel show which number they take.
  const side = 3;
  for (const kernel of [1, 2, 3]) {
    const plan = makePlan({
      layers: [{ convolution: 1, kernel }, { dense: 9 }],
      side,
      activation: 'linear',
      bias: false,
    });
    const x = draw(27, 1, 5);
    const examples = { ...makeExamples(plan, 1), x: Float32Array.from(x) };
    for (let tap = 0; tap < kernel * kernel; tap++)
      for (let channel = 0; channel < 3; channel++) {
        const W_1 = new Float64Array(kernel * kernel * 3);
        W_1[3 * tap + channel] = 1;
        const W_2 = Float64Array.from({ length: 81 }, (_, i) => (i % 10 === 0 ? 1 : 0));
        const network = referenceBackend.start({ ...plan, start: { W_1, W_2 } });
        const before = Math.floor((kernel - 1) / 2);
        const expected = range(0, 9).map((position) => {
          const row = Math.floor(position / 3) + Math.floor(tap / kernel) - before;
          const column = (position % 3) + (tap % kernel) - before;
          return row < 0 || row > 2 || column < 0 || column > 2
            ? 0
            : examples.x[9 * channel + 3 * row + column];
        });
        expect([...network.outputs(examples, 0, 1)]).toEqual(expected);
      }
  }
});

it('of equal fields pooling takes the first', () => {
  const layers: Wanted['layers'] = [{ convolution: 1, kernel: 1, pool: 2 }, { dense: 1 }];
  const plan = makePlan({ layers, side: 2, bias: false, activation: 'linear', rates: [1, 1] });
  const start = { W_1: new Float64Array([1, 0, 0]), W_2: new Float64Array([1]) };
  // Equal in the first channel, and told apart by the second, which has no weight yet.
  const x = Float32Array.from([2, 3, 3, 3, 5, 7, 11, 13, 0, 0, 0, 0]);
  const examples = { count: 1, inputs: 12, outputs: 1, x, y: Float32Array.from([2]) };
  const network = referenceBackend.start({ ...plan, start });
  network.step(examples, first(1), 0, phaseOf('bp'));
  // e = 3 − 2.
  expect([...network.read().W_1]).toEqual([1 - 3, -7, 0]);
});

describe('running statistics', () => {
  const plan = makePlan({ layers: [{ dense: 3 }, { dense: 2 }], batchNorm: true });

  it('go a tenth of the way to mean and unbiased variance of a batch', () => {
    const examples = makeExamples(plan, COUNT);
    const { W_1, b_1, mean_1, variance_1 } = plan.start;
    const found = trained(plan, 'bp');
    for (let r = 0; r < 3; r++) {
      const z = range(0, COUNT).map((k) =>
        examples.x.subarray(5 * k, 5 * k + 5).reduce((sum, x, c) => sum + W_1[5 * r + c] * x, b_1[r]),
      );
      const mean = z.reduce((sum, one) => sum + one, 0) / COUNT;
      const variance = z.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (COUNT - 1);
      expect(found.mean_1[r]).toBeCloseTo(0.9 * mean_1[r] + 0.1 * mean, 13);
      expect(found.variance_1[r]).toBeCloseTo(0.9 * variance_1[r] + 0.1 * variance, 13);
    }
  });

  it('keep their variance where a batch is one example, which has none', () => {
    const network = referenceBackend.start(plan);
    expect(network.step(makeExamples(plan, 1), first(1), 0, phaseOf('bp'))).toBe(0);
    expect(network.read().variance_1).toEqual(plan.start.variance_1);
    expect(network.read().mean_1).not.toEqual(plan.start.mean_1);
  });

  it('start at 0 and 1, and γ and β at 1 and 0', () => {
    const { W_1, W_2, b_1, b_2 } = plan.start;
    const state = referenceBackend.start({ ...plan, start: { W_1, W_2, b_1, b_2 } }).read();
    expect(state.mean_1).toEqual(new Float64Array(3));
    expect(state.beta_1).toEqual(new Float64Array(3));
    expect(state.variance_1).toEqual(new Float64Array(3).fill(1));
    expect(state.gamma_1).toEqual(new Float64Array(3).fill(1));
    expect(Object.keys(state)).not.toContain('gamma_2');
  });
});

it('numbers of another count are refused', () => {
  const plan = makePlan(DENSE);
  expect(() => referenceBackend.start(plan).write({ W_1: new Float64Array(3) })).toThrow(
    'W_1: 3 numbers, where the network has 20',
  );
});

it('a rule that turns gradients needs a cosine', () => {
  const plan = makePlan(DENSE);
  expect(() => trained(plan, 'perturbed-bp')).toThrow('"cosine"');
});
