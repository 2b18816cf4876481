import { describe, expect, test } from 'vitest';
import { type FeedbackDraw, integrate, type Problem, resolveProblem } from '../../../src/index.ts';
import { isPositive } from '../../../src/shallow/problem/index.ts';

const drawn = (K: number, M: number, N: number, seed: number, rest: Partial<Problem> = {}): Problem => ({
  activation: 'erf',
  rule: 'dfa',
  learningRate: 0.1,
  teacher: { draw: { M, N, seed, secondLayer: 'normal' } },
  student: { draw: { K, N, sigma: 0.5, seed } },
  feedback: { draw: 'normal', seed },
  alpha: [0, 1],
  ...rest,
});

/** |mean − expected| in standard errors, the standard deviation of one sample being known. */
function z(samples: number[], expected: number, deviation: number): number {
  const mean = samples.reduce((sum, x) => sum + x, 0) / samples.length;
  return (Math.abs(mean - expected) / deviation) * Math.sqrt(samples.length);
}

const SEEDS = Array.from({ length: 4000 }, (_, seed) => seed);

describe.each([7, 40])('overlaps of weights drawn in N = %i dimensions', (N) => {
  const draws = SEEDS.map((seed) => resolveProblem(drawn(3, 2, N, seed)));
  const s2 = 0.25;

  test('have the means and variances of the Wishart law', () => {
    const T = (m: number, n: number) => draws.map(({ teacher }) => teacher.T[m][n]);
    const Q = (k: number, l: number) => draws.map(({ student }) => student.Q[k][l]);
    for (const i of [0, 1]) {
      expect(z(T(i, i), 1, Math.sqrt(2 / N))).toBeLessThan(5);
      expect(
        z(
          T(i, i).map((t) => (t - 1) ** 2),
          2 / N,
          Math.sqrt((8 + 48 / N) / N ** 2),
        ),
      ).toBeLessThan(5);
    }
    expect(z(T(0, 1), 0, 1 / Math.sqrt(N))).toBeLessThan(5);
    expect(
      z(
        T(0, 1).map((t) => t * t),
        1 / N,
        Math.sqrt((2 + 6 / N) / N ** 2),
      ),
    ).toBeLessThan(5);
    for (const k of [0, 1, 2]) {
      expect(z(Q(k, k), s2, s2 * Math.sqrt(2 / N))).toBeLessThan(5);
      expect(
        z(
          Q(k, k).map((q) => (q - s2) ** 2),
          (2 * s2 * s2) / N,
          s2 * s2 * Math.sqrt((8 + 48 / N) / N ** 2),
        ),
      ).toBeLessThan(5);
      for (const l of [0, 1, 2].filter((other) => other !== k)) {
        expect(z(Q(k, l), 0, s2 / Math.sqrt(N))).toBeLessThan(5);
        expect(
          z(
            Q(k, l).map((q) => q * q),
            (s2 * s2) / N,
            s2 * s2 * Math.sqrt((2 + 6 / N) / N ** 2),
          ),
        ).toBeLessThan(5);
      }
    }
  });

  test('have R with covariance σ²T/N given the teacher, independent between units', () => {
    // A given teacher, so that every draw has the same T, far from diagonal and of unequal lengths.
    const T = [
      [1.5, -0.6],
      [-0.6, 0.4],
    ];
    const R = SEEDS.map(
      (seed) =>
        (resolveProblem({ ...drawn(2, 2, N, seed), teacher: { T, A: [1, 1] } }).student as { R: number[][] })
          .R,
    );
    for (const k of [0, 1])
      for (const m of [0, 1]) {
        expect(
          z(
            R.map((r) => r[k][m]),
            0,
            Math.sqrt((s2 * T[m][m]) / N),
          ),
        ).toBeLessThan(5);
        for (const l of [0, 1])
          for (const n of [0, 1]) {
            const expected = k === l ? (s2 * T[m][n]) / N : 0;
            const square = (s2 / N) ** 2 * (T[m][m] * T[n][n] + (k === l ? T[m][n] ** 2 : 0));
            expect(
              z(
                R.map((r) => r[k][m] * r[l][n]),
                expected,
                Math.sqrt(square),
              ),
            ).toBeLessThan(5);
          }
      }
  });

  test('and second layers are independent of each other, also with one seed for all', () => {
    const mean = (of: (draw: (typeof draws)[number]) => number, deviation: number): number =>
      z(draws.map(of), 0, deviation);
    // T_mm T_12² has the mean (1 + 2/N)/N.
    for (const k of [0, 1, 2])
      for (const m of [0, 1])
        expect(
          mean(({ teacher: { T }, student: { R } }) => R[k][m] * T[0][1], Math.sqrt(s2 * (1 + 2 / N)) / N),
        ).toBeLessThan(5);
    for (const i of [0, 1]) {
      expect(mean(({ teacher: { A }, student: { v } }) => A[i] * v[i], 0.5)).toBeLessThan(5);
      expect(mean(({ teacher: { A }, feedback }) => A[i] * feedback![i], 1)).toBeLessThan(5);
      expect(mean(({ student: { v }, feedback }) => v[i] * feedback![i], 0.5)).toBeLessThan(5);
    }
  });

  test('leave the students a positive residual outside the span of the teachers, of the right mean length', () => {
    const residual = draws.map(({ teacher: { T }, student: { Q, R } }) => {
      const det = T[0][0] * T[1][1] - T[0][1] ** 2;
      const inverse = [
        [T[1][1] / det, -T[0][1] / det],
        [-T[0][1] / det, T[0][0] / det],
      ];
      return Q.map((row, k) =>
        row.map(
          (q, l) =>
            q - R[k].reduce((sum, r, m) => sum + r * (inverse[m][0] * R[l][0] + inverse[m][1] * R[l][1]), 0),
        ),
      );
    });
    for (const X of residual.slice(0, 300)) {
      expect(isPositive(Float64Array.from(X.flat()), 3, 0)).toBe(true);
      for (let k = 0; k < 3; k++) expect(X[k][k]).toBeGreaterThan(0);
    }
    const share = s2 * (1 - 2 / N);
    expect(
      z(
        residual.map((X) => X[1][1]),
        share,
        s2 * Math.sqrt((2 * (N - 2)) / N ** 2),
      ),
    ).toBeLessThan(5);
  });

  test('come with second layers of the asked deviation', () => {
    expect(
      z(
        draws.map(({ student }) => student.v[2] ** 2),
        s2,
        s2 * Math.SQRT2,
      ),
    ).toBeLessThan(5);
    expect(
      z(
        draws.map(({ teacher }) => teacher.A[1] ** 2),
        1,
        Math.SQRT2,
      ),
    ).toBeLessThan(5);
    expect(
      z(
        draws.map(({ teacher, student }) => teacher.A[0] * student.v[0]),
        0,
        0.5,
      ),
    ).toBeLessThan(5);
  });
});

