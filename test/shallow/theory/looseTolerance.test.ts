import { expect, test } from 'vitest';
import { AlignodeError, integrate, type Problem } from '../../../src/index.ts';
import { smallProblem } from '../../support/problems.ts';

/** A plateau from α = 100 to beyond 1000: loose tolerances lose it. */
const problem: Problem = {
  ...smallProblem(),
  rule: 'bp',
  student: {
    Q: [
      [0.01, 0],
      [0, 0.01],
    ],
    R: [
      [0.001, 0.0005],
      [0.0003, 0.002],
    ],
    v: [0.1, 0.1],
  },
  alpha: { from: 1, to: 1000, points: 400 },
};

test('at the loosest tolerance a curve is near the true one, or an error: never no number, never a false zero', () => {
  const exact = integrate(problem, { rtol: 1e-12, atol: 1e-15 }).eg;
  for (const rtol of [1e-4, 3e-5, 1e-5]) {
    try {
      integrate(problem, { rtol }).eg.forEach((eg, i) => {
        expect(Math.abs(eg - exact[i]), `rtol ${rtol}, point ${i}`).toBeLessThan(0.1 * exact[i]);
      });
    } catch (error) {
      if (!(error instanceof AlignodeError)) throw error;
      expect(error.code).toBe('not-positive');
      expect(error.message).toMatch(/use a smaller rtol .* or atol/);
    }
  }
});

test('drawn curves at the loosest tolerance are right to the floor and a half, or an error', () => {
  for (let seed = 0; seed < 20; seed++) {
    const drawn: Problem = {
      ...problem,
      student: { draw: { K: 2, N: 500, sigma: 0.1, seed } },
      alpha: { from: 1, to: 3000, points: 60 },
    };
    const exact = integrate(drawn, { rtol: 1e-10 }).eg;
    try {
      const { eg, stats } = integrate(drawn, { rtol: 1e-4 });
      eg.forEach((x, i) => {
        expect(Math.abs(x - exact[i]), `seed ${seed}, point ${i}`).toBeLessThan(
          0.5 * exact[i] + 2 * stats.egFloor,
        );
      });
    } catch (error) {
      if (!(error instanceof AlignodeError)) throw error;
      expect(error.code).toBe('not-positive');
    }
  }
});

test('the floor of eg covers what a loose atol does', () => {
  const dfa = { ...problem, rule: 'dfa', feedback: [0.8, -0.5], alpha: [8000] };
  const exact = integrate(dfa, { rtol: 1e-12, atol: 1e-15 }).eg[0];
  const { eg, stats } = integrate(dfa, { atol: 1e-6 });
  expect(Math.abs(eg[0] - exact)).toBeGreaterThan(1e-8);
  expect(Math.abs(eg[0] - exact)).toBeLessThan(stats.egFloor);
});
