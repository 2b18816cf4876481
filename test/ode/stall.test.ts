import { describe, expect, test } from 'vitest';
import { integrate, type Problem, plateau, resolveProblem } from '../../src/index.ts';
import { stallWatch } from '../../src/ode/stall.ts';
import { layoutOf, pack } from '../../src/shallow/problem/index.ts';
import { equationsOfMotion } from '../../src/shallow/theory/equations.ts';
import { restTest } from '../../src/shallow/theory/rest.ts';
import { nearPlateau } from '../support/nearPlateau.ts';

const drawn = (seed: number, A: number[], learningRate: number): Problem => ({
  activation: 'erf',
  rule: 'dfa',
  learningRate,
  teacher: {
    T: [
      [1, 0],
      [0, 1],
    ],
    A,
  },
  student: { draw: { K: 2, N: 100, sigma: 0.01, seed } },
  feedback: { draw: 'normal', seed },
  alpha: [1e6],
});

/** What a rest test says of the student, who stands `off` away from where the problem puts it. */
function rests(problem: Problem, off: number, rtol = 1e-9, atol = 1e-12): boolean {
  const resolved = resolveProblem(problem);
  const motion = equationsOfMotion(resolved);
  const y = pack(resolved).map((x, i) => x + off * Math.cos(3 * i));
  const dy = new Float64Array(layoutOf(resolved).size);
  motion(y, dy);
  return restTest(resolved, motion, { rtol, atol })(y, dy);
}

test.each([
  { seed: 11, A: [1, 0.6], learningRate: 1, rtol: 1e-9 },
  { seed: 11, A: [1, 1], learningRate: 1, rtol: 1e-9 },
  { seed: 24, A: [1, 0.6], learningRate: 1, rtol: 1e-9 },
  { seed: 24, A: [1, 1], learningRate: 1, rtol: 1e-9 },
  { seed: 10, A: [1, 1], learningRate: 1, rtol: 1e-7 },
  { seed: 15, A: [1, 0.6], learningRate: 3, rtol: 1e-7 },
  { seed: 24, A: [1, 0.6], learningRate: 3, rtol: 1e-5 },
])('a curve is held although odex stalls: %j', ({ seed, A, learningRate, rtol }) => {
  const { eg, stats } = integrate(drawn(seed, A, learningRate), { rtol });
  expect(stats.heldFrom).toBeLessThan(5e5);
  expect(stats.steps).toBeLessThan(50_000);
  expect(eg[0]).toBeLessThan(1e-14);
});

describe('a student is at rest for a tolerance', () => {
  const arrived: Problem = {
    ...drawn(1, [1, 0.6], 1),
    student: {
      Q: [
        [1, 0],
        [0, 1],
      ],
      R: [
        [1, 0],
        [0, 1],
      ],
      v: [1, 0.6],
    },
    feedback: [0.9, 0.4],
  };

  test('when it is nearly at an attracting fixed point', () => {
    expect(rests(arrived, 0)).toBe(true);
    expect(rests(arrived, 1e-13, 1e-9, 1e-10)).toBe(true);
  });

  test('when the parts of it that do not learn never move', () => {
    expect(rests({ ...arrived, trainSecondLayer: false }, 0)).toBe(true);
    expect(rests({ ...arrived, feedback: [0.9, 0] }, 0)).toBe(true);
  });

  test('not when it has a tenth of its way before it, however short its vectors are', () => {
    for (const T of [1, 1e-6, 1e-14, 1e-20]) {
      const short = (Q: number, R: number): Problem => ({
        activation: 'erf',
        rule: 'bp',
        learningRate: 0.5,
        trainSecondLayer: false,
        teacher: { T: [[T]], A: [1] },
        student: { Q: [[Q]], R: [[R]], v: [1] },
        alpha: [1],
      });
      expect(rests(short(T, T), 0)).toBe(true);
      expect(rests(short(1.1 * T, 0.9 * T), 0)).toBe(false);
    }
  });

  test('not when it still has further to go than the tolerance', () => {
    expect(rests(arrived, 1e-7)).toBe(false);
    expect(rests(arrived, 1e-10, 1e-12)).toBe(false);
  });

  test('not on a line of fixed points', () => {
    expect(rests({ ...arrived, activation: 'linear' }, 0)).toBe(false);
  });

  test('never for relu, whose Jacobian is not smooth there', () => {
    expect(rests({ ...arrived, activation: 'relu' }, 0)).toBe(false);
  });

  test.each(['bp', 'dfa'])('not on a plateau, however close to it and however slow: %s', (rule) => {
    for (const learningRate of [0.3, 1e-2, 1e-3]) {
      const near = nearPlateau({ K: 2, rule, learningRate, equal: true });
      const { student } = plateau(near, { order: 'full', start: near.student });
      const problem = { ...near, student };
      const resolved = resolveProblem(problem);
      const dy = new Float64Array(layoutOf(resolved).size);
      equationsOfMotion(resolved)(pack(resolved), dy);
      expect(Math.max(...dy.map(Math.abs))).toBeLessThan(1e-14);
      expect(rests(problem, 0, 1e-4)).toBe(false);
    }
  });
});

describe('a stall', () => {
  const watchSteps = (lengths: number[], speed: number): boolean[] => {
    const { stalls } = stallWatch();
    let y = [1, 1e-13];
    return lengths.map((length) => {
      const before = y;
      y = [y[0] + speed * length, y[1] * 0.9];
      return stalls(length, before, y);
    });
  };
  const usual = new Array(100).fill(3);
  const shrinking = Array.from({ length: 30 }, (_, i) => 3 * 2 ** -i);

  test('is ten short steps in a row that move nothing beyond rounding', () => {
    const found = watchSteps([...usual, ...shrinking], 1e-16);
    // Three halvings until a step is short, and ten such steps.
    expect(found.indexOf(true)).toBeGreaterThan(usual.length + 10);
    expect(found.indexOf(true)).toBeLessThan(usual.length + 15);
  });

  test('is not a curve that moves, however short its steps become', () => {
    expect(watchSteps([...usual, ...shrinking], 1e-3)).not.toContain(true);
  });

  test('is not a state that hardly moves in steps of the usual length', () => {
    expect(watchSteps(usual, 1e-18)).not.toContain(true);
  });
});
