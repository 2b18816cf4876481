import { describe, expect, test } from 'vitest';
import { type IntegrateOptions, integrate, type Problem } from '../../../src/index.ts';
import { failureOf } from '../../support/failureOf.ts';
import { smallProblem } from '../../support/problems.ts';
import { normalRows, studentOf, teacherOf, unitVectors } from '../../support/weights.ts';

const teachers = unitVectors(2, 4);

function problem(activation: string, rule: string, learningRate: number): Problem {
  return {
    activation,
    rule,
    learningRate,
    teacher: teacherOf(teachers, [1, 1]),
    student: studentOf(normalRows(2, 4, 11, 0.4), teachers, [0.6, -0.4]),
    feedback: [0.9, -0.7],
    alpha: [0, 1000],
  };
}

describe('a learning rate that is too large', () => {
  test.each([
    ['linear', 'bp', 20],
    ['linear', 'dfa', 20],
    ['relu', 'bp', 20],
    ['relu', 'dfa', 20],
  ])(
    '%s, %s, η = %d, first layer only: the curve diverges, and the error says where, what and what to change',
    (activation, rule, eta) => {
      const failure = failureOf(() =>
        integrate({ ...problem(activation, rule, eta), trainSecondLayer: false }),
      );
      expect(failure.code).toBe('diverged');
      expect(failure.alpha).toBeGreaterThan(0);
      expect(failure.alpha).toBeLessThan(1000);
      expect(failure.component).toMatch(/^(Q_[12]_[12]|R_[12]_[12]|v_[12])$/);
      expect(failure.message).toContain(`${failure.component} = `);
      expect(failure.message).toContain(`alpha = ${failure.alpha?.toPrecision(6)}`);
      expect(failure.message).toContain(`lower learningRate (now ${eta})`);
    },
  );
});

test('more steps than allowed: the error says how far they went and what to change', () => {
  const failure = failureOf(() => integrate(problem('erf', 'dfa', 0.1), { maxSteps: 5 }));
  expect(failure.code).toBe('too-many-steps');
  expect(failure.alpha).toBeGreaterThan(0);
  expect(failure.message).toMatch(/^5 steps took the curve to alpha = .* only; raise maxSteps/);
});

test('where the learning rate is large, it is the first thing to change', () => {
  const { message } = failureOf(() => integrate(problem('erf', 'dfa', 30), { maxSteps: 5 }));
  expect(message).toMatch(/violent: lower learningRate \(now 30\) or .*, or raise maxSteps/);
});

test('as many steps as needed, and no more, are enough', () => {
  const { stats } = integrate(problem('erf', 'dfa', 0.1));
  expect(integrate(problem('erf', 'dfa', 0.1), { maxSteps: stats.steps + 1 }).stats.steps).toBe(stats.steps);
});

test.each([
  ['rtol', { rtol: 0 }],
  ['rtol', { rtol: 1 }],
  ['rtol', { rtol: Number.NaN }],
  ['atol', { atol: -1 }],
  ['maxSteps', { maxSteps: 0 }],
  ['maxSteps', { maxSteps: 1.5 }],
  ['tolerance', { tolerance: 1e-9 } as IntegrateOptions],
])('the option %s is refused by name: %j', (path, options) => {
  const failure = failureOf(() => integrate(problem('erf', 'dfa', 0.1), options));
  expect(failure.code).toBe('invalid-option');
  expect(failure.path).toBe(path);
  expect(failure.message).toContain(`${path}: `);
});

describe('degenerate starts that are no failures', () => {
  const start = (
    vectors: number[][],
    v: number[],
    activation: string,
    rule = 'dfa',
    toward = teachers,
  ): Problem => ({
    activation,
    rule,
    learningRate: 0.2,
    teacher: teacherOf(toward, new Array(toward.length).fill(1)),
    student: studentOf(vectors, toward, v),
    feedback: v.map((_, k) => 0.5 + 0.2 * k),
    alpha: [0, 0.01, 1, 20],
  });

  test.each(['erf', 'linear', 'relu'])('a student equal to the teacher stays: %s', (activation) => {
    const curve = integrate(start(teachers, [1, 1], activation));
    for (const eg of curve.eg) expect(eg).toBeLessThan(1e-14);
    curve.v.flat().forEach((v) => {
      expect(v).toBeCloseTo(1, 12);
    });
    expect(curve.updateAlignment).toHaveLength(4);
  });

  test.each(['erf', 'linear', 'relu'])('zero weights begin to learn: %s', (activation) => {
    const nothing = [new Array(4).fill(0), new Array(4).fill(0)];
    const { eg, R } = integrate(start(nothing, [0, 0], activation));
    expect(eg.every((x, i) => i === 0 || x < eg[i - 1])).toBe(true);
    expect(R[3][0][0]).toBeGreaterThan(0.1);
  });

  test.each(['erf', 'linear'])(
    'zero weights everywhere are a rest point of BP, which is held: %s',
    (activation) => {
      const nothing = [new Array(4).fill(0), new Array(4).fill(0)];
      const { eg, stats } = integrate(start(nothing, [0, 0], activation, 'bp'));
      expect(new Set(eg).size).toBe(1);
      expect(stats.heldFrom).toBe(0);
    },
  );

  test.each(['erf', 'linear', 'relu'])('three students in the span of two teachers: %s', (activation) => {
    const inSpan = [
      [0.3, 0.1, 0, 0],
      [-0.2, 0.4, 0, 0],
      [0.1, 0.5, 0, 0],
    ];
    const { eg } = integrate(start(inSpan, [0.4, 0.2, 0.1], activation));
    expect(eg[3]).toBeLessThan(eg[0]);
  });

  test.each(['erf', 'linear', 'relu'])('two students and two teachers all alike: %s', (activation) => {
    const one = [0.6, 0.3, 0, 0];
    const { eg } = integrate(start([one, one], [0.4, 0.4], activation, 'bp', [one, one]));
    expect(eg[3]).toBeLessThan(0.1 * eg[0]);
  });
});

test('a learning rate whose square is no number is an error, not a curve of NaN', () => {
  const absurd = { ...smallProblem(), learningRate: 1e200 };
  const failure = failureOf(() => integrate(absurd));
  expect(failure.code).toBe('not-finite');
  expect(failure.message).toMatch(/lower learningRate \(now 1e\+200\)/);
});
