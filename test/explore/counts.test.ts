import { describe, expect, it } from 'vitest';
import { timesInWords } from '../../src/shallow/compare/compare.ts';
import { resized } from '../../src/web/state/resize.ts';
import { estimate } from '../../src/web/students/estimate.ts';
import { inCharts, type StudentsSeen } from '../../src/web/students/seen.ts';
import { curveInWords } from '../../src/web/views/curveInWords.ts';
import { DRAWN, SHORT } from '../support/controls.ts';

describe('counts in words', () => {
  it('are singular for one thing', () => {
    const students = { ...SHORT.students, N: 100, runs: 1 };
    const state = { ...SHORT, problem: { ...SHORT.problem, alpha: [0.01] }, students };
    expect(estimate(state).words).toBe('1 student × 1 example: 1 step.');
    expect(inCharts({ counts: [0, 1], other: false } as unknown as StudentsSeen).name).toBe('1 student');
    expect(timesInWords([3])).toBe('1 of the times (alpha = 3) is');
    const stats = { rtol: 1e-9, evaluations: 1, heldFrom: null, symmetricFrom: null, egFloor: 0 };
    const theory = { curve: { stats, eg: [] }, stage: 'exact', reached: 1, end: 1, done: true, took: 2 };
    expect(curveInWords({ theory, pending: false } as never)).toBe('exact to 10⁻⁹ in 2 ms, 1 evaluation');
  });

  it('are plural for several', () => {
    const students = { ...SHORT.students, N: 100, runs: 1200 };
    const state = { ...SHORT, problem: { ...SHORT.problem, alpha: [0.02] }, students };
    expect(estimate(state).words).toBe('1,200 students × 2 examples: 2.4 thousand steps.');
    expect(inCharts({ counts: [0, 1200], other: true } as unknown as StudentsSeen).name).toBe(
      '1,200 students of another problem',
    );
    expect(timesInWords([3, 4, 5])).toBe('3 of the times (the first at alpha = 3, the last at 5) are');
  });

  it('are of the units that a draw needs room for', () => {
    const drawn = { draw: { K: 2, N: 4, sigma: 0.1, seed: 1 } };
    const tight = { ...DRAWN, problem: { ...DRAWN.problem, teacher: SHORT.problem.teacher, student: drawn } };
    expect(resized(tight, { K: 3 }).said).toEqual([
      'Weights are now drawn with N = 5: K + M = 5 units need as many.',
    ]);
  });
});
