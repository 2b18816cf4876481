import { describe, expect, it } from 'vitest';
import { dataOf } from '../../../src/deep/data/index.ts';
import { earlyPowers } from '../../../src/deep/linear/early.ts';
import { viewOf } from '../../../src/deep/linear/equations.ts';
import { momentsOf } from '../../../src/deep/linear/moments.ts';
import { reducedEquations } from '../../../src/deep/linear/reduced.ts';
import type { FeedbackSpec } from '../../../src/deep/problem/index.ts';
import { feedbackOf, resolveDeepProblem } from '../../../src/deep/problem/index.ts';
import { tProduct } from '../../../src/numbers/matrix.ts';
import { type Case, curveOf, distance, draw, observed, problemOf, rows } from './cases.ts';

const FINE = { rtol: 1e-12, atol: 1e-15 };

const WIDTHS: Record<number, number[]> = {
  2: [5, 7, 3],
  3: [5, 3, 8, 2],
  4: [4, 9, 3, 6, 2],
  5: [6, 3, 7, 4, 5, 2],
  6: [4, 5, 3, 6, 2, 7, 2],
};

/** F_l of every hidden layer, of columns of length 1 or so. */
const given = (widths: number[]): FeedbackSpec => {
  const m = widths[widths.length - 1];
  return {
    matrices: widths.slice(1, -1).map((n, i) => rows(draw(n * m, 1.2 / Math.sqrt(n), 40 + i), m)),
  };
};

const FEEDBACKS: Record<string, (widths: number[]) => FeedbackSpec> = {
  normal: () => ({ draw: 'normal', seed: 5 }),
  uniform: () => ({ draw: 'uniform', seed: 5 }),
  given,
  orthogonal: () => ({ draw: 'orthogonal', seed: 5 }),
};

describe('the reduced equations have the curve of the full ones', () => {
  const cases: [name: string, rule: string, L: number, time: number[]][] = [
    ...[2, 3, 4, 5, 6].map((L): [string, string, number, number[]] => [
      'normal',
      'dfa',
      L,
      [1e-3, 0.5, 3, 20],
    ]),
    ['uniform', 'dfa', 3, [1e-3, 2, 30]],
    ['given', 'dfa', 4, [1e-3, 1, 10]],
    ['orthogonal', 'dfa', 4, [1e-3, 1, 10]],
    ['normal', 'fa', 2, [1e-3, 1, 10]],
    ['uniform', 'fa', 3, [1e-3, 5, 30]],
    ['normal', 'fa', 4, [1e-3, 1, 10]],
    ['normal', 'drtp', 2, [1e-3, 1, 4]],
    ['given', 'drtp', 4, [1e-3, 0.5, 1]],
    ['orthogonal', 'drtp', 5, [1e-3, 0.4, 0.7]],
  ];
  for (const [name, rule, L, time] of cases)
    it(`${rule}, ${name} feedback, ${L} layers`, () => {
      const widths = WIDTHS[L];
      const one: Case = { widths, rule, time: [0, ...time], feedback: FEEDBACKS[name](widths) };
      const reduced = curveOf(one, FINE);
      const full = curveOf(one, { ...FINE, equations: 'full' });
      expect(reduced.stats.equations).toBe('reduced');
      expect(full.stats.equations).toBe('full');
      expect(full.alignmentMatrices).toBeNull();
      expect(reduced.alignmentMatrices?.map((A) => A.length)).toEqual(time.concat(0).map(() => L - 1));
      for (let i = 0; i <= time.length; i++)
        expect(distance(observed(reduced, i), observed(full, i))).toBeLessThan(1e-9);
      // What is asked for does not change what comes before it.
      expect(observed(reduced, 0).WA).toBeNaN();
      expect(observed(reduced, 1).WA).toBeGreaterThan(0);
    });

  it('FA is DFA with the products of its matrices', () => {
    const widths = [5, 4, 3, 2];
    const B1 = draw(12, 0.6, 60);
    const B2 = draw(6, 0.6, 61);
    const F1 = Float64Array.from({ length: 8 }, (_, at) => {
      const [i, j] = [at >> 1, at % 2];
      return B1[i * 3] * B2[j] + B1[i * 3 + 1] * B2[2 + j] + B1[i * 3 + 2] * B2[4 + j];
    });
    const time = [0.01, 1, 8];
    const fa = curveOf(
      { widths, rule: 'fa', time, feedback: { matrices: [rows(B1, 3), rows(B2, 2)] } },
      FINE,
    );
    const dfa = curveOf(
      { widths, rule: 'dfa', time, feedback: { matrices: [rows(F1, 2), rows(B2, 2)] } },
      FINE,
    );
    time.forEach((_, i) => {
      expect(distance(observed(fa, i), observed(dfa, i))).toBeLessThan(1e-12);
    });
  });

  it('orthogonal feedback is the ideal one', () => {
    const one: Case = { widths: [4, 9, 3, 6, 2], rule: 'dfa', time: [1e-3, 1, 10] };
    const orthogonal = curveOf({ ...one, feedback: { draw: 'orthogonal', seed: 9 } }, FINE);
    const ideal = curveOf({ ...one, feedback: { draw: 'ideal' } }, FINE);
    for (let i = 0; i < 3; i++)
      expect(distance(observed(orthogonal, i), observed(ideal, i))).toBeLessThan(1e-10);
  });

  it('the scale of the feedback scales time and weights alone, also where A_l are 1e12', () => {
    const one: Case = { widths: [4, 5, 2], rule: 'dfa' };
    const unit = curveOf({ ...one, time: [1], feedback: { draw: 'normal', scale: 1, seed: 2 } });
    // C = A_2 G A_1 with G ∝ s²: t and A_1 go as s^{−2/3}, A_2 as its square.
    const s = 1e-9;
    const small = curveOf({ ...one, time: [1e6], feedback: { draw: 'normal', scale: s, seed: 2 } });
    expect(distance(observed(small), observed(unit))).toBeLessThan(1e-7);
  });
});

