import { describe, expect, it } from 'vitest';
import { weightAlignment } from '../../../src/deep/networks/alignment.ts';
import { placeOf, widthOf } from '../../../src/deep/networks/layout.ts';
import { haveClasses, measure } from '../../../src/deep/networks/measures.ts';
import { referenceBackend } from '../../../src/deep/networks/reference/backend.ts';
import { losses } from '../../../src/deep/problem/index.ts';
import { makeExamples, makePlan } from './plans.ts';

/* Every measure against its formula, written out here once more. */

const COUNT = 150;
const L = 3;

const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((sum, x, i) => sum + x * b[i], 0);
const cosine = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));

function measured(rule: string) {
  const plan = makePlan({
    layers: [{ dense: 7 }, { dense: 6 }, { dense: 3 }],
    rules: [rule],
    loss: 'cross-entropy',
  });
  const network = referenceBackend.start(plan);
  const train = makeExamples(plan, COUNT);
  const before = network.read();
  network.step(train, Uint32Array.of(0, 1, 2), 0, { rule, frozen: [] });
  const sight = { train, examples: 140, classes: true };
  const looking = measure(network, plan, sight, rule, before);
  let next = looking.next();
  while (!next.done) next = looking.next();
  return { plan, network, train, before, row: next.value };
}

describe.each(['dfa', 'fa', 'bp'])('%s', (rule) => {
  const { plan, network, train, before, row } = measured(rule);
  const all = (name: 'outputs') =>
    Array.from({ length: COUNT }, (_, i) => Float64Array.from(network[name](train, i, 1)));

  it('loss and accuracy', () => {
    const z = all('outputs');
    const targets = z.map((_, i) => Float64Array.from(train.y.subarray(3 * i, 3 * i + 3)));
    const mean = z.reduce((sum, one, i) => sum + losses['cross-entropy'].value(one, targets[i]), 0) / COUNT;
    const best = (of: Float64Array) => of.indexOf(Math.max(...of));
    const right = z.filter((one, i) => best(one) === best(targets[i])).length;
    expect(row[placeOf('trainLoss', L)]).toBeCloseTo(mean, 13);
    expect(row[placeOf('trainAccuracy', L)]).toBe(right / COUNT);
    expect(row[placeOf('testLoss', L)]).toBeNaN();
  });

  it('gradient alignment, stacked over examples, and of single ones', () => {
    const signals = Array.from({ length: 140 }, (_, i) => ({
      own: network.signals(train, i, 1, rule).map((delta) => [...delta]),
      bp: network.signals(train, i, 1, 'bp').map((delta) => [...delta]),
    }));
    const stacked = [1, 2].map((l) => [
      signals.flatMap(({ own }) => own[l - 1]),
      signals.flatMap(({ bp }) => bp[l - 1]),
    ]);
    stacked.forEach(([own, bp], i) => {
      expect(row[placeOf('gradientAlignment', L, i + 1)]).toBeCloseTo(cosine(own, bp), 12);
      const each = signals.map((one) => cosine(one.own[i], one.bp[i]));
      const mean = each.reduce((a, b) => a + b) / each.length;
      const variance = each.reduce((sum, x) => sum + (x - mean) ** 2, 0) / each.length;
      expect(row[placeOf('exampleAlignment', L, i + 1)]).toBeCloseTo(mean, 12);
      expect(row[placeOf('exampleDeviation', L, i + 1)]).toBeCloseTo(Math.sqrt(variance), 12);
    });
    const total = cosine(
      stacked.flatMap(([own]) => own),
      stacked.flatMap(([, bp]) => bp),
    );
    expect(row[placeOf('gradientAlignment', L)]).toBeCloseTo(total, 12);
    expect(row[placeOf('gradientAlignment', L, L)]).toBeNaN();
  });

  it('weight alignment and the norm of the last step', () => {
    const state = network.read();
    const [F1, F2] =
      rule === 'bp'
        ? []
        : rule === 'dfa'
          ? plan.feedback.dfa
          : [times(plan.feedback.fa[0], plan.feedback.fa[1], 7, 6, 3), plan.feedback.fa[1]];
    if (F1 === undefined) expect(row[placeOf('weightAlignment', L)]).toBeNaN();
    else {
      const second = times(F2, transposed(F1, 7, 3), 6, 3, 7);
      const third = transposed(F2, 6, 3);
      expect(row[placeOf('weightAlignment', L, 1)]).toBeNaN();
      expect(row[placeOf('weightAlignment', L, 2)]).toBeCloseTo(cosine(state.W_2, second), 12);
      expect(row[placeOf('weightAlignment', L, 3)]).toBeCloseTo(cosine(state.W_3, third), 12);
      const total = cosine([...state.W_2, ...state.W_3], [...second, ...third]);
      expect(row[placeOf('weightAlignment', L)]).toBeCloseTo(total, 12);
    }
    for (const l of [1, 2, 3]) {
      const change = Array.from(state[`W_${l}`], (w, i) => w - before[`W_${l}`][i]);
      expect(row[placeOf('updateNorm', L, l)]).toBeCloseTo(Math.sqrt(dot(change, change)), 14);
    }
  });
});

