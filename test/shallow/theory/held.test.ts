import { describe, expect, test } from 'vitest';
import { endsIn, integrate, type Problem } from '../../../src/index.ts';
import { normalRows, studentOf, teacherOf, unitVectors } from '../../support/weights.ts';

const teachers = unitVectors(2, 4);
const at = (vectors: number[][], v: number[], activation: string, rule: string): Problem => ({
  activation,
  rule,
  learningRate: 0.1,
  teacher: teacherOf(teachers, [1, 1]),
  student: studentOf(vectors, teachers, v),
  feedback: [0.9, 0.7],
  alpha: [0, 1, 1e3, 1e6],
});

describe.each(['erf', 'linear', 'relu'])('a %s student who starts at the teacher', (activation) => {
  test.each(['bp', 'dfa'])('is held to α = 10^6 without work: %s', (rule) => {
    const { stats, Q } = integrate(at(teachers, [1, 1], activation, rule));
    expect(stats.heldFrom).toBe(0);
    expect(stats.evaluations).toBeLessThan(100);
    for (const q of Q)
      expect(q).toEqual([
        [1, 0],
        [0, 1],
      ]);
  });
});

describe('a DFA curve to α = 10^6', () => {
  const problem = at(normalRows(2, 4, 21, 0.2), [0.1, -0.1], 'erf', 'dfa');

  test.each([1e-4, 1e-6, 1e-9, 1e-12])('stops at its minimum and is held there, at rtol %d', (rtol) => {
    const { Q, R, v, stats } = integrate(problem, { rtol });
    const ending = endsIn(problem, { Q: Q[3], R: R[3], v: v[3] });
    expect(stats.evaluations).toBeLessThan(60_000);
    expect(stats.heldFrom).toBeGreaterThan(1e3);
    expect(ending.distance).toBeLessThan(1e-6);
    expect(ending.best).toBe(true);
  });
});

test('a noisy curve comes to rest too, above zero error', () => {
  const { eg, stats } = integrate({ ...at(normalRows(2, 4, 21, 0.2), [0.1, 0.1], 'erf', 'dfa'), noise: 0.3 });
  expect(stats.evaluations).toBeLessThan(60_000);
  expect(eg[3]).toBeGreaterThan(1e-4);
});

const reluOnItsWay: Problem = {
  ...at(
    [
      [0.5, 0.1, 0.2, 0],
      [0, 0.4, -0.3, 0.2],
    ],
    [0.5, 0.4],
    'relu',
    'dfa',
  ),
  learningRate: 0.3,
  teacher: teacherOf(teachers, [1, 0.8]),
  feedback: [1.2, 0.7],
  alpha: [3000],
};

test('a relu curve stops at its minimum too, at a moderate tolerance', () => {
  expect(integrate(reluOnItsWay, { rtol: 1e-6 }).eg[0]).toBeLessThan(1e-14);
});

test('a relu curve stops at its minimum at every tolerance', () => {
  for (const rtol of [1e-8, 1e-9, 1e-10, 1e-11, 1e-12, 1e-13])
    expect(integrate(reluOnItsWay, { rtol }).eg[0]).toBeLessThan(1e-14);
});

test('rounding that gathers for 1000 steps on a plateau, at the edge of the positive cone, is no error', () => {
  const eta = 1e-6;
  const signs = [1, -1];
  const W = signs.map((s, k) => [0, 1].map((m) => s / Math.sqrt(6) + 1e-10 * Math.sin(1 + 3 * k + 7 * m)));
  const curve = integrate({
    ...at(W, [0.9, -1.1], 'erf', 'bp'),
    teacher: teacherOf(unitVectors(2), [1, 1]),
    student: studentOf(W, unitVectors(2), [0.9, -1.1]),
    learningRate: eta,
    alpha: [300 / eta, 400 / eta],
  });
  expect(curve.eg.every((eg) => eg > 0.001)).toBe(true);
});
