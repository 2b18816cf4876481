import { describe, expect, it } from 'vitest';
import { axis } from '../../src/draw/axis.ts';
import { textChart } from '../../src/draw/index.ts';
import { lineChart } from '../../src/index.ts';

describe('an axis', () => {
  it('spans its values, with round ticks inside', () => {
    const { place, ticks } = axis([0, 10], false);
    expect(place(5)).toBeCloseTo(0.5, 12);
    expect(place(0)).toBeGreaterThan(0);
    expect(place(10)).toBeLessThan(1);
    expect(ticks.map((tick) => tick.label)).toEqual(['0', '2', '4', '6', '8', '10']);
  });

  it('on a log scale has powers of ten, and leaves out what is not positive', () => {
    const { place, ticks } = axis([0, -1, 1e-5, 100, Number.NaN], true);
    expect(place(1e-5)).toBe(0);
    expect(place(100)).toBe(1);
    expect(ticks.map((tick) => tick.label)).toEqual([
      '10⁻⁵',
      '10⁻⁴',
      '10⁻³',
      '10⁻²',
      '10⁻¹',
      '1',
      '10',
      '100',
    ]);
  });

  it('shows a single value, and none, without a fault', () => {
    expect(axis([3], false).place(3)).toBeCloseTo(0.5, 12);
    expect(axis([], true).ticks.length).toBeGreaterThan(0);
    expect(axis([2e-3, 7e-3], true).ticks.length).toBeGreaterThan(0);
  });
});

describe('an axis over a narrow range', () => {
  it.each([
    ['within a decade', [0.3333, 0.3338], true],
    ['between two doubles', [1, 1 + 2e-16], true],
    ['between two doubles', [1, 1 + 2e-16], false],
    ['between two huge doubles', [1e20, 1.0000000000000002e20], false],
    ['of one huge number', [1e300], false],
    ['of one tiny number', [1e-300], true],
  ])('has ticks inside it: %s', (_what, values, log) => {
    const { place, ticks } = axis(values, log);
    expect(ticks.length).toBeGreaterThanOrEqual(2);
    expect(ticks.every(({ at }) => place(at) > -1e-6 && place(at) < 1 + 1e-6)).toBe(true);
    expect(values.every((x) => place(x) >= 0 && place(x) <= 1)).toBe(true);
  });

  it('is drawn on a terminal', () => {
    const chart = textChart([0, 1, 10], [0.3333, 0.3335, 0.3338], 'eg');
    expect(chart).toContain('0.3335 │');
    expect(chart.split('•')).toHaveLength(4);
  });
});

describe('a line chart', () => {
  const chart = lineChart({
    title: 'a < b & "c"',
    x: { label: 'x' },
    y: { label: 'y', log: true },
    series: [
      { name: 'curve', x: [0, 1, 2, 3], y: [1, Number.NaN, 10, 100] },
      { name: 'points', x: [0, 3], y: [1, 100], points: true },
    ],
  });

  it('breaks its line where there is no number, and marks points as points', () => {
    const d = /<path d="([^"]*)"/.exec(chart)?.[1] ?? '';
    expect(d.match(/M/g)).toHaveLength(2);
    expect(d.match(/L/g)).toHaveLength(1);
    expect(chart.match(/<circle/g)).toHaveLength(2);
  });

  it('is well-formed text whose labels cannot break it', () => {
    expect(chart).toContain('a &lt; b &amp; &quot;c&quot;');
    expect(chart).not.toContain('NaN');
    expect(chart.match(/<text/g)?.length).toBe(chart.match(/<\/text>/g)?.length);
  });

  it('puts larger values higher', () => {
    const heights = [...chart.matchAll(/cy="([\d.]+)"/g)].map((match) => Number(match[1]));
    expect(heights[0]).toBeGreaterThan(heights[1]);
  });
});

describe('a text chart', () => {
  it('falls from the upper left to the lower right with a falling curve', () => {
    const x = [1, 10, 100, 1000];
    const lines = textChart(x, [1, 0.1, 0.01, 0.001], 'eg', 40, 10).split('\n');
    const rows = lines.filter((line) => line.includes('•'));
    expect(rows).toHaveLength(4);
    const columns = rows.map((row) => row.indexOf('•'));
    expect(columns).toEqual([...columns].sort((a, b) => a - b));
    expect(lines[0]).toBe('eg');
  });

  it('draws a curve that has fallen to zero', () => {
    expect(textChart([0, 1, 2], [1, 0.5, 0], 'eg')).toContain('•');
    expect(textChart([0, 1], [0, 0], 'eg')).toContain('•');
  });
});
