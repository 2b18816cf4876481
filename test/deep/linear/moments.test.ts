import { describe, expect, it } from 'vitest';
import { drawExamples, teacherLaw } from '../../../src/deep/data/drawn.ts';
import { rowsOf } from '../../../src/deep/data/examples.ts';
import { dataOf, type ExampleRows } from '../../../src/deep/data/index.ts';
import { momentsOf, testMomentsOf } from '../../../src/deep/linear/moments.ts';
import type { DataSpec } from '../../../src/deep/problem/index.ts';
import { resolveDeepProblem } from '../../../src/deep/problem/index.ts';
import { AlignodeError } from '../../../src/support/error.ts';
import { type Case, curveOf, distance, draw, examples, observed, problemOf, rows } from './cases.ts';

/** ½⟨|Cx − y|²⟩ and ⟨(Cx − y)(Cx − y)ᵀ⟩, example by example. */
function direct(C: Float64Array, { x, y, count, inputs, outputs }: ExampleRows): number[][] {
  const out = Array.from({ length: outputs }, () => new Array<number>(outputs).fill(0));
  for (let mu = 0; mu < count; mu++) {
    const e = Array.from({ length: outputs }, (_, k) => {
      let sum = -y[mu * outputs + k];
      for (let i = 0; i < inputs; i++) sum += C[k * inputs + i] * x[mu * inputs + i];
      return sum;
    });
    for (let a = 0; a < outputs; a++) for (let b = 0; b < outputs; b++) out[a][b] += (e[a] * e[b]) / count;
  }
  return out;
}

/** C in the axes of the moments. */
const inAxes = (C: Float64Array, axes: Float64Array, inputs: number, rank: number): Float64Array =>
  Float64Array.from({ length: (C.length / inputs) * rank }, (_, at) => {
    let sum = 0;
    for (let i = 0; i < inputs; i++)
      sum += C[Math.floor(at / rank) * inputs + i] * axes[i * rank + (at % rank)];
    return sum;
  });

const sets: Record<string, { x: number[][]; y: number[][] }> = {
  ordinary: examples(4, 2, 9),
  'fewer examples than inputs': examples(7, 2, 3),
  'one example': examples(3, 2, 1),
  'an input that is constant and one that is always zero': (({ x, y }) => ({
    x: x.map((r) => [...r, 2, 0]),
    y,
  }))(examples(3, 2, 8)),
  'an input twice': (({ x, y }) => ({ x: x.map((r) => [...r, r[0]]), y }))(examples(3, 3, 8)),
  'no inputs but zero': {
    x: [
      [0, 0],
      [0, 0],
    ],
    y: [
      [1, 2],
      [3, -1],
    ],
  },
  'no targets but zero': {
    x: [
      [1, 2],
      [0.5, 0],
    ],
    y: [
      [0, 0],
      [0, 0],
    ],
  },
};

