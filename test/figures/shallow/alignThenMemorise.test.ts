import { describe, expect, test } from 'vitest';
import { workshop } from '../../../src/figures/index.ts';
import { alignment, figure3b } from '../../../src/figures/shallow/alignThenMemorise.ts';
import { expectNumbers } from '../../support/claims.ts';
import { expectStoredLines, linesOf } from '../../support/stored.ts';

const STARTS = 45;
const drawing = await alignment(workshop({ size: 'quick', machine: { threads: 1 } }), {
  student: 'projected',
  starts: STARTS,
});
const { panels, parameters, claims } = drawing;
const [peak, fall] = claims;

describe('figure 3b', () => {
  test('theory is as it is stored', () => {
    expectStoredLines('3b', linesOf(drawing));
  });

  test('its claims carry their numbers', () => {
    expectNumbers(claims);
  });

  test('alignment rises from −0.85 to above 0.999, before the plateau, and falls as the student specialises', () => {
    const [{ traces, bands, lines }] = panels;
    const [theory, student] = traces;
    const at = (trace: typeof theory, alpha: number) => trace.y[trace.x.findIndex((x) => x > alpha)];
    const [begins, ends] = (lines ?? []).map(({ x }) => x ?? 0);
    const aligned = bands?.[0].to ?? 0;
    for (const trace of [theory, student]) {
      expect(trace.y[0]).toBeLessThan(-0.6);
      expect(at(trace, aligned)).toBeGreaterThan(0.99);
      expect(at(trace, begins)).toBeLessThan(at(trace, aligned));
      expect(at(trace, ends)).toBeLessThan(at(trace, begins));
      expect(trace.y.at(-1)).toBeLessThan(at(trace, ends));
    }
    expect(begins / aligned).toBeGreaterThan(2);
    expect(claims.map(({ holds }) => holds)).toEqual(['not as printed', 'yes']);
    const { maximum, plateau } = peak.numbers;
    expect([maximum.alpha, plateau.alpha, fall.numbers.leaves.alpha]).toEqual([aligned, begins, ends]);
    expect(maximum.alignment).toBe(Math.max(...theory.y));
    expect(plateau.later).toBe(begins / aligned);
  });

  test('of many starts nearly all are most aligned before the plateau, and each is counted once', () => {
    const { starts, toPlateau, before, within, after } = peak.numbers;
    expect([starts, toPlateau]).toEqual([STARTS, STARTS]);
    expect(before.count + within.count + after.count).toBe(STARTS);
    expect(before.count).toBeGreaterThan(38);
    expect(before.factor).toBeGreaterThan(2);
  });

  test('who keeps the alignment has a solution along F', () => {
    // Seed 41: F is along a solution.
    const { learned, decreased, others } = fall.numbers;
    expect(others.count).toBeGreaterThan(0);
    expect(decreased + others.count).toBe(learned);
    expect(others.least).toBeGreaterThan(0.9999);
    expect(others.solution).toBeGreaterThan(0.9999);
    expect(fall.found).toContain('in the solution: F is in its direction');
    expect(peak.numbers.after.count).toBeGreaterThan(0);
    expect(peak.numbers.after.least).toBeGreaterThan(0.9999);
    expect(peak.found).toContain('it hardly changes there');
  });

  test('the script asks for the times of the figure', () => {
    expect(parameters).toMatchObject({ problem: { alpha: { from: 0.1, to: 4000, points: 93 } } });
    expect(figure3b.script).toContain('alpha: { from: 0.1, to: 4000, points: 93 }');
  });
});
