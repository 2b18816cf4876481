import { describe, expect, test } from 'vitest';
import { alignment, figure3b } from '../../src/figures/alignThenMemorise.ts';
import { workshop } from '../../src/figures/index.ts';
import { expectStoredLines, linesOf } from '../support/stored.ts';

const shop = () => workshop({ size: 'quick', machine: { threads: 1 } });

describe('figure 3b', () => {
  test('theory is as it is stored', async () => {
    const drawing = await alignment(shop(), { student: 'projected', starts: 5 });
    expectStoredLines('3b', linesOf(drawing));
  });

  test('alignment rises from −0.65 to above 0.999, before the plateau, and falls as the student specialises', async () => {
    const { panels, claims } = await alignment(shop(), { student: 'projected', starts: 30 });
    const [{ traces, bands, lines }] = panels;
    const [theory, student] = traces;
    const at = (trace: typeof theory, alpha: number) => trace.y[trace.x.findIndex((x) => x > alpha)];
    const [begins, ends] = (lines ?? []).map(({ x }) => x ?? 0);
    const peak = bands?.[0].to ?? 0;
    for (const trace of [theory, student]) {
      expect(trace.y[0]).toBeLessThan(-0.6);
      expect(at(trace, peak)).toBeGreaterThan(0.99);
      expect(at(trace, begins)).toBeLessThan(at(trace, peak));
      expect(at(trace, ends)).toBeLessThan(at(trace, begins));
      expect(trace.y.at(-1)).toBeLessThan(at(trace, ends));
    }
    expect(begins / peak).toBeGreaterThan(2);
    expect(claims.map(({ holds }) => holds)).toEqual(['not as printed', 'yes']);
    const [, factor] =
      /differ by a factor of ([\d.]+); up to 2 would count as the same time/.exec(claims[0].found) ?? [];
    expect(Number(factor)).toBeCloseTo(begins / peak, 1);
    const [, start, before, near, after] =
      /Of (\d+) starts, 30 come .* before its beginning in (\d+), .* of it in (\d+), and later in (\d+)/
        .exec(claims[0].found)
        ?.map(Number) ?? [];
    expect(before + near + after).toBe(start);
    expect(before).toBeGreaterThan(25);
  });

  test('who keeps her alignment has a solution along F', async () => {
    const { claims } = await alignment(shop(), { student: 'projected', starts: 12 });
    // Seed 12: F is along a solution.
    expect(claims[1].found).toMatch(
      /In the other cos\(v, F\) is at least (0\.9999\d|1\.00000) .* and at least (0\.9999\d|1\.00000) in the solution: F is in its direction/,
    );
    expect(claims[0].found).toMatch(
      /and later in 1\. In those .* at least (0\.9999\d|1\.00000) at all times/,
    );
  });

  test('the script asks for the times of the figure', async () => {
    const { parameters } = await alignment(shop(), { student: 'projected', starts: 1 });
    expect(parameters).toMatchObject({ problem: { alpha: { from: 0.1, to: 4000, points: 93 } } });
    expect(figure3b.script).toContain('alpha: { from: 0.1, to: 4000, points: 93 }');
  });
});