describe('moments', () => {
  for (const [name, { x, y }] of Object.entries(sets))
    it(`${name}: ⟨eeᵀ⟩ of any map is that of its examples, on data trained on and on other`, () => {
      const train = rowsOf(x, y);
      const { inputs, outputs } = train;
      const other = examples(inputs, outputs, 6, 55);
      const test = rowsOf(other.x, other.y);
      const moments = momentsOf({ train, test }, true);
      const { rank, values, axes, target, residual } = moments;
      expect(rank).toBe(inputs);
      const C = draw(inputs * outputs, 1, 31);
      const Delta = inAxes(C, axes, inputs, rank).map((c, at) => c - target[at]);
      direct(C, train).forEach((row, a) => {
        row.forEach((wanted, b) => {
          let found = residual[a * outputs + b];
          for (let j = 0; j < rank; j++) found += Delta[a * rank + j] * values[j] * Delta[b * rank + j];
          expect(found).toBeCloseTo(wanted, 11);
        });
      });
      const { Sigma, cross, square } = testMomentsOf({ train, test }, moments) as NonNullable<
        ReturnType<typeof testMomentsOf>
      >;
      let found = square;
      for (let a = 0; a < outputs; a++)
        for (let j = 0; j < rank; j++) {
          found -= 2 * Delta[a * rank + j] * cross[a * rank + j];
          for (let k = 0; k < rank; k++)
            found += Delta[a * rank + j] * Sigma[j * rank + k] * Delta[a * rank + k];
        }
      expect(found).toBeCloseTo(
        direct(C, test).reduce((sum, row, a) => sum + row[a], 0),
        10,
      );
      // Axes of no variance are left out where weights start from zero; no variance is below that of rounding.
      const some = momentsOf({ train, test }, false);
      expect(some.rank).toBe(values.filter((value) => value > 0).length);
      for (const value of some.values) expect(value).toBeGreaterThan(1e-13 * values[0]);
      expect(Array.from(residual).every((r, at) => Math.abs(r - some.residual[at]) < 1e-13)).toBe(true);
    });

  it('ranks are exact', () => {
    const rankOf = (name: string) => momentsOf({ train: rowsOf(sets[name].x, sets[name].y) }, false).rank;
    expect(rankOf('ordinary')).toBe(4);
    expect(rankOf('fewer examples than inputs')).toBe(3);
    expect(rankOf('one example')).toBe(1);
    expect(rankOf('an input that is constant and one that is always zero')).toBe(4);
    expect(rankOf('an input twice')).toBe(3);
    expect(rankOf('no inputs but zero')).toBe(0);
  });

  it('axes of equal variance are turned to the targets: Σ_x and T stay as they are, to the last zero', () => {
    const T = rows(draw(10, 1, 5), 5);
    for (const covariance of [undefined, [2, 2, 1, 1, 1], [0, 1, 1, 0, 3], [0, 0, 0, 0, 0]]) {
      const law = teacherLaw({ set: 'linear-teacher', T, ...(covariance && { covariance }) }, []);
      const { rank, values, axes, target } = momentsOf({ train: law }, true);
      for (let i = 0; i < 5; i++)
        for (let k = 0; k < 5; k++) {
          let [one, Sigma] = [0, 0];
          for (let j = 0; j < rank; j++) {
            one += axes[i * rank + j] * axes[k * rank + j];
            Sigma += axes[i * rank + j] * values[j] * axes[k * rank + j];
          }
          expect(one).toBeCloseTo(i === k ? 1 : 0, 13);
          expect(Sigma).toBeCloseTo(law.Sigma[i * 5 + k], 13);
        }
      const wanted = inAxes(law.T, axes, 5, rank).map((t, at) => (values[at % rank] === 0 ? 0 : t));
      wanted.forEach((t, at) => {
        expect(target[at]).toBeCloseTo(t, 13);
      });
      if (covariance === undefined)
        expect(Array.from(target.subarray(1, 5)).concat(Array.from(target.subarray(7)))).toEqual(
          new Array(7).fill(0),
        );
    }
  });
});

