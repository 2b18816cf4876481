import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { activations, integrate, type Problem, resolveProblem, units } from '../../../src/index.ts';
import { pack } from '../../../src/shallow/problem/index.ts';
import { observer } from '../../../src/shallow/theory/index.ts';
import { twelveProblems } from '../../support/twelveProblems.ts';
import { normalRows, normalVector, studentOf, teacherOf, unitVectors } from '../../support/weights.ts';

const names = Object.keys(activations);

const students = normalRows(3, 5, 31, 0.4);
const teachers = normalRows(2, 5, 32, 0.5);
const problem = (activation: string, rest: Partial<Problem> = {}): Problem => ({
  activation,
  rule: 'dfa',
  learningRate: 0.3,
  noise: 0.4,
  teacher: teacherOf(teachers, [1.2, -0.5]),
  student: studentOf(students, teachers, [0.7, -0.9, 0.4]),
  feedback: [1.1, 0.3, 0.8],
  alpha: [0, 1, 10],
  ...rest,
});
const measure = (p: Problem) => {
  const resolved = resolveProblem(p);
  return observer(resolved)(pack(resolved));
};

describe.each(names)('%s', (activation) => {
  const SAMPLES = 100_000;
  const { g, dg } = activations[activation];
  const p = resolveProblem(problem(activation));
  const F = p.feedback as number[];
  const { v } = p.student;
  const noise = normalVector(SAMPLES, 33, p.noise);
  const inputs = normalVector(5 * SAMPLES, 34);
  const dot = (w: number[], at: number): number => w.reduce((sum, wi, i) => sum + wi * inputs[at + i], 0);

  /** One sample of ½e², without the noise, and of [Σ v F g'²e², Σ v² g'²e², Σ F² g'²e²] with it. */
  const sample = (i: number): [number, number, number, number] => {
    const lambda = students.map((w) => dot(w, 5 * i));
    const output = lambda.reduce((sum, l, k) => sum + v[k] * g(l), 0);
    const e = output - teachers.reduce((sum, w, m) => sum + p.teacher.A[m] * g(dot(w, 5 * i)), 0);
    const power = lambda.map((l) => (dg(l) * (e - noise[i])) ** 2);
    const sum = (weight: (k: number) => number): number => power.reduce((s, x, k) => s + weight(k) * x, 0);
    return [0.5 * e * e, sum((k) => v[k] * F[k]), sum((k) => v[k] ** 2), sum((k) => F[k] ** 2)];
  };
  const samples = Array.from({ length: SAMPLES }, (_, i) => sample(i));
  const mean = [0, 1, 2, 3].map((c) => samples.reduce((sum, s) => sum + s[c], 0) / SAMPLES);

  test('eg is the mean of half the squared error without noise, within five standard errors', () => {
    const { eg } = measure(p);
    const variance = samples.reduce((sum, s) => sum + (s[0] - eg) ** 2, 0) / SAMPLES;
    expect(Math.abs(mean[0] - eg) / Math.sqrt(variance / SAMPLES)).toBeLessThan(5);
  });

  test('the update alignment is the cosine of sampled updates, within five standard errors', () => {
    const cosine = mean[1] / Math.sqrt(mean[2] * mean[3]);
    // The error of a ratio of means, to first order.
    const variance =
      samples.reduce(
        (sum, s) => sum + (cosine * (s[1] / mean[1] - s[2] / mean[2] / 2 - s[3] / mean[3] / 2)) ** 2,
        0,
      ) / SAMPLES;
    // For linear units every sample gives the same cosine, and rounding is all there is.
    const error = Math.sqrt(variance / SAMPLES) + 1e-12;
    expect(error).toBeLessThan(0.01);
    expect(Math.abs(measure(p).updateAlignment - cosine) / error).toBeLessThan(5);
  });

  test('both alignments are 1 for F along v and −1 against it', () => {
    for (const [c, expected] of [
      [3, 1],
      [-0.2, -1],
    ]) {
      const aligned = measure(problem(activation, { feedback: v.map((x) => c * x) }));
      expect(aligned.updateAlignment).toBeCloseTo(expected, 14);
      expect(aligned.weightAlignment).toBeCloseTo(expected, 14);
    }
  });
});

