import { expect, test } from 'vitest';
import { integrate } from '../../../src/index.ts';
import { studentOf, teacherOf } from '../../support/weights.ts';

const teachers = [
  [1, 0.2],
  [0, 0.8],
];
const forgetting = {
  activation: 'erf',
  rule: 'dfa',
  learningRate: 0,
  weightDecay: [0.3, 0.7] as [number, number],
  teacher: teacherOf(teachers, [1, 1]),
  student: studentOf([[0.5, 0.4]], teachers, [2]),
  feedback: [1],
  alpha: [0.4, 3],
};

test('without learning, weights decay at their own rates: R as e^(−κ₁α), Q as e^(−2κ₁α), v as e^(−κ₂α)', () => {
  const { alpha, Q, R, v, problem } = integrate(forgetting);
  alpha.forEach((a, i) => {
    expect(Q[i][0][0] / problem.student.Q[0][0]).toBeCloseTo(Math.exp(-0.6 * a), 8);
    expect(R[i][0][0] / problem.student.R[0][0]).toBeCloseTo(Math.exp(-0.3 * a), 8);
    expect(R[i][0][1] / problem.student.R[0][1]).toBeCloseTo(Math.exp(-0.3 * a), 8);
    expect(v[i][0] / 2).toBeCloseTo(Math.exp(-0.7 * a), 8);
  });
});

test('a second layer that is not trained does not decay either', () => {
  expect(integrate({ ...forgetting, trainSecondLayer: false }).v).toEqual([[2], [2]]);
});