describe('early times', () => {
  it('the powers solve the equations in which e = −y, also where a layer is narrow', () => {
    const widths = [4, 5, 3, 2, 6, 3];
    const resolved = resolveDeepProblem(problemOf({ widths, rule: 'dfa' }));
    const moments = momentsOf(dataOf(resolved), false);
    const G = (feedbackOf(resolved) ?? []).map((F, i) => {
      const out = new Float64Array(9);
      tProduct(out, F, F, 3, widths[i + 1], 3);
      return out;
    });
    const { kind, layers, error, size, motion } = reducedEquations(moments, G, 'error');
    expect(kind).toBe('reduced');
    const { at, until } = earlyPowers(moments, G);
    for (const t of [0.3, 1.7]) {
      const { matrices, map } = at(t);
      const y = new Float64Array(size);
      layers.forEach((block, l) => {
        viewOf(y, block).set(matrices[l]);
      });
      viewOf(y, error).set(moments.target.map((x) => -x));
      const dy = new Float64Array(size);
      motion(y, dy);
      [...layers, error].forEach((block, l) => {
        const [X, p] = l < layers.length ? [matrices[l], 2 ** l] : [map, 31];
        const most = X.reduce((all, x) => Math.max(all, Math.abs(x)), 0);
        X.forEach((x, i) => {
          expect(Math.abs((dy[block.from + i] * t) / p - x)).toBeLessThan(1e-12 * most);
        });
      });
    }
    // C is 1e-18 of T̂ there, in the units of the inputs.
    const sizeOf = (X: Float64Array): number =>
      Math.max(...X.map((x, i) => Math.abs(x) * Math.sqrt(moments.values[i % moments.rank])));
    expect(sizeOf(at(until).map) / sizeOf(moments.target) / 1e-18).toBeCloseTo(1, 10);
  });

  it('alignments are those of the powers, from the first moment and however deep', () => {
    for (const L of [2, 3, 6, 12]) {
      const widths = [4, ...new Array<number>(L - 1).fill(5), 2];
      const time = [1e-290, 1e-100, 1e-12, 1e-6, 0.01];
      const curve = curveOf({ widths, rule: 'dfa', time, feedback: { draw: 'normal', seed: 4 } });
      for (let i = 1; i < time.length; i++) {
        const [one, other] = [observed(curve, i - 1), observed(curve, i)];
        for (const key of Object.keys(one))
          if (Number.isNaN(other[key])) expect(one[key]).toBeNaN();
          // W_3 is t² times as large as W_2, and C is W_2 W_1 for two layers, t³.
          else
            expect(Math.abs(one[key] - other[key]), `${L} ${key} ${time[i]}`).toBeLessThan(
              20 * time[i] ** 2 + 1e-12,
            );
      }
      const first = observed(curve, 0);
      expect(first.WA).toBeGreaterThan(0);
      expect(first.GA).toBeGreaterThan(0);
    }
  });

  it('small layers are as exact as large ones', () => {
    const one: Case = {
      widths: [6, 5, 4, 4, 4, 3],
      rule: 'dfa',
      time: { from: 0.1, to: 2, points: 20, scale: 'log' },
    };
    const curve = curveOf(one);
    const exact = curveOf(one, FINE);
    const sizes = (exact.alignmentMatrices ?? []).map((layers) =>
      layers.map((A) => Math.max(...A.flat().map(Math.abs))),
    );
    expect(Math.min(...sizes.flat())).toBeLessThan(1e-9);
    curve.alignmentMatrices?.forEach((layers, i) => {
      layers.forEach((A, l) => {
        const [found, right] = [A, exact.alignmentMatrices?.[i][l] ?? []].map((one) => one.flat());
        const error = Math.max(...found.map((x, at) => Math.abs(x - right[at])));
        expect(error / sizes[i][l]).toBeLessThan(1e-8);
      });
    });
  });

  it('twelve layers go on from the powers as the full equations do', () => {
    const widths = [2, ...new Array<number>(11).fill(3), 2];
    const one: Case = { widths, rule: 'dfa', time: [1, 2, 4], feedback: { draw: 'orthogonal', seed: 4 } };
    const reduced = curveOf(one, { rtol: 1e-11, atol: 1e-14 });
    const full = curveOf(one, { rtol: 1e-11, atol: 1e-14, equations: 'full' });
    for (let i = 0; i < 3; i++) expect(distance(observed(reduced, i), observed(full, i))).toBeLessThan(1e-7);
  });
});