test('the weight alignment is the cosine between v and F; BP without feedback is aligned with itself', () => {
  expect(measure(problem('erf')).weightAlignment).toBeCloseTo(
    (0.7 * 1.1 - 0.9 * 0.3 + 0.4 * 0.8) / Math.hypot(0.7, 0.9, 0.4) / Math.hypot(1.1, 0.3, 0.8),
    14,
  );
  const { feedback: _none, ...bp } = problem('erf', { rule: 'bp' });
  expect(integrate(bp).updateAlignment).toEqual([1, 1, 1]);
  const silent = problem('erf', { student: studentOf(students, teachers, [0, 0, 0]) });
  expect(integrate({ ...silent, alpha: [0] }).weightAlignment[0]).toBeNaN();
});

describe('eg', () => {
  test.each(twelveProblems)('is never negative: %s', (_name, p) => {
    for (const eg of integrate({ ...p, alpha: { from: 0.01, to: 30, points: 60 } }).eg)
      expect(eg).toBeGreaterThanOrEqual(0);
  });

  const matched = (activation: string, rule: string): Problem => {
    const T = unitVectors(2, 4);
    return {
      activation,
      rule,
      learningRate: 0.3,
      teacher: teacherOf(T, [1, 0.8]),
      student: studentOf(
        [
          [0.5, 0.1, 0.2, 0],
          [0, 0.4, -0.3, 0.2],
        ],
        T,
        [0.5, 0.4],
      ),
      feedback: [1.2, 0.7],
      alpha: [200, 400, 600],
    };
  };

  test.each([
    ['erf', 'bp'],
    ['erf', 'dfa'],
    ['linear', 'bp'],
    ['relu', 'bp'],
    ['relu', 'dfa'],
  ])('is known to within egFloor near perfect learning: %s, %s', (activation, rule) => {
    const p = matched(activation, rule);
    const tight = integrate(p, { rtol: 1e-13, atol: 1e-16 });
    for (const rtol of [1e-6, 1e-9]) {
      const loose = integrate(p, { rtol });
      const off = Math.max(...loose.eg.map((eg, i) => Math.abs(eg - tight.eg[i])));
      expect(off).toBeLessThanOrEqual(loose.stats.egFloor + tight.stats.egFloor);
      expect(loose.stats.egFloor).toBeLessThan(100 * rtol);
    }
    expect(tight.eg[0]).toBeLessThan(1e-3);
  });
});

test('units tell the length, the overlaps, the nearest teacher, the alignment and the drive of each unit', () => {
  const T = unitVectors(2, 3).map((w, m) => w.map((x) => x * (m + 1)));
  const p = problem('erf', {
    teacher: teacherOf(T, [1, 1]),
    student: studentOf(
      [
        [3, 0, 4],
        [0, -2, 0],
        [0, 0, 0],
      ],
      T,
      [1, -1, 0.5],
    ),
    feedback: [2, 2, 2],
  });
  const [first, second, third] = units(p);
  expect(first.length).toBe(5);
  expect(first.overlap[0]).toBeCloseTo(0.6, 15);
  expect(first.overlap[1]).toBe(0);
  expect([first.nearest, second.nearest, third.nearest]).toEqual([0, 1, -1]);
  expect(second.overlap[0]).toBeCloseTo(0, 15);
  expect(second.overlap[1]).toBeCloseTo(-1, 15);
  expect([first.aligned, second.aligned, third.aligned]).toEqual([true, false, true]);
  expect(third.overlap[0]).toBeNaN();
  expect(first.errorPower).toBeCloseTo(measure(p).errorPower[0], 15);
  const later = units(
    p,
    studentOf(
      [
        [0, 1, 0],
        [1, 0, 0],
        [1, 0, 0],
      ],
      T,
      [3, -1, 1],
    ),
  );
  expect(later.map(({ nearest }) => nearest)).toEqual([1, 0, 0]);
  expect(later.map(({ v }) => v)).toEqual([3, -1, 1]);
});