describe('feedback', () => {
  const feedbackOf = (draw: FeedbackDraw['draw'], seed: number, K = 3): number[] =>
    resolveProblem(drawn(K, K, 20, seed, { feedback: { draw, seed } })).feedback as number[];

  test('orthogonal is orthogonal to A, and no zero vector', () => {
    for (let seed = 0; seed < 50; seed++) {
      const { feedback = [], teacher } = resolveProblem(
        drawn(3, 3, 20, seed, { feedback: { draw: 'orthogonal', seed } }),
      );
      expect(Math.abs(feedback.reduce((sum, f, k) => sum + f * teacher.A[k], 0))).toBeLessThan(
        1e-14 * Math.hypot(...feedback) * 10,
      );
      expect(Math.hypot(...feedback)).toBeGreaterThan(0.01);
    }
  });

  test('matched is v at the start and needs no seed', () => {
    const { feedback, student } = resolveProblem(drawn(3, 2, 20, 4, { feedback: { draw: 'matched' } }));
    expect(feedback).toEqual(student.v);
  });

  test('positive is the absolute value of a normal, uniform fills (−1, 1), normal has variance 1', () => {
    const seeds = SEEDS.slice(0, 2000);
    const positive = seeds.flatMap((seed) => feedbackOf('positive', seed, 1));
    expect(positive.every((f) => f > 0)).toBe(true);
    expect(z(positive, Math.sqrt(2 / Math.PI), Math.sqrt(1 - 2 / Math.PI))).toBeLessThan(5);
    const uniform = seeds.map((seed) => feedbackOf('uniform', seed)[2]);
    expect(uniform.every((f) => f > -1 && f < 1)).toBe(true);
    expect(z(uniform, 0, Math.sqrt(1 / 3))).toBeLessThan(5);
    expect(
      z(
        uniform.map((f) => f * f),
        1 / 3,
        Math.sqrt(4 / 45),
      ),
    ).toBeLessThan(5);
    const normal = seeds.map((seed) => feedbackOf('normal', seed)[1]);
    expect(z(normal, 0, 1)).toBeLessThan(5);
    expect(
      z(
        normal.map((f) => f * f),
        1,
        Math.SQRT2,
      ),
    ).toBeLessThan(5);
  });
});

