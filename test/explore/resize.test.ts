import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { resolveProblem } from '../../src/index.ts';
import { problemOf, unitsOf } from '../../src/web/state/problem.ts';
import { resized } from '../../src/web/state/resize.ts';
import { FIRST, MOST_UNITS, type State } from '../../src/web/state/state.ts';

const units = fc.integer({ min: 1, max: MOST_UNITS });
const tenths = fc.integer({ min: -20, max: 20 }).map((n) => n / 10);
const list = (length: number) => fc.array(tenths, { minLength: length, maxLength: length });
const seed = fc.integer({ min: 0, max: 1e6 });
const secondLayer = fc.constantFrom('ones', 'normal');

/** Overlaps of weights, so that there are weights that have them. In few dimensions T may be singular. */
const given = (K: number, M: number) =>
  fc
    .integer({ min: 1, max: K + M + 1 })
    .chain((d) => fc.array(list(d), { minLength: K + M, maxLength: K + M }))
    .map((W) => {
      const C = W.map((a) => W.map((b) => a.reduce((sum, x, i) => sum + x * b[i], 0)));
      return {
        Q: C.slice(0, K).map((row) => row.slice(0, K)),
        R: C.slice(0, K).map((row) => row.slice(K)),
        T: C.slice(K).map((row) => row.slice(K)),
      };
    });

const problems = fc.tuple(units, units).chain(([K, M]) =>
  fc
    .record({
      overlaps: given(K, M),
      A: list(M),
      v: list(K),
      F: list(K),
      N: fc.integer({ min: K + M, max: K + M + 20 }),
      sigma: fc.constantFrom(0, 0.01, 1),
      seed,
      secondLayer,
      parts: fc.constantFrom('given', 'student drawn', 'drawn'),
      feedback: fc.constantFrom('typed', 'none', 'normal', 'uniform', 'positive', 'orthogonal', 'matched'),
      byHand: fc.boolean(),
      pair: fc.tuple(fc.nat(K - 1), fc.nat(K - 1)),
    })
    .map((one): State => {
      const { Q, R, T } = one.overlaps;
      const draw = { N: one.N, seed: one.seed, secondLayer: one.secondLayer as 'ones' | 'normal' };
      const law = { draw: one.feedback as 'normal', seed: one.seed };
      const feedback = one.feedback === 'typed' ? one.F : one.feedback === 'none' ? undefined : law;
      return {
        ...FIRST,
        problem: {
          activation: 'erf',
          rule: feedback ? 'dfa' : 'bp',
          learningRate: 0.1,
          teacher: one.parts === 'drawn' ? { draw: { ...draw, M } } : { T, A: one.A },
          student: one.parts === 'given' ? { Q, R, v: one.v } : { draw: { ...draw, K, sigma: one.sigma } },
          ...(feedback && { feedback }),
          alpha: [1],
        },
        ...(one.byHand && { v: one.v }),
        view: { pair: one.pair },
      };
    }),
);

const isValid = (state: State): boolean => {
  try {
    resolveProblem(problemOf(state));
    return true;
  } catch {
    return false;
  }
};
const valid = problems.filter(isValid);
const changes = fc.array(
  fc.oneof(
    units.map((K) => ({ K })),
    units.map((M) => ({ M })),
    fc.record({ K: units, M: units }),
  ),
  { minLength: 1, maxLength: 4 },
);

describe('other numbers of units', () => {
  test('make of every valid state another that is, with as many units as were asked for', () => {
    fc.assert(
      fc.property(valid, changes, (start, asked) => {
        let state = start;
        for (const one of asked) {
          const before = unitsOf(state.problem);
          ({ state } = resized(state, one));
          const { teacher, student, feedback } = resolveProblem(problemOf(state));
          const { K, M } = { ...before, ...one };
          expect([student.v.length, teacher.A.length]).toEqual([K, M]);
          expect(feedback?.length ?? K).toBe(K);
          expect(state.v?.length ?? K).toBe(K);
          const [first, second] = state.view.pair;
          expect(first < K && second < K && (K === 1 || first !== second)).toBe(true);
        }
      }),
      { numRuns: 500, seed: 1 },
    );
  });

  test('leave what the units that stay have as it is', () => {
    fc.assert(
      fc.property(valid, fc.record({ K: units, M: units }), (start, { K, M }) => {
        const { problem, v } = resized(start, { K, M }).state;
        const was = start.problem;
        const same = (now: readonly number[] | undefined, then: readonly number[] | undefined) => {
          const length = Math.min(now?.length ?? 0, then?.length ?? 0);
          expect(now?.slice(0, length)).toEqual(then?.slice(0, length));
        };
        same(v, start.v);
        if (Array.isArray(was.feedback)) same(problem.feedback as number[], was.feedback);
        if ('T' in was.teacher && 'T' in problem.teacher) {
          same(problem.teacher.A, was.teacher.A);
          same(problem.teacher.T[0], was.teacher.T[0]);
        }
        if ('Q' in was.student && 'Q' in problem.student) {
          same(problem.student.v, was.student.v);
          same(problem.student.Q[0], was.student.Q[0]);
          same(problem.student.R[0], was.student.R[0]);
        }
      }),
      { numRuns: 200, seed: 1 },
    );
  });

  test('give a teacher units of length 1 at right angles to the others, with A = 1', () => {
    const { state } = resized(FIRST, { M: 3 });
    expect(state.problem.teacher).toEqual({
      T: [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ],
      A: [1, 1, 1],
    });
  });

  test('give a new unit the same feedback each time', () => {
    const once = resized(FIRST, { K: 4 }).state;
    const again = resized(resized(FIRST, { K: 8 }).state, { K: 4 }).state;
    expect(again).toEqual(once);
    const F = once.problem.feedback as number[];
    expect(F.slice(0, 2)).toEqual([0.8, -0.5]);
    expect(new Set(F).size).toBe(4);
  });

  test('give new student units other output weights than each other, so that no two of them are alike for ever', () => {
    const student = {
      Q: [
        [1, 0],
        [0, 1],
      ],
      R: [
        [0.1, 0],
        [0, 0.1],
      ],
      v: [1, 1],
    };
    const grown = resized({ ...FIRST, problem: { ...FIRST.problem, student } }, { K: 4 }).state.problem
      .student;
    expect('v' in grown && new Set(grown.v.slice(2)).size).toBe(2);
  });

  test('draw in more dimensions where the units would not fit, and say so', () => {
    const drawn = {
      ...FIRST.problem,
      teacher: { draw: { M: 2, N: 4, seed: 1 } },
      student: { draw: { K: 2, N: 4, sigma: 0.1, seed: 1 } },
    };
    const { state, said } = resized({ ...FIRST, problem: drawn }, { K: 5 });
    expect(state.problem).toMatchObject({ teacher: { draw: { N: 7 } }, student: { draw: { N: 7 } } });
    expect(said.join()).toContain('N = 7');
  });

  test('take a normal F where none can be orthogonal to A, from the same seed, and say so', () => {
    const orthogonal = { ...FIRST.problem, feedback: { draw: 'orthogonal' as const, seed: 5 } };
    const { state, said } = resized({ ...FIRST, problem: orthogonal }, { K: 3 });
    expect(state.problem.feedback).toEqual({ draw: 'normal', seed: 5 });
    expect(said.join()).toContain('F is now normal');
    expect(resized({ ...FIRST, problem: orthogonal }, { K: 3, M: 3 }).said).toEqual([]);
  });
});
