import { describe, expect, test } from 'vitest';
import { earlyTimes, integrate, type Problem, type Student } from '../../../src/index.ts';
import { failureOf } from '../../support/failureOf.ts';
import { teacherOf, unitVectors } from '../../support/weights.ts';

const ALL = [1.2, -0.7, 0.5, 1.6, -0.4];
const F5 = [0.8, -0.5, 1.3, 0.6, -1.1];
const V5 = [0.4, 0.9, -0.6, 0.2, 0.7];
const square = (x: number[]): number => x.reduce((sum, xi) => sum + xi * xi, 0);

function zeroStudent(K: number, M: number, v: number[]): Student {
  return {
    Q: Array.from({ length: K }, () => new Array(K).fill(0)),
    R: Array.from({ length: K }, () => new Array(M).fill(0)),
    v,
  };
}

function matched(K: number, rule: string): Problem {
  return {
    activation: 'erf',
    rule,
    learningRate: 0.4,
    teacher: teacherOf(unitVectors(K), ALL.slice(0, K)),
    student: zeroStudent(K, K, rule === 'bp' ? V5.slice(0, K) : new Array(K).fill(0)),
    feedback: F5.slice(0, K),
    alpha: [1],
  };
}

/** A teacher that is neither orthogonal nor of one length, with noise and two rates. */
const general: Problem = {
  activation: 'erf',
  rule: 'dfa',
  learningRate: 0.4,
  secondLayerRate: 0.9,
  noise: 0.6,
  teacher: teacherOf(
    [
      [1.1, 0.2, 0.1],
      [-0.3, 0.8, 0.4],
    ],
    [1.5, -0.8],
  ),
  student: zeroStudent(3, 2, [0.3, 0, -0.5]),
  feedback: [0.8, -0.5, 1.3],
  alpha: [1],
};

function expectClose(found: number[][], expected: number[][]): void {
  const largest = Math.max(...expected.flat().map(Math.abs));
  expected.forEach((row, i) => {
    row.forEach((x, j) => {
      expect(Math.abs(found[i][j] - x)).toBeLessThanOrEqual(4e-15 * largest);
    });
  });
}

const cases = [2, 3, 4, 5].flatMap((K) => [[K, 'dfa'] as const, [K, 'bp'] as const]);

describe.each(cases)('K = M = %i, %s', (K, rule) => {
  const problem = matched(K, rule);
  const A = ALL.slice(0, K);
  const v = (problem.student as Student).v;
  const f = rule === 'bp' ? v : F5.slice(0, K);
  const eta = problem.learningRate;
  const early = earlyTimes(problem);

  test('Ṙ_km = (√2/π) η A_m f_k and Q̇_kl = (2/3π) η² ‖A‖² f_k f_l, as theory prints them', () => {
    expectClose(
      early.R,
      f.map((fk) => A.map((a) => (Math.SQRT2 / Math.PI) * eta * a * fk)),
    );
    expectClose(
      early.Q,
      f.map((fk) => f.map((fl) => (2 / (3 * Math.PI)) * eta ** 2 * square(A) * fk * fl)),
    );
  });

  test('v̈_k = (2/π²) η² ‖A‖² f_k, less what a second layer that is not zero sees of Q', () => {
    const seen = (k: number): number =>
      v.reduce(
        (sum, vl, l) =>
          sum + vl * (2 / Math.PI) * eta * (2 / (3 * Math.PI)) * eta ** 2 * square(A) * f[k] * f[l],
        0,
      );
    expectClose([early.v], [f.map((fk, k) => (2 / Math.PI ** 2) * eta ** 2 * square(A) * fk - seen(k))]);
  });
});

test('general T, noise and two rates: the moments of the teacher take the place of 1 and ‖A‖²', () => {
  const p = general;
  const { T, A } = p.teacher as { T: number[][]; A: number[] };
  const v = (p.student as Student).v;
  const F = p.feedback as number[];
  const sum = (term: (m: number, n: number) => number): number =>
    A.reduce((total, _, m) => total + A.reduce((inner, _b, n) => inner + term(m, n), 0), 0);
  // E y² of the teacher, and by Stein's lemma E ν_m y = Σ_n A_n T_mn E g'(ν_n).
  const power = sum(
    (m, n) => A[m] * A[n] * (2 / Math.PI) * Math.asin(T[m][n] / Math.sqrt((1 + T[m][m]) * (1 + T[n][n]))),
  );
  const slope = (m: number): number => Math.sqrt(2 / Math.PI / (1 + T[m][m]));
  const g1 = Math.sqrt(2 / Math.PI);
  const Rdot = F.map((f) =>
    A.map((_, m) => 0.4 * f * g1 * A.reduce((s, a, n) => s + a * T[m][n] * slope(n), 0)),
  );
  const Qdot = F.map((f) => F.map((h) => 0.4 ** 2 * f * h * (g1 ** 2 * (power + 0.6 ** 2))));
  const vddot = F.map(
    (_, k) =>
      0.9 *
      (A.reduce((s, a, n) => s + a * g1 * slope(n) * Rdot[k][n], 0) -
        v.reduce((s, vl, l) => s + vl * g1 ** 2 * Qdot[k][l], 0)),
  );
  const early = earlyTimes(p);
  expectClose(early.R, Rdot);
  expectClose(early.Q, Qdot);
  expectClose([early.v], [vddot]);
});

/** The largest error of the expansion in each of Q, R and v at one time. */
function errors(problem: Problem, alpha: number) {
  const curve = integrate({ ...problem, alpha: [alpha] }, { rtol: 1e-13, atol: 1e-18 });
  const leading = earlyTimes(problem).at(alpha);
  const worst = (x: number[], y: number[]): number => Math.max(...x.map((xi, i) => Math.abs(xi - y[i])));
  return [
    worst(curve.Q[0].flat(), leading.Q.flat()),
    worst(curve.R[0].flat(), leading.R.flat()),
    worst(curve.v[0], leading.v),
  ];
}

const curves: [string, Problem][] = [
  ...cases.map(([K, rule]): [string, Problem] => [`K = M = ${K}, ${rule}`, matched(K, rule)]),
  ['general T, noise, two rates', general],
];

test.each(curves)(
  'the curve from zero weights approaches it as α² in Q and R, α³ in v: %s',
  (_name, problem) => {
    const far = errors(problem, 2e-3);
    const near = errors(problem, 1e-3);
    const orders = far.map((e, i) => Math.log2(e / near[i]));
    expect(orders[0]).toBeCloseTo(2, 1);
    expect(orders[1]).toBeCloseTo(2, 1);
    expect(orders[2]).toBeCloseTo(3, 1);
  },
);

test('decay of the first layer is of higher order; that of the second is in the expansion', () => {
  const decaying: Problem = { ...general, weightDecay: [0.3, 0.2] };
  const far = errors(decaying, 2e-3);
  const near = errors(decaying, 1e-3);
  far.forEach((e, i) => {
    expect(Math.log2(e / near[i])).toBeCloseTo(i === 2 ? 3 : 2, 1);
  });
});

test('asked of weights that are not zero, or of relu, it says that it does not apply', () => {
  const p = matched(2, 'dfa');
  const student = zeroStudent(2, 2, [0, 0]);
  student.Q[0][0] = 0.1;
  const warm = failureOf(() => earlyTimes({ ...p, student }));
  expect(warm.code).toBe('not-available');
  expect(warm.message).toMatch(/set Q and R to 0/);
  const relu = failureOf(() => earlyTimes({ ...p, activation: 'relu' }));
  expect(relu.code).toBe('not-available');
  expect(relu.path).toBe('activation');
});
