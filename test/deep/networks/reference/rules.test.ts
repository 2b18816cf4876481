import { describe, expect, it } from 'vitest';
import { referenceBackend } from '../../../../src/deep/networks/reference/backend.ts';
import { signSizes } from '../../../../src/deep/networks/signSizes.ts';
import { draw, farthest, makePlan, type Wanted } from '../plans.ts';
import {
  asFeedback,
  change,
  DENSE,
  EVERYTHING,
  IMAGES,
  phaseOf,
  train,
  trained,
  weightsIn,
  withFeedback,
} from './training.ts';

/* Rules as they are used in training, with everything that a layer can have; formulas are in slopes.test.ts. */

const KINDS: [string, Wanted][] = [
  ['dense', { ...DENSE, ...EVERYTHING }],
  ['convolutions', { ...IMAGES, ...EVERYTHING }],
];

describe.each(KINDS)('%s', (_, wanted) => {
  it('fa by the transposed weights is bp', () => {
    const plan = makePlan(wanted);
    const back = asFeedback(plan, weightsIn(plan.start));
    const byFa = trained(withFeedback(plan, 'fa', back), 'fa');
    expect(byFa).toEqual(trained(plan, 'bp'));
    expect(trained(makePlan({ ...wanted, rules: ['fa'] }), 'fa')).not.toEqual(byFa);
  });

  it.each(['uniform', 'fixed-random', 'batch-random'] as const)(
    'sign-symmetric with %s sizes is fa by the signs of the weights',
    (magnitudes) => {
      const plan = { ...makePlan(wanted), spec: { magnitudes, seed: 1 } };
      for (const number of [0, 4]) {
        const signed = weightsIn(plan.start);
        signSizes(plan, number).forEach((sizes, i) => {
          signed[i + 1] = signed[i + 1].map((w, k) => sizes[k] * Math.sign(w));
        });
        const fa = withFeedback(plan, 'fa', asFeedback(plan, signed));
        expect(trained(plan, 'sign-symmetric', 1, number)).toEqual(trained(fa, 'fa', 1, number));
      }
    },
  );

  it('sign-symmetric follows the signs of weights that change', () => {
    const plan = makePlan({ ...wanted, rates: [3, 3, 3, 3] });
    const before = weightsIn(plan.start);
    const moved = trained(plan, 'sign-symmetric');
    expect(weightsIn(moved).some((W, l) => W.some((w, i) => w * before[l][i] < 0))).toBe(true);
    const later = trained({ ...plan, start: moved }, 'sign-symmetric', 1, 1);
    expect(trained(plan, 'sign-symmetric', 2)).toEqual(later);
  });

  it.each(['sgd', { momentum: 0.9 }, { momentum: 0.5, nesterov: true }, { rmsprop: {} }] as const)(
    'kolen-pollack: Wᵀ − B stays as it is without decay; %j',
    (optimizer) => {
      const rates = [0.02, 0.02, 0.02, 0.02];
      const plan = makePlan({ ...wanted, rules: ['kolen-pollack'], optimizer, rates });
      const network = referenceBackend.start(plan);
      const apart = () => {
        const state = network.read();
        return asFeedback(plan, weightsIn(state)).map((W, i) => W.map((w, k) => w - state[`B_${i + 1}`][k]));
      };
      const [start, B] = [apart(), network.read().B_1];
      train(network, plan, 'kolen-pollack', 5);
      apart().forEach((one, i) => {
        expect(farthest(one, start[i])).toBeLessThan(1e-13);
      });
      expect(farthest(network.read().B_1, B)).toBeGreaterThan(1e-4);
    },
  );

  it('kolen-pollack: with decay Wᵀ − B shrinks, each layer by its own rate', () => {
    const rates = [0.5, 0.1, 0.2, 0.3];
    const plan = makePlan({ ...wanted, rules: ['kolen-pollack'], rates, decay: 0.4 });
    const apartIn = (state: Record<string, ArrayLike<number>>) =>
      asFeedback(plan, weightsIn(state as never)).map((W, i) => W.map((w, k) => w - state[`B_${i + 1}`][k]));
    const start = apartIn(referenceBackend.start(plan).read());
    apartIn(trained(plan, 'kolen-pollack', 3)).forEach((one, i) => {
      const factor = (1 - 0.4 * rates[i + 1]) ** 3;
      expect(
        farthest(
          one,
          start[i].map((d) => factor * d),
        ),
      ).toBeLessThan(1e-13);
    });
  });

  it('perturbed-bp turns the weights and biases of a hidden layer together, and nothing else', () => {
    const cosine = 0.6;
    const plan = { ...makePlan(wanted), spec: { cosine, seed: 1 } };
    const [bp, turned, other] = [
      change(plan, 'bp', 2),
      change(plan, 'perturbed-bp', 2),
      change({ ...plan, seed: 8, dropout: plan.dropout }, 'perturbed-bp', 2),
    ];
    const L = plan.shapes.length;
    for (let l = 1; l < L; l++) {
      const both = (it: Record<string, Float64Array>): number[] => [...it[`W_${l}`], ...it[`b_${l}`]];
      const dot = (one: number[], two: number[]): number => one.reduce((sum, x, i) => sum + x * two[i], 0);
      const [one, two] = [both(bp), both(turned)];
      expect(dot(one, two) / Math.sqrt(dot(one, one) * dot(two, two))).toBeCloseTo(cosine, 10);
      expect(dot(two, two) / dot(one, one)).toBeCloseTo(1, 10);
      for (const name of ['gamma', 'beta', 'mean', 'variance'])
        expect(turned[`${name}_${l}`]).toEqual(bp[`${name}_${l}`]);
    }
    expect([turned[`W_${L}`], turned[`b_${L}`]]).toEqual([bp[`W_${L}`], bp[`b_${L}`]]);
    expect(other.W_1).not.toEqual(turned.W_1);
    expect(trained(plan, 'perturbed-bp', 1, 3)).not.toEqual(trained(plan, 'perturbed-bp', 1, 2));
  });

  it('last-layer moves the output layer as bp does, and no other', () => {
    const plan = makePlan(wanted);
    const L = plan.shapes.length;
    const [bp, last] = [change(plan, 'bp'), change(plan, 'last-layer')];
    for (const name of Object.keys(bp)) {
      const stays = !name.endsWith(`_${L}`) && !/^(mean|variance)/.test(name);
      if (stays)
        expect(
          [...last[name]].every((one) => one === 0),
          name,
        ).toBe(true);
      else expect(last[name], name).toEqual(bp[name]);
    }
  });
});