describe('invariances of the whole curve', () => {
  const permute = <T>(x: T[], order: number[]): T[] => order.map((i) => x[i]);
  const build = (
    activation: string,
    rule: string,
    W: number[][],
    v: number[],
    F: number[],
    Wt: number[][],
    A: number[],
  ): Problem => ({
    activation,
    rule,
    learningRate: 0.2,
    noise: 0.1,
    teacher: teacherOf(Wt, A),
    student: studentOf(W, Wt, v),
    feedback: F,
    alpha: [0, 0.5, 3],
  });
  const arbitrary = fc.record({
    seed: fc.integer({ min: 1, max: 1e6 }),
    // Those whose curves stay bounded at this rate.
    activation: fc.constantFrom('erf', 'linear', 'relu'),
    rule: fc.constantFrom('bp', 'dfa'),
    studentOrder: fc.shuffledSubarray([0, 1, 2], { minLength: 3 }),
    teacherOrder: fc.shuffledSubarray([0, 1], { minLength: 2 }),
    signs: fc.array(fc.constantFrom(-1, 1), { minLength: 3, maxLength: 3 }),
    scales: fc.array(fc.double({ min: 0.5, max: 2, noNaN: true }), { minLength: 3, maxLength: 3 }),
  });
  const draw = (seed: number) => ({
    W: normalRows(3, 5, seed, 0.3),
    Wt: normalRows(2, 5, seed + 1, 0.4),
    v: normalVector(3, seed + 2, 0.7),
    F: normalVector(3, seed + 3),
    A: normalVector(2, seed + 4),
  });
  const same = (p: Problem, q: Problem): void => {
    const a = integrate(p, { rtol: 1e-11 }).eg;
    integrate(q, { rtol: 1e-11 }).eg.forEach((eg, i) => {
      expect(Math.abs(eg - a[i])).toBeLessThan(1e-9 * Math.max(...a));
    });
  };

  test('permuting students or teachers leaves eg alone', () => {
    fc.assert(
      fc.property(arbitrary, ({ seed, activation, rule, studentOrder: s, teacherOrder: t }) => {
        const { W, Wt, v, F, A } = draw(seed);
        same(
          build(activation, rule, W, v, F, Wt, A),
          build(activation, rule, permute(W, s), permute(v, s), permute(F, s), permute(Wt, t), permute(A, t)),
        );
      }),
      { numRuns: 30, seed: 1 },
    );
  });

  test('flipping the signs of units leaves eg alone for erf and linear', () => {
    fc.assert(
      fc.property(arbitrary, ({ seed, activation, rule, signs: s }) => {
        const odd = activation === 'relu' ? 'erf' : activation;
        const { W, Wt, v, F, A } = draw(seed);
        const flip = (x: number[]): number[] => x.map((xk, k) => s[k] * xk);
        const flipped = W.map((row, k) => row.map((x) => s[k] * x));
        same(build(odd, rule, W, v, F, Wt, A), build(odd, rule, flipped, flip(v), flip(F), Wt, A));
      }),
      { numRuns: 30, seed: 2 },
    );
  });

  test('rescaling units of a relu student leaves its error alone, and that of a relu teacher the whole curve', () => {
    fc.assert(
      fc.property(arbitrary, ({ seed, rule, scales: c }) => {
        const { W, Wt, v, F, A } = draw(seed);
        const p = build('relu', rule, W, v, F, Wt, A);
        const scaled = W.map((row, k) => row.map((x) => c[k] * x));
        const there = measure(
          build(
            'relu',
            rule,
            scaled,
            v.map((x, k) => x / c[k]),
            F,
            Wt,
            A,
          ),
        );
        expect(Math.abs(there.eg - measure(p).eg)).toBeLessThan(1e-13 * (1 + there.eg));
        same(
          p,
          build(
            'relu',
            rule,
            W,
            v,
            F,
            Wt.map((row, m) => row.map((x) => c[m] * x)),
            A.map((a, m) => a / c[m]),
          ),
        );
      }),
      { numRuns: 20, seed: 3 },
    );
  });

  test('one scale for the whole relu network, rates scaled with it, leaves the curve alone', () => {
    // W → cW, v → v/c, f → f/c with η₁ → c²η₁ and η₂ → η₂/c²: the same steps in other units.
    const c = 1.7;
    const { W, Wt, v, F, A } = draw(9);
    for (const rule of ['bp', 'dfa']) {
      const p = build('relu', rule, W, v, F, Wt, A);
      const q = build(
        'relu',
        rule,
        W.map((row) => row.map((x) => c * x)),
        v.map((x) => x / c),
        F.map((x) => x / c),
        Wt,
        A,
      );
      same(p, { ...q, learningRate: 0.2 * c ** 2, secondLayerRate: 0.2 / c ** 2 });
    }
  });
});
