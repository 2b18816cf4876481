import { describe, expect, test } from 'vitest';
import { integrate, type Problem, resolveProblem } from '../../../src/index.ts';
import { readableSums, relu } from '../../../src/shallow/gaussian/index.ts';
import { layoutOf, unpackQ, unpackR } from '../../../src/shallow/problem/index.ts';
import { equationsOfMotion } from '../../../src/shallow/theory/index.ts';
import { rungeKutta8Halved } from '../../support/rungeKutta8.ts';

/* Curves that start at weights of zero, or of a size far below the tolerance. */

const eta = 0.1;
const F = [0.8, 0.5];
const fromZero: Problem = {
  activation: 'relu',
  rule: 'dfa',
  learningRate: eta,
  teacher: {
    T: [
      [1, 0],
      [0, 1],
    ],
    A: [1, 1],
  },
  student: {
    Q: [
      [0, 0],
      [0, 0],
    ],
    R: [
      [0, 0],
      [0, 0],
    ],
    v: [0, 0],
  },
  feedback: F,
  alpha: [1e-9, 1e-6, 1e-3, 0.1, 1, 10],
};

/** The largest relative difference, for all elements of Q and R at each time. */
const difference = (a: number[][][], b: number[][][]): number =>
  Math.max(...a.map((x, i) => Math.max(...x.flat().map((q, c) => Math.abs(q / b[i].flat()[c] - 1)))));

describe('relu from zero weights', () => {
  /**
   * To leading order, with P = ½ + ½ + 2/(2π) the teacher's squared output: Q_kk = η² F_k² P α/2,
   * Q_12 = ρ √(Q_11 Q_22) with ρ = ½ + asin(ρ)/π, and R_km grows at its rate at Q = 0. From α = 1e-24 on, by order 8
   * in ln α.
   */
  const problem = resolveProblem(fromZero);
  const shape = layoutOf(problem);
  const motion = equationsOfMotion(problem, { kernel: readableSums(relu, shape.n, shape.K) });
  let rho = 0.8;
  for (let i = 0; i < 100; i++) rho = 0.5 + Math.asin(rho) / Math.PI;
  const power = 1 + 1 / Math.PI;
  const first = 1e-24;
  const square = (k: number, l: number): number => (first * eta ** 2 * F[k] * F[l] * power) / 2;
  const dy = new Float64Array(shape.size);
  motion(new Float64Array(shape.size), dy);
  const start = [
    square(0, 0),
    rho * square(0, 1),
    square(1, 1),
    ...[3, 4, 5, 6].map((i) => first * dy[i]),
    0,
    0,
  ];
  const inLogTime = (y: ArrayLike<number>, out: { [i: number]: number }): void => {
    motion(Array.from(y).slice(0, -1), out);
    for (let i = 0; i < shape.size; i++) out[i] *= y[shape.size];
    out[shape.size] = y[shape.size];
  };
  const times = problem.alpha.map((a) => Math.log(a / first));
  const { states, error } = rungeKutta8Halved(inLogTime, [...start, first], times, 0.2);

  test('the reference is good to 1e-9, its α at the last time included', () => {
    expect(error).toBeLessThan(1e-9);
  });

  test.each([{}, { rtol: 1e-11 }, { rtol: 1e-11, atol: 1e-15 }])(
    'is exact to 1e-8 from 1e-9 on: %j',
    (options) => {
      const curve = integrate(fromZero, options);
      expect(
        difference(
          curve.Q,
          states.map((y) => unpackQ(y, shape)),
        ),
      ).toBeLessThan(1e-8);
      expect(
        difference(
          curve.R,
          states.map((y) => unpackR(y, shape)),
        ),
      ).toBeLessThan(1e-8);
    },
  );

  test('before that it grows in proportion to time', () => {
    const { Q, R } = integrate({ ...fromZero, alpha: [0, 1e-60, 1e-25, 1e-22] });
    expect(Q[0]).toEqual([
      [0, 0],
      [0, 0],
    ]);
    for (const [i, alpha] of [
      [1, 1e-60],
      [2, 1e-25],
      [3, 1e-22],
    ]) {
      expect(Q[i][0][1] / Math.sqrt(Q[i][0][0] * Q[i][1][1])).toBeCloseTo(rho, 9);
      expect(Q[i][0][0] / ((alpha * square(0, 0)) / first)).toBeCloseTo(1, 9);
      expect(R[i][1][0] / (alpha * dy[5])).toBeCloseTo(1, 9);
    }
  });

  test('a last time before the first step of the integrator is reached', () => {
    const { alpha, Q } = integrate({ ...fromZero, alpha: [1e-50] });
    expect(alpha).toEqual([1e-50]);
    expect(Q[0][0][0]).toBeGreaterThan(0);
  });

  test('a unit that nothing moves stays where it is', () => {
    const still = integrate({ ...fromZero, feedback: [0.8, 0], alpha: [1, 10] });
    expect(still.Q[1][1]).toEqual([0, 0]);
    expect(still.Q[1][0][0]).toBeGreaterThan(0.1);
  });
});