it('weights are aligned with the feedback of the rule of now, not with what another has trained', () => {
  const layers = [{ dense: 7 }, { dense: 6 }, { dense: 3 }];
  const plan = makePlan({ layers, rules: ['kolen-pollack', 'fa'], rates: [0.5, 0.5, 0.5] });
  const network = referenceBackend.start(plan);
  const train = makeExamples(plan, COUNT);
  for (let step = 0; step < 5; step++)
    network.step(train, Uint32Array.of(0, 1, 2), step, { rule: 'kolen-pollack', frozen: [] });
  const state = network.read();
  const last = (rule: string): number => {
    const row = new Float64Array(widthOf(L));
    weightAlignment(row, plan, state, rule);
    return row[placeOf('weightAlignment', L, L)];
  };
  expect(last('kolen-pollack')).toBeCloseTo(cosine(state.W_3, transposed(state.B_2, 6, 3)), 12);
  expect(last('fa')).toBeCloseTo(cosine(state.W_3, transposed(plan.feedback.fa[1], 6, 3)), 12);
  expect(last('fa')).not.toBeCloseTo(last('kolen-pollack'), 3);
});

/** A B, n × k and k × m. */
function times(a: ArrayLike<number>, b: ArrayLike<number>, n: number, k: number, m: number): number[] {
  return Array.from({ length: n * m }, (_, at) => {
    let sum = 0;
    for (let l = 0; l < k; l++) sum += a[Math.floor(at / m) * k + l] * b[l * m + (at % m)];
    return sum;
  });
}

const transposed = (a: ArrayLike<number>, n: number, m: number): number[] =>
  Array.from({ length: n * m }, (_, at) => a[(at % n) * m + Math.floor(at / n)]);

it('targets are classes where each is one of them', () => {
  const of = (y: number[], outputs: number) => ({
    count: y.length / outputs,
    inputs: 1,
    outputs,
    x: new Float32Array(y.length / outputs),
    y: Float32Array.from(y),
  });
  expect(haveClasses(of([1, 0, 0, 1], 2), 'squared')).toBe(true);
  expect(haveClasses(of([1, 0, 0.5, 0.5], 2), 'squared')).toBe(false);
  expect(haveClasses(of([1, 1, 0, 1], 2), 'squared')).toBe(false);
  expect(haveClasses(of([1, 0], 1), 'squared')).toBe(false);
  expect(haveClasses(of([0, 1], 2), 'cross-entropy')).toBe(true);
  expect(haveClasses(of([0.5, 0.5], 2), 'cross-entropy')).toBe(false);
  expect(haveClasses(of([1, 1, 0, 0], 2), 'binary-cross-entropy')).toBe(false);
  expect(haveClasses(of([1, 0], 1), 'binary-cross-entropy')).toBe(true);
  expect(haveClasses(of([0.3, 0], 1), 'binary-cross-entropy')).toBe(false);
});