it.each([
  ['dense', { layers: [{ dense: 6 }, { dense: 3 }] }],
  ['a convolution', { side: 4, layers: [{ convolution: 3, kernel: 3, pool: 2 }, { dense: 3 }] }],
] as [string, Wanted][])(
  'dfa with one hidden layer is fa, and drtp is its part without outputs: %s',
  (_, wanted) => {
    const plan = makePlan({ ...wanted, ...EVERYTHING });
    const F = [draw(plan.shapes[0].units * 3, 0.5, 30)];
    const both = withFeedback(withFeedback(plan, 'dfa', F), 'fa', F);
    expect(trained(both, 'dfa')).toEqual(trained(both, 'fa'));
    if (plan.shapes[0].window === undefined)
      expect(trained(withFeedback(plan, 'ifa', F), 'ifa')).toEqual(trained(both, 'dfa'));
  },
);

it('drtp and dfa differ by what the outputs send', () => {
  const plan = makePlan({ ...IMAGES, rules: ['drtp', 'dfa'] });
  const [drtp, dfa] = [change(plan, 'drtp'), change(plan, 'dfa')];
  expect(drtp.W_4).toEqual(dfa.W_4);
  expect(farthest(drtp.W_1, dfa.W_1)).toBeGreaterThan(0.01);
  // Where outputs are zero, e = −y.
  const start = { ...plan.start, W_4: new Float64Array(12), b_4: new Float64Array(3) };
  const silent = { ...plan, start };
  expect(change(silent, 'drtp')).toEqual(
    change(withFeedback(silent, 'dfa', [...plan.feedback.drtp] as never), 'dfa'),
  );
});

it('matrices that learn do so while their own rule is used', () => {
  const plan = makePlan({ ...DENSE, rules: ['kolen-pollack', 'fa'] });
  const network = referenceBackend.start(plan);
  const given = { ...network.read() };
  train(network, plan, 'fa', 2);
  train(network, plan, phaseOf('bp'), 2, 2);
  expect([network.read().B_1, network.read().B_2]).toEqual([given.B_1, given.B_2]);
  train(network, plan, 'kolen-pollack', 1, 4);
  expect(network.read().B_1).not.toEqual(given.B_1);
  // Plans are never written to.
  expect(plan).toEqual(makePlan({ ...DENSE, rules: ['kolen-pollack', 'fa'] }));
});
