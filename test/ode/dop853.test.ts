import { describe, expect, test } from 'vitest';
import { dop853 } from '../../src/ode/dop853.ts';
import {
  ERROR_3,
  ERROR_5,
  MORE_STAGES,
  type Row,
  SOLUTION,
  STAGES,
} from '../../src/ode/dop853Coefficients.ts';
import { odex } from '../../src/ode/solver.ts';

type Equations = (t: number, y: ArrayLike<number>, out: { [i: number]: number }) => void;

/** A circle, and a component that decays: y = (cos t, sin t, e^{−t}). */
const circle: Equations = (_t, y, out) => {
  out[0] = -y[1];
  out[1] = y[0];
  out[2] = -y[2];
};
const start = [1, 0, 1];
const solution = (t: number): number[] => [Math.cos(t), Math.sin(t), Math.exp(-t)];
const distance = (a: ArrayLike<number>, b: number[]): number =>
  Math.max(...b.map((x, i) => Math.abs(x - a[i])));

const options = (tolerance: number, longest = 100) => ({
  relativeTolerance: tolerance,
  absoluteTolerance: [tolerance, tolerance, tolerance],
  maxSteps: 100_000,
  maxStepSize: longest,
  initialStepSize: 1e-4,
  stabilityCheckCount: 1,
});

const sum = (row: Row): number => row.reduce((total, [, c]) => total + c, 0);

describe('the coefficients', () => {
  /** The times of the stages, of which each is the sum of its row. */
  const times = [0, ...STAGES.map(sum), 1, ...MORE_STAGES.map(sum)];

  test('integrate powers of t up to the seventh exactly, as order 8 asks', () => {
    for (let k = 0; k <= 7; k++) {
      const quadrature = SOLUTION.reduce((total, [i, b]) => total + b * times[i] ** k, 0);
      expect(quadrature).toBeCloseTo(1 / (k + 1), 14);
    }
  });

  test('of the errors vanish for powers below their orders', () => {
    for (let k = 0; k < 5; k++)
      expect(ERROR_5.reduce((s, [i, e]) => s + e * times[i] ** k, 0)).toBeCloseTo(0, 13);
    for (let k = 0; k < 3; k++)
      expect(ERROR_3.reduce((s, [i, e]) => s + e * times[i] ** k, 0)).toBeCloseTo(0, 13);
  });

  test('of inner stages integrate t exactly from the third on', () => {
    [...STAGES.slice(1), ...MORE_STAGES].forEach((row, i) => {
      const at = i < STAGES.length - 1 ? i + 2 : i + 3;
      const first = row.reduce((s, [j, a]) => s + a * times[j], 0);
      expect(first).toBeCloseTo(times[at] ** 2 / 2, 12);
    });
  });
});

test('the error falls as the eighth power of the step, between the steps as the eighth too', () => {
  const errors = [0.4, 0.2].map((h) => {
    let atEnd = 0;
    let between = 0;
    const solver = dop853(circle, 3, { ...options(1), initialStepSize: h, maxStepSize: h });
    const state = new Float64Array(3);
    for (const { x0, x1, y } of solver.solutionSegments(0, start, 8)) {
      atEnd = distance(y, solution(x1));
      const middle = (x0 + x1) / 2;
      solver.stateAt(middle, state);
      between = Math.max(between, distance(state, solution(middle)));
    }
    return [atEnd, between];
  });
  expect(Math.log2(errors[0][0] / errors[1][0])).toBeGreaterThan(7.5);
  expect(Math.log2(errors[0][1] / errors[1][1])).toBeGreaterThan(7.2);
});

test.each([1e-6, 1e-9, 1e-12])('keeps the tolerance %d, at its steps and between', (tolerance) => {
  const solver = dop853(circle, 3, options(tolerance));
  const state = new Float64Array(3);
  for (const { x0, x1, y } of solver.solutionSegments(0, start, 20)) {
    expect(distance(y, solution(x1))).toBeLessThan(100 * tolerance);
    for (const part of [0.1, 0.5, 0.9]) {
      const t = x0 + part * (x1 - x0);
      solver.stateAt(t, state);
      expect(distance(state, solution(t))).toBeLessThan(100 * tolerance);
    }
    solver.stateAt(x1, state);
    expect(distance(state, Array.from(y))).toBeLessThan(1e-14);
  }
});

test('meets the end exactly, and the ends of steps follow one another', () => {
  let reached = 0.3;
  for (const { x0, x1 } of dop853(circle, 3, options(1e-8)).solutionSegments(0.3, start, 7.7)) {
    expect(x0).toBe(reached);
    reached = x1;
  }
  expect(reached).toBe(7.7);
});

test('steps stay below the limit that is set on the way', () => {
  const solver = dop853(circle, 3, options(1e-4));
  for (const { x0, x1 } of solver.solutionSegments(0, start, 5)) {
    if (x0 > 1) expect(x1 - x0).toBeLessThanOrEqual(0.01 * (1 + 1e-12));
    solver.limitStep(0.01);
  }
});

test('agrees with odex on the Brusselator', () => {
  const brusselator: Equations = (_t, y, out) => {
    out[0] = 1 + y[0] * y[0] * y[1] - 4 * y[0];
    out[1] = 3 * y[0] - y[0] * y[0] * y[1];
    out[2] = 0;
  };
  const ends = [dop853, odex].map((method) => {
    let end: ArrayLike<number> = [];
    for (const { y } of method(brusselator, 3, options(1e-12)).solutionSegments(0, [1.5, 3, 0], 20)) end = y;
    return end;
  });
  expect(distance(ends[0], Array.from(ends[1]))).toBeLessThan(1e-9);
});

test('gives up where the equations have no solution any more', () => {
  const blowUp: Equations = (_t, y, out) => {
    out[0] = y[0] * y[0];
    out[1] = 0;
    out[2] = 0;
  };
  const run = () => {
    for (const { y } of dop853(blowUp, 3, { ...options(1e-9), maxSteps: 2000 }).solutionSegments(0, start, 2))
      if (!Number.isFinite(y[0])) throw new Error('not finite');
  };
  expect(run).toThrow('maximum allowed steps');
});
