import { describe, expect, it } from 'vitest';
import { dataOf } from '../../../src/deep/data/index.ts';
import { blocksOf, viewOf } from '../../../src/deep/linear/equations.ts';
import { fullEquations, toOutputs } from '../../../src/deep/linear/full.ts';
import { momentsOf, testMomentsOf } from '../../../src/deep/linear/moments.ts';
import { observer } from '../../../src/deep/linear/observables.ts';
import { reducedEquations } from '../../../src/deep/linear/reduced.ts';
import { expanded, fullStart } from '../../../src/deep/linear/start.ts';
import { gradientAlignment, weightAlignment } from '../../../src/deep/networks/reference/alignment.ts';
import { gradientOf, meanLoss, step } from '../../../src/deep/networks/reference/examples.ts';
import { resolveDeepProblem } from '../../../src/deep/problem/index.ts';
import { product, productT, tProduct } from '../../../src/numbers/matrix.ts';
import { type Case, curveOf, distance, draw, observed, problemOf, referenceOf } from './cases.ts';

/** What the readable network says of itself. */
function looked({ network, rule, feedback, train, test }: ReturnType<typeof referenceOf>) {
  const WA = weightAlignment(network, rule, feedback);
  const GA = gradientAlignment(network, rule, feedback, train);
  const number = (it: number | null): number => it ?? Number.NaN;
  return {
    trainLoss: meanLoss(network, train),
    testLoss: meanLoss(network, test),
    WA: number(WA.total),
    GA: number(GA.total),
    ...Object.fromEntries(WA.layers.map((value, l) => [`WA_${l + 1}`, number(value)])),
    ...Object.fromEntries(GA.layers.map((value, l) => [`GA_${l + 1}`, number(value)])),
  };
}

const WIDTHS = [
  [5, 3, 2],
  [4, 7, 3, 2],
  [6, 4, 8, 5, 3],
];
const RULES = ['bp', 'fa', 'dfa', 'ifa', 'drtp'];

describe('a drawn network is what the readable one is', () => {
  for (const rule of RULES)
    for (const widths of [[5, 2], ...WIDTHS])
      it(`${rule}, ${widths.join('-')}: losses and alignments`, () => {
        const given: Case = { widths, rule, init: 'pytorch', time: [0] };
        // Without hidden layers there are no matrices to draw, and nothing is aligned with anything.
        expect(distance(observed(curveOf(given)), looked(referenceOf(given)))).toBeLessThan(1e-13);
      });

  it('bp without feedback has gradients, but nothing that weights could align with', () => {
    const given: Case = { widths: WIDTHS[1], rule: 'bp', init: 'he', feedback: 'none', time: [0] };
    const found = observed(curveOf(given));
    expect(distance(found, looked(referenceOf(given)))).toBeLessThan(1e-13);
    expect(found.WA).toBeNaN();
    expect(found.GA).toBe(1);
  });

  for (const rule of RULES)
    it(`${rule}: weights move by the gradient, and the error with them`, () => {
      for (const widths of WIDTHS) {
        const given: Case = { widths, rule, init: { normal: 0.4 } };
        const { network, feedback, train, rule: table } = referenceOf(given);
        const resolved = resolveDeepProblem(problemOf(given));
        const moments = momentsOf(dataOf(resolved), true);
        const equations = fullEquations(moments, widths, table, feedback);
        const y = fullStart(equations, moments, resolved);
        const dy = new Float64Array(equations.size);
        equations.motion(y, dy);
        const gradient = gradientOf(network, table, feedback, train);
        equations.layers.forEach((block, l) => {
          let wanted = gradient.weights[l].map((g) => -g);
          if (l === 0) {
            const turned = new Float64Array(wanted.length);
            product(turned, wanted, moments.axes, widths[1], widths[0], widths[0]);
            wanted = turned;
          }
          expectClose(viewOf(dy, block), wanted, 1e-13);
        });
        // The change of the map by a difference.
        const h = 1e-4;
        const mapAt = (t: number): Float64Array =>
          equations.layers.reduce(
            (map, block) => {
              const next = new Float64Array(block.rows * widths[0]);
              const W = viewOf(y, block).map((w, i) => w + t * dy[block.from + i]);
              product(next, W, map, block.rows, block.columns, widths[0]);
              return next;
            },
            Float64Array.from({ length: widths[0] ** 2 }, (_, i) => (i % (widths[0] + 1) === 0 ? 1 : 0)),
          );
        const [later, before] = [mapAt(h), mapAt(-h)];
        expectClose(
          viewOf(dy, equations.error),
          later.map((c, i) => (c - before[i]) / (2 * h)),
          1e-6,
        );
      }
    });
});

