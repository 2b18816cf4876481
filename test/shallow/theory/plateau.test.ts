import { describe, expect, test } from 'vitest';
import { type Plateau, plateau, resolveProblem } from '../../../src/index.ts';
import { layoutOf, pack } from '../../../src/shallow/problem/index.ts';
import { equationsOfMotion } from '../../../src/shallow/theory/index.ts';
import { failureOf } from '../../support/failureOf.ts';
import { nearPlateau } from '../../support/nearPlateau.ts';

const sizes = [
  [2, 2],
  [3, 3],
  [4, 4],
  [5, 5],
  [4, 2],
  [3, 2],
  [2, 3],
  [6, 3],
  [1, 2],
];
const rules = ['bp', 'dfa'];
const cases = sizes.flatMap(([K, M]) => rules.map((rule) => ({ K, M, rule })));

function expectClosedForm(
  { student: { Q, R, v } }: Plateau,
  s: number[],
  M: number,
  tolerance: number,
): void {
  const near = (found: number, value: number) => expect(Math.abs(found / value - 1)).toBeLessThan(tolerance);
  s.forEach((sk, k) => {
    s.forEach((sl, l) => {
      near(Q[k][l], (sk * sl) / (2 * M - 1));
    });
    for (const r of R[k]) near(r, sk / Math.sqrt(M * (2 * M - 1)));
  });
  near(
    s.reduce((sum, sk, k) => sum + sk * v[k], 0),
    M,
  );
}

describe.each(cases)('K = $K, M = $M, $rule', ({ K, M, rule }) => {
  const problem = nearPlateau({ K, M, rule });
  const signs = (rule === 'bp' ? problem.student.v : problem.feedback).map(Math.sign);

  test('Q_kl = s_k s_l/(2M−1), R_km = s_k/√(M(2M−1)), Σ s_k v_k = M', () => {
    expectClosedForm(plateau(problem), signs, M, 1e-10);
  });

  test("so it is from a start off it, with unequal output weights, where Newton's method has work to do", () => {
    const { student } = nearPlateau({ K, M, rule, stretch: 1.01 });
    const found = plateau(problem, { start: student });
    expect(found.iterations).toBeGreaterThan(1);
    // Differences between the units' lengths are neutral to linear order, so a trace of them may stay.
    expectClosedForm(found, signs, M, 0.03);
    expect(found.residual).toBeLessThan(1e-10 * problem.learningRate);
  });

  test('the equations rest there to first order in η, and do not a little beside it', () => {
    const { student } = plateau(problem);
    const force = (y: Float64Array): number => {
      const dy = new Float64Array(y.length);
      equationsOfMotion(resolveProblem(problem), { firstOrder: true })(y, dy);
      return Math.max(...dy.map(Math.abs)) / problem.learningRate;
    };
    const y = pack(resolveProblem({ ...problem, student }));
    expect(force(y)).toBeLessThan(1e-14);
    y[layoutOf(resolveProblem(problem)).R] *= 1.001;
    expect(force(y)).toBeGreaterThan(1e-5);
  });

  test('a student of two or more units and teachers escapes; directions along the family are neutral', () => {
    const { escapeRate, neutral } = plateau(problem);
    expect(escapeRate / problem.learningRate > 1e-3).toBe(K > 1 && M > 1);
    expect(neutral).toBeGreaterThanOrEqual(K - 1);
  });
});

describe.each(cases.filter(({ K, M }) => K > 1 && M > 1))('K = $K, M = $M, $rule', ({ K, M, rule }) => {
  test('where all |f_k| are equal, to f, the escape rate is η f (2/π) M/√((2M−1)(2M+1)³)', () => {
    const feedback = Array.from({ length: K }, (_, k) => (k % 2 === 0 ? 1 : -1));
    const problem = { ...nearPlateau({ K, M, rule }), feedback };
    const f = rule === 'bp' ? M / K : 1;
    const rate = (problem.learningRate * f * (2 / Math.PI) * M) / Math.sqrt((2 * M - 1) * (2 * M + 1) ** 3);
    expect(Math.abs(plateau(problem).escapeRate / rate - 1)).toBeLessThan(1e-9);
  });
});

test('asked for another activation or too many units, it says what it can do', () => {
  const problem = nearPlateau({ K: 2, rule: 'bp' });
  expect(failureOf(() => plateau({ ...problem, activation: 'relu' })).code).toBe('not-available');
  expect(failureOf(() => plateau({ ...problem, activation: 'linear' })).code).toBe('not-available');
  const large = failureOf(() => plateau(nearPlateau({ K: 6, M: 13, rule: 'bp' })));
  expect(large.code).toBe('not-available');
  expect(large.message).toMatch(/up to 12 units/);
});

test('the predicted length needs a state to start from, and says which', () => {
  const { length } = plateau(nearPlateau({ K: 2, rule: 'bp' }));
  const failure = failureOf(() => length(undefined as never));
  expect(failure.code).toBe('invalid-option');
  expect(failure.message).toMatch(/^length: found undefined; give the student .* arrived on the plateau/);
});

test('to full order a DFA student with unequal feedback drifts along the family, and it says so', () => {
  const problem = { ...nearPlateau({ K: 2, rule: 'dfa', learningRate: 1e-3 }), feedback: [0.5, 0.7] };
  const failure = failureOf(() => plateau(problem, { order: 'full' }));
  expect(failure.code).toBe('no-convergence');
  expect(failure.message).toMatch(/use order "first"/);
  expect(failure.message).toMatch(/near the closed form .*; give a start\./);
  const given = failureOf(() => plateau(problem, { order: 'full', start: plateau(problem).student }));
  expect(given.message).toMatch(/near the start .*; give another start, or none/);
});

test('to full order it never returns overlaps that no student can have', () => {
  const problem = { ...nearPlateau({ K: 2, rule: 'dfa', learningRate: 0.3 }), feedback: [0.5, 0.7] };
  expect(failureOf(() => plateau(problem, { order: 'full' })).code).toBe('no-convergence');
});

test('to full order the plateau differs from the closed form by a part proportional to η', () => {
  const excess = (learningRate: number): number => {
    const { student } = plateau(nearPlateau({ K: 2, rule: 'bp', equal: true, learningRate }), {
      order: 'full',
    });
    return student.Q[0][0] - 1 / 3;
  };
  expect(excess(2e-3) / excess(1e-3)).toBeCloseTo(2, 1);
});