describe.each([1e-300, 1e-100, 1e-20, 1e-12])('relu from squared lengths of %s', (square) => {
  test('is exact to 1e-7 from 1e-6 on', () => {
    const problem: Problem = {
      ...fromZero,
      student: {
        ...fromZero.student,
        Q: [
          [square, 0],
          [0, square],
        ],
      } as Problem['student'],
      alpha: [1e-6, 1e-3, 0.1, 1, 10],
    };
    const exact = integrate(problem, { rtol: 1e-12, atol: 1e-15 });
    const curve = integrate(problem);
    expect(difference(curve.Q, exact.Q)).toBeLessThan(1e-7);
    expect(difference(curve.R, exact.R)).toBeLessThan(1e-7);
  });
});

describe('weights that decay', () => {
  // The teacher has no output: the student's weights shrink to zero, and so does every term of eg.
  test.each(['erf', 'linear'])('%s: a student is followed to zero', (activation) => {
    for (const K of [1, 2]) {
      const { eg, Q } = integrate({
        activation: activation as 'erf',
        rule: 'bp',
        learningRate: 0.02,
        secondLayerRate: 0,
        weightDecay: [0.1, 0],
        teacher: { T: [[1]], A: [0] },
        student: {
          Q:
            K === 1
              ? [[1]]
              : [
                  [1, 0.3],
                  [0.3, 1],
                ],
          R: K === 1 ? [[0.1]] : [[0.1], [0.2]],
          v: K === 1 ? [0.05] : [0.05, 0.1],
        },
        alpha: { from: 1, to: 1e4, points: 40 },
      });
      expect(eg[39]).toBeLessThan(1e-12);
      expect(Math.abs(Q[39][0][0])).toBeLessThan(1e-12);
    }
  });
});

test('relu weights that decay to nothing take few steps on the way to underflow', () => {
  const { stats, Q } = integrate({
    ...fromZero,
    rule: 'bp',
    learningRate: 0.2,
    weightDecay: [0.5, 0.5],
    student: {
      Q: [
        [0.5, 0],
        [0, 0.5],
      ],
      R: [
        [0.1, 0],
        [0, 0.2],
      ],
      v: [0.5, -0.3],
    },
    alpha: [2000],
  });
  expect(stats.steps).toBeLessThan(3000);
  expect(Q[0][0][0]).toBeLessThan(1e-200);
});

describe('a problem whose weights are all small', () => {
  const scaled = (square: number): Problem => ({
    activation: 'erf',
    rule: 'dfa',
    learningRate: 0.5,
    teacher: {
      T: [
        [square, 0],
        [0, square],
      ],
      A: [1, -1],
    },
    student: {
      Q: [
        [square, 0.2 * square],
        [0.2 * square, square],
      ],
      R: [
        [0.3 * square, 0],
        [0, 0.3 * square],
      ],
      v: [0.5, 0.2],
    },
    feedback: [0.7, -0.4],
    alpha: { from: 0.1, to: 1000, points: 30 },
  });

  test.each([1, 1e-3, 6e-10, 1e-20, 1e-100])('is as exact as any other: squared lengths of %s', (square) => {
    const exact = integrate(scaled(square), { rtol: 1e-13, atol: 1e-15 });
    const curve = integrate(scaled(square));
    const error = curve.Q.flatMap((q, i) =>
      q.flat().map((x, c) => Math.abs(x - exact.Q[i].flat()[c]) / square),
    );
    expect(Math.max(...error)).toBeLessThan(1e-6);
    curve.eg.forEach((eg, i) => {
      expect(Math.abs(eg - exact.eg[i])).toBeLessThan(curve.stats.egFloor);
    });
    expect(curve.stats.egFloor).toBeLessThan(2e-6 * square);
  });
});