describe('laws', () => {
  const T = [
    [0.7, -0.4, 0.2],
    [0.1, 0.6, -0.5],
  ];
  const law: DataSpec = {
    set: 'linear-teacher',
    T,
    covariance: [
      [1, 0.3, 0],
      [0.3, 0.8, 0.1],
      [0, 0.1, 0.6],
    ],
    noise: 0.4,
  };

  for (const [rule, init] of [
    ['dfa', 'zero'],
    ['fa', 'pytorch'],
  ] as const)
    it(`many examples are as the law (${rule})`, () => {
      const one: Case = { widths: [3, 5, 4, 2], rule, init, time: [1, 3, 10] };
      const limit = curveOf({ ...one, data: law });
      expect(distance({ loss: limit.testLoss[2] }, { loss: limit.trainLoss[2] })).toBeLessThan(1e-12);
      const deviationOf = (count: number): number => {
        const drawn = curveOf({ ...one, data: { ...law, examples: count, seed: 8 } });
        return Math.max(...[0, 1, 2].map((i) => distance(observed(drawn, i), observed(limit, i))));
      };
      const [few, many] = [deviationOf(100), deviationOf(40_000)];
      expect(many).toBeLessThan(0.05);
      expect(many).toBeLessThan(few / 4);
    });

  it('the loss on the law is the mean over a large test set', () => {
    const one: Case = {
      widths: [3, 5, 2],
      rule: 'dfa',
      time: [0, 2, 40],
      data: { ...law, examples: 12, seed: 5 },
    };
    const byLaw = curveOf(one);
    const { train } = dataOf(resolveDeepProblem(problemOf(one)));
    const { x, y, count } = train as ExampleRows;
    const large = drawExamples(teacherLaw({ ...law, T } as never, []), 40_000, 77);
    const drawn = curveOf({
      ...one,
      data: {
        train: { x: rows(x, 3), y: rows(y, 2) },
        test: { x: rows(large.x, 3), y: rows(large.y, 2) },
      },
    });
    expect(count).toBe(12);
    for (let i = 0; i < 3; i++) {
      expect(drawn.trainLoss[i]).toBeCloseTo(byLaw.trainLoss[i], 12);
      // ½|e|² of normal e has a deviation of about its mean: five of the mean of 40,000.
      expect(Math.abs(drawn.testLoss[i] / byLaw.testLoss[i] - 1)).toBeLessThan(5 / 200);
    }
    // Twelve examples are learned too well.
    expect(byLaw.testLoss[2]).toBeGreaterThan(1.1 * byLaw.trainLoss[2]);
  });

  it('targets that are noise alone: no linear map has anything to learn but of the examples', () => {
    const data: DataSpec = { set: 'gaussian', inputs: 4, examples: 40, alpha: 2, beta: 0.5, seed: 3 };
    const curve = curveOf({ widths: [4, 5, 2], rule: 'dfa', time: [0, 3, 100], data });
    expect(curve.testLoss[0]).toBeCloseTo(0.5 * (1 + 4), 12);
    expect(curve.testLoss[2]).toBeGreaterThan(curve.testLoss[0]);
    expect(curve.trainLoss[2]).toBeLessThan(curve.trainLoss[0]);
  });
});

