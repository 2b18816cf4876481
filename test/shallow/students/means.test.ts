import { describe, expect, it } from 'vitest';
import { type Problem, simulate } from '../../../src/index.ts';
import { moments } from '../../../src/numbers/moments.ts';
import { curvesOf } from '../../../src/shallow/students/summary.ts';
import { smallProblem } from '../../support/problems.ts';
import { everyStudent } from '../../support/simulations.ts';

/** A linear student with a learning rate at which he learns nothing but to grow. */
const wild = (learningRate: number): Problem => ({
  activation: 'linear',
  rule: 'bp',
  learningRate,
  trainSecondLayer: false,
  teacher: { T: [[1]], A: [1] },
  student: { Q: [[0.1]], R: [[0]], v: [1] },
  alpha: [0, 1, 5, 10],
});

describe('the mean over runs', () => {
  it('and its standard error are what textbooks say', async () => {
    const { mean, stderr, perRun, runs } = await simulate(smallProblem(), {
      N: 20,
      runs: 12,
      student: 'projected',
      threads: 1,
    });
    expect(runs).toBe(12);
    const values = perRun.map(({ R }) => R[2][1][0]);
    const average = values.reduce((sum, x) => sum + x, 0) / 12;
    const variance = values.reduce((sum, x) => sum + (x - average) ** 2, 0) / 11;
    expect(mean.R[2][1][0]).toBeCloseTo(average, 14);
    expect(stderr.R[2][1][0]).toBeCloseTo(Math.sqrt(variance / 12), 14);
  });

  it('of equal values is that value, with no error', () => {
    const row = Float64Array.of(0.1, -0.013496489357707036, 1e-300, 7);
    const { mean, stderr } = moments([row, row, row, row, row, row, row], 4);
    expect(mean).toEqual(row);
    expect([...stderr]).toEqual([0, 0, 0, 0]);
  });

  it('has no error over one run, and is no number over none', () => {
    const row = Float64Array.of(0.5);
    expect(moments([row], 1)).toEqual({ mean: row, stderr: Float64Array.of(Number.NaN) });
    expect(moments([], 1).mean).toEqual(Float64Array.of(Number.NaN));
  });

  it('keeps the test set apart', () => {
    const shape = { K: 1, M: 1, n: 2, R: 1, v: 2, size: 3 };
    const rows = Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    expect(curvesOf(rows, 2, shape)).toEqual({
      eg: [4, 9],
      Q: [[[1]], [[6]]],
      R: [[[2]], [[7]]],
      v: [[3], [8]],
      egSampled: [5, 10],
    });
  });
});

describe.each(everyStudent)('a $student student that diverges, backend $backend', ({ backend, student }) => {
  const settings = { N: 10, student, backend, threads: 1, seed: 2 };

  it('is marked with the time, has no values from then on, and is in no mean', async () => {
    const simulation = await simulate(wild(50), { ...settings, runs: 3 });
    const { perRun, runs, mean, complete, failed, notes } = simulation;
    expect(notes).toEqual([
      expect.stringMatching(
        /^3 of 3 runs diverged, the first by alpha = .*there is no mean; .* lower learningRate/,
      ),
    ]);
    expect([perRun.length, runs, complete, failed]).toEqual([3, 0, true, []]);
    for (const run of perRun) {
      const t = [0, 1, 5, 10].indexOf(run.diverged as number);
      expect(t).toBeGreaterThan(0);
      expect(run.eg.slice(0, t).every(Number.isFinite)).toBe(true);
      expect(run.eg.slice(t).every(Number.isNaN)).toBe(true);
      expect(run.Q.slice(t).flat(2).every(Number.isNaN)).toBe(true);
    }
    expect(mean.eg.every(Number.isNaN)).toBe(true);
  });

  it('leaves the others as they are', async () => {
    // Near the edge, where some grow beyond the bound by α = 10 and others do not yet.
    const { perRun, runs, mean } = await simulate(wild(3), { ...settings, runs: 20 });
    const kept = perRun.filter(({ diverged }) => diverged === undefined);
    expect(kept.length).toBeGreaterThan(1);
    expect(kept.length).toBeLessThan(20);
    expect(runs).toBe(kept.length);
    const average = kept.reduce((sum, { eg }) => sum + eg[3], 0) / runs;
    expect(Math.abs(mean.eg[3] / average - 1)).toBeLessThan(1e-12);
    const alone = await simulate(wild(3), { ...settings, seed: kept[1].seed });
    expect(alone.perRun[0].eg).toEqual(kept[1].eg);
  });
});