test('one seed gives one draw, another seed another, and parts with one seed are independent', () => {
  expect(resolveProblem(drawn(2, 2, 30, 5))).toEqual(resolveProblem(drawn(2, 2, 30, 5)));
  expect(resolveProblem(drawn(2, 2, 30, 5)).student.v).not.toEqual(
    resolveProblem(drawn(2, 2, 30, 6)).student.v,
  );
  const { teacher, student, feedback } = resolveProblem(drawn(2, 2, 30, 5));
  expect(student.v.map((x) => x / 0.5)).not.toEqual(teacher.A);
  expect(feedback).not.toEqual(teacher.A);
  const changed = resolveProblem(drawn(2, 2, 30, 5, { feedback: { draw: 'normal', seed: 99 } }));
  expect(changed.student).toEqual(student);
});

test('more units extend a draw of fewer: the first vectors stay', () => {
  const few = resolveProblem(drawn(2, 2, 30, 5)).teacher.T;
  const more = resolveProblem(drawn(2, 3, 30, 5)).teacher.T;
  expect(more.slice(0, 2).map((row) => row.slice(0, 2))).toEqual(few);
});

test('what resolves survives JSON unchanged, resolves to itself, and integrates', () => {
  for (const seed of [1, 2, 3]) {
    const resolved = resolveProblem(drawn(3, 2, 5, seed));
    const again = resolveProblem(JSON.parse(JSON.stringify(resolved)));
    expect(again).toEqual(resolved);
    expect(integrate(again).eg).toEqual(integrate(drawn(3, 2, 5, seed)).eg);
  }
});

test.each([
  [64, 64, 500],
  [64, 64, 128],
  [1, 1, 2],
  [4, 3, 7],
])('K = %i, M = %i in N = %i dimensions draws, resolves to itself and is positive', (K, M, N) => {
  const resolved = resolveProblem(drawn(K, M, N, 8));
  expect(resolveProblem(resolved)).toEqual(resolved);
  expect(resolved.student.Q).toHaveLength(K);
  expect(resolved.student.R[0]).toHaveLength(M);
});

test.each([
  [4, 3, 7],
  [1, 1, 2],
])('with no dimension to spare (K = %i, M = %i, N = %i) a curve integrates', (K, M, N) => {
  const { eg } = integrate(drawn(K, M, N, 8));
  expect(eg[1]).toBeGreaterThan(0);
  expect(eg[1]).not.toBe(eg[0]);
});