describe('problems at the edge', () => {
  const RULES = ['bp', 'fa', 'dfa', 'ifa', 'drtp'];

  for (const rule of RULES)
    for (const init of ['zero', 'pytorch'] as const)
      for (const [name, { x, y }] of Object.entries(sets))
        it(`${rule}, ${init}, ${name}`, () => {
          const time = [0, 1e-12, 1, rule === 'drtp' ? 1.1 : 1e3];
          const widths = [x[0].length, 3, 4, y[0].length];
          const curve = curveOf({ widths, rule, init, time, data: { train: { x, y } } });
          expect(curve.time).toEqual(time);
          for (const loss of curve.trainLoss) expect(Number.isFinite(loss)).toBe(true);
          for (const loss of curve.testLoss) expect(loss).toBeNaN();
          const still = init === 'zero' && (name.startsWith('no ') || rule === 'bp' || rule === 'ifa');
          if (still && rule !== 'drtp') expect(curve.trainLoss[3]).toBe(curve.trainLoss[0]);
          else expect(curve.trainLoss[3]).toBeLessThanOrEqual(curve.trainLoss[0]);
        });

  for (const rule of RULES)
    for (const init of ['zero', 'pytorch'] as const)
      it(`${rule}, ${init}, a hidden layer of one unit below two outputs`, () => {
        const one: Case = { widths: [4, 5, 1, 3, 2], rule, init, time: [0.01, 1, 2] };
        const curve = curveOf(one, { rtol: 1e-11, atol: 1e-14 });
        for (const loss of curve.trainLoss) expect(Number.isFinite(loss)).toBe(true);
        if (curve.stats.equations === 'full') return;
        const full = curveOf(one, { rtol: 1e-11, atol: 1e-14, equations: 'full' });
        for (const i of [0, 1, 2]) expect(distance(observed(curve, i), observed(full, i))).toBeLessThan(1e-8);
      });

  it('what a narrow layer does not see of the error does not grow for ever', () => {
    const curve = curveOf({ widths: [4, 1, 5, 2], rule: 'dfa', time: [10, 20, 40] });
    const [early, late] = [0, 2].map((i) => Math.hypot(...(curve.alignmentMatrices?.[i].flat(2) ?? [])));
    expect(late / early).toBeLessThan(1.5);
  });

  it('no hidden layer: the regression of every rule', () => {
    for (const rule of RULES) {
      const curve = curveOf({ widths: [4, 2], rule, time: [0, 1, 1e6] });
      const residual = momentsOf({ train: rowsOf(examples(4, 2, 9).x, examples(4, 2, 9).y) }, true).residual;
      expect(curve.trainLoss[2]).toBeCloseTo((residual[0] + residual[3]) / 2, 12);
      expect(curve.gradientAlignment.total[1]).toBeNaN();
    }
  });

  it('one number everywhere: C = a³ with dA_1/dt = −E', () => {
    const curve = curveOf({
      widths: [1, 1, 1],
      rule: 'dfa',
      time: [0, 1e-12, 1, 1e300],
      data: { train: { x: [[1]], y: [[1]] } },
      feedback: { matrices: [[[1]]] },
    });
    expect(curve.alignmentMatrices?.[3][0][0][0]).toBeCloseTo(2 ** (2 / 3) / 2, 7);
    expect(curve.weightAlignment.layers[3]).toEqual([Number.NaN, 1]);
    expect(curve.gradientAlignment.layers[3]).toEqual([1, Number.NaN]);
    expect(curve.trainLoss[3]).toBe(0);
  });

  it('a start at time 0 alone', () => {
    expect(curveOf({ widths: [4, 3, 2], rule: 'dfa', time: [0] }).stats.steps).toBe(0);
  });

  it('many small problems: numbers, or an error that says why', () => {
    const pick = (k: number, i: number, most: number): number =>
      Math.floor(Math.abs(draw(8, 1, 900 + k)[i]) * 1000) % most;
    const failed: Record<string, number> = {};
    for (let k = 0; k < 100; k++) {
      const rule = RULES[pick(k, 0, 5)];
      const L = 1 + pick(k, 1, 5);
      const widths = Array.from({ length: L + 1 }, (_, i) => 1 + pick(k + 500, i, 5));
      const size = [1, 1e-6, 1e3, 1][pick(k, 2, 4)];
      const raw = examples(widths[0], widths[L], 1 + pick(k, 3, 6), k);
      const data = {
        train: { x: raw.x.map((row) => row.map((value) => value * size)), y: raw.y },
      };
      const one: Case = {
        widths,
        rule,
        data,
        init: (['zero', 'pytorch', 'he', { normal: 2 }] as const)[pick(k, 4, 4)],
        feedback: { draw: (['normal', 'uniform', 'sign'] as const)[pick(k, 5, 3)], seed: k },
        time: [0, 1e-12, 1, [3, 10, 1e4, 1e-9][pick(k, 6, 4)] + 1.5],
      };
      const label = JSON.stringify({ ...one, data: size });
      try {
        const curve = curveOf(one, { maxSteps: 500 });
        for (let i = 0; i < 4; i++) {
          const { trainLoss, WA, GA } = observed(curve, i);
          expect(trainLoss, label).toBeGreaterThanOrEqual(0);
          expect(trainLoss, label).toBeLessThan(Number.POSITIVE_INFINITY);
          if (L === 1) expect([WA, GA], label).toEqual([Number.NaN, Number.NaN]);
          else if (i > 0 && one.init !== 'zero') {
            expect(Math.abs(GA), label).toBeLessThanOrEqual(1);
            if (rule === 'dfa' || rule === 'fa' || rule === 'drtp')
              expect(Math.abs(WA), label).toBeLessThanOrEqual(1);
          }
        }
      } catch (error) {
        if (!(error instanceof AlignodeError)) throw error;
        failed[error.code] = (failed[error.code] ?? 0) + 1;
        expect(['diverged', 'too-many-steps', 'not-finite'], `${label}: ${error.message}`).toContain(
          error.code,
        );
      }
    }
    expect(Object.values(failed).reduce((sum, n) => sum + n, 0)).toBeLessThan(40);
  });
});