describe('the reduced equations are those of the weights that they stand for', () => {
  for (const rule of ['dfa', 'fa', 'drtp'])
    for (const widths of WIDTHS)
      it(`${rule}, ${widths.join('-')}: motion and what is observed, at any A`, () => {
        const given: Case = { widths, rule, init: 'pytorch' };
        const reference = referenceOf(given);
        const data = dataOf(resolveDeepProblem(problemOf(given)));
        const moments = momentsOf(data, true);
        const m = moments.outputs;
        const F = toOutputs(widths, m, reference.rule, reference.feedback);
        const G = F.map((one, i) => {
          const out = new Float64Array(m * m);
          tProduct(out, one, one, m, widths[i + 1], m);
          return out;
        });
        const sends = rule === 'drtp' ? 'targets' : 'error';
        const reduced = reducedEquations(moments, G, sends);
        const full = fullEquations(moments, widths, reference.rule, reference.feedback);
        const y = draw(reduced.size, 0.5, 7);
        const weights = expanded(full, reduced, y, F);
        // The error of the map that these weights make.
        const n = widths[0];
        let map = viewOf(weights, full.layers[0]);
        for (const block of full.layers.slice(1)) {
          const next = new Float64Array(block.rows * n);
          product(next, viewOf(weights, block), map, block.rows, block.columns, n);
          map = next;
        }
        const error = map.map((c, at) => c - moments.target[at]);
        viewOf(y, reduced.error).set(error);
        viewOf(weights, full.error).set(error);

        const [dy, dWeights] = [new Float64Array(reduced.size), new Float64Array(full.size)];
        reduced.motion(y, dy);
        full.motion(weights, dWeights);
        expectClose(viewOf(dy, reduced.error), viewOf(dWeights, full.error), 1e-12);
        const moved = expanded(full, reduced, dy, F);
        full.layers.forEach((block) => {
          expectClose(viewOf(moved, block), viewOf(dWeights, block), 1e-12);
        });

        reference.network.weights = full.layers.map((block) => Float64Array.from(viewOf(weights, block)));
        const first = new Float64Array(widths[1] * n);
        productT(first, reference.network.weights[0], moments.axes, widths[1], n, n);
        reference.network.weights[0] = first;
        const wanted = looked(reference);
        const test = testMomentsOf(data, moments);
        for (const [equations, state] of [
          [reduced, y],
          [full, weights],
        ] as const) {
          const found = observer(equations, moments, test, sends)(state);
          expect(
            distance(
              {
                trainLoss: found.trainLoss,
                testLoss: found.testLoss,
                WA: found.weightAlignment.total,
                GA: found.gradientAlignment.total,
                ...Object.fromEntries(found.weightAlignment.layers.map((one, l) => [`WA_${l + 1}`, one])),
                ...Object.fromEntries(found.gradientAlignment.layers.map((one, l) => [`GA_${l + 1}`, one])),
              },
              wanted,
            ),
          ).toBeLessThan(1e-12);
        }
      });
});

describe('training in ever smaller steps goes to the curve', () => {
  const TIMES = [0.4, 1.6];
  /** Trained full batch with η, η/2, η/4, …: errors of η, η², … are removed. */
  function extrapolated(given: Case): Record<string, number>[] {
    const runs = [40, 80, 160, 320, 640].map((steps) => {
      const reference = referenceOf(given);
      const rate = TIMES[0] / steps;
      const found: Record<string, number>[] = [];
      for (let i = 1; i <= Math.round(TIMES[1] / rate); i++) {
        step(reference.network, reference.rule, reference.feedback, reference.train, rate);
        if (TIMES.some((t) => Math.abs(t - i * rate) < rate / 2)) found.push(looked(reference));
      }
      return found;
    });
    let columns = runs;
    for (let power = 1; columns.length > 1; power++)
      columns = columns
        .slice(1)
        .map((finer, k) =>
          finer.map((one, i) =>
            Object.fromEntries(
              Object.entries(one).map(([key, value]) => [
                key,
                value + (value - columns[k][i][key]) / (2 ** power - 1),
              ]),
            ),
          ),
        );
    return columns[0];
  }

  const cases: Case[] = [
    ...RULES.map((rule): Case => ({ widths: [4, 5, 3, 2], rule, init: 'pytorch', count: 5 })),
    ...['dfa', 'fa', 'drtp'].map((rule): Case => ({ widths: [4, 3, 5, 2], rule, count: 5 })),
    { widths: [3, 4, 2], rule: 'drtp', init: 'he', count: 4 },
  ];
  for (const given of cases)
    it(`${given.rule} from ${given.init ?? 'zero'} weights`, () => {
      const curve = curveOf({ ...given, time: TIMES }, { rtol: 1e-11, atol: 1e-14 });
      expect(curve.stats.equations).toBe(given.init === undefined ? 'reduced' : 'full');
      extrapolated(given).forEach((wanted, i) => {
        expect(distance(observed(curve, i), wanted)).toBeLessThan(1e-6);
      });
    });
});

it('blocks stand one after the other', () => {
  expect(
    blocksOf([
      [2, 3],
      [1, 4],
    ]),
  ).toEqual([
    { from: 0, rows: 2, columns: 3 },
    { from: 6, rows: 1, columns: 4 },
  ]);
});

function expectClose(one: Float64Array, other: Float64Array, tolerance: number): void {
  expect(one.length).toBe(other.length);
  const size = other.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  one.forEach((x, i) => {
    expect(Math.abs(x - other[i])).toBeLessThanOrEqual(tolerance * size);
  });
}
