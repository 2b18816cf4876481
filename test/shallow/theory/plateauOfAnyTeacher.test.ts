import { expect, test } from 'vitest';
import {
  earlyTimes,
  endsIn,
  integrate,
  type Problem,
  plateau,
  resolveProblem,
  units,
} from '../../../src/index.ts';
import { smallProblem } from '../../support/problems.ts';

const start = (K: number) => ({
  Q: Array.from({ length: K }, (_, k) => Array.from({ length: K }, (_, l) => (k === l ? 1e-4 : 0))),
  R: Array.from({ length: K }, () => [0, 0]),
  v: new Array<number>(K).fill(0.01),
});

test('drawn teachers have a plateau that Newton finds, and a scaled or tilted one', () => {
  let found = 0;
  const teachers = Array.from({ length: 20 }, (_, seed) =>
    resolveProblem({
      ...smallProblem(),
      teacher: { draw: { M: 2, N: 500, seed } },
      student: { draw: { K: 2, N: 500, sigma: 0.01, seed } },
    }),
  );
  for (const { teacher } of teachers) {
    const { residual, student } = plateau({ ...smallProblem(), teacher, student: start(2), rule: 'bp' });
    expect(residual).toBeLessThan(1e-10);
    // A symmetric student: R is near the value for T = 1, 1/√6 = 0.408.
    if (student.R.flat().every((r) => r > 0.3 && r < 0.5)) found++;
  }
  expect(found).toBe(20);
  for (const T of [
    [
      [1, 0],
      [0, 1.2],
    ],
    [
      [1, -0.02],
      [-0.02, 1],
    ],
  ])
    expect(
      plateau({ ...smallProblem(), teacher: { T, A: [1, 1] }, student: start(2), rule: 'bp' }).escapeRate,
    ).toBeGreaterThan(0);
});

test('a frozen second layer stays what it is, and the plateau is the one that the curve sits on', () => {
  const frozen: Problem = {
    ...smallProblem(),
    rule: 'bp',
    learningRate: 0.001,
    trainSecondLayer: false,
    student: { ...start(2), v: [2, 2] },
  };
  const { student, eg } = plateau(frozen);
  expect(student.v).toEqual([2, 2]);
  const curve = integrate({ ...frozen, alpha: [30_000] });
  expect(Math.abs(curve.eg[0] / eg - 1)).toBeLessThan(0.02);
  expect(Math.abs(curve.R[0][0][0] / student.R[0][0] - 1)).toBeLessThan(0.02);
});

test('without a learning rate, or with nothing to escape to, it says so', () => {
  expect(() => plateau({ ...smallProblem(), learningRate: 0 })).toThrow(/learningRate: found 0/);
  const one = { ...smallProblem(), teacher: { T: [[1]], A: [1] }, student: { ...start(2), R: [[0], [0]] } };
  const { escapeRate, length } = plateau({ ...one, rule: 'bp' });
  expect(escapeRate).toBe(0);
  expect(length(one.student)).toBe(Number.POSITIVE_INFINITY);
});

test('a student on the plateau has not ended in the best minimum', () => {
  const problem = smallProblem();
  expect(endsIn(problem, plateau(problem).student)).toMatchObject({ arrived: false, best: false });
});

test('points of a curve that left the positive cone by their error can still be looked at', () => {
  const problem = smallProblem();
  const point = {
    Q: [
      [1, 0],
      [0, 1],
    ],
    R: [
      [1 + 1e-7, 0],
      [0, -1],
    ],
    v: [1, -1],
  };
  expect(endsIn(problem, point).best).toBe(true);
  expect(units(problem, point)[0].nearest).toBe(0);
  expect(() => endsIn(problem, { ...point, R: [[1, 0]] })).toThrow(
    /student\.R: found 1 row; use 2 rows of 2/,
  );
});

test('early times with decay of a second layer that does not start at zero follow the curve to second order', () => {
  const problem: Problem = {
    ...smallProblem(),
    rule: 'bp',
    weightDecay: [0, 0.5],
    student: {
      Q: [
        [0, 0],
        [0, 0],
      ],
      R: [
        [0, 0],
        [0, 0],
      ],
      v: [1, 0.5],
    },
    alpha: [1e-3, 1e-2],
  };
  const early = earlyTimes(problem);
  const curve = integrate(problem, { rtol: 1e-12 });
  const error = curve.alpha.map((alpha, i) => Math.abs(curve.v[i][0] - early.at(alpha).v[0]));
  expect(error[1] / error[0]).toBeGreaterThan(500);
});
