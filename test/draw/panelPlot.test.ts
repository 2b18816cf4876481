import { describe, expect, it } from 'vitest';
import { logTicks } from '../../src/draw/axis.ts';
import { COLOURS, type Panel, panelPlot, type Trace } from '../../src/draw/index.ts';
import { everyMark, plane } from '../support/panels.ts';

interface Plotted {
  name: string;
  mode: string;
  x: (number | null)[];
  y: (number | null)[];
  line?: { color: string; dash: string };
  marker?: { symbol: string; angleref?: string; size: number | number[] };
  error_y?: { array: number[]; arrayminus: number[] };
  text?: string[];
  showlegend: boolean;
  legendgroup?: string;
  legendrank?: number;
}
interface Laid {
  height: number;
  width?: number;
  xaxis: Record<string, unknown> & { range: [number, number]; tickvals: number[]; ticktext: string[] };
  yaxis: Record<string, unknown> & { range: [number, number]; tickvals: number[]; ticktext: string[] };
  shapes: { type: string; x0: number; x1: number; y0: number; y1: number; yref: string }[];
  annotations: { text: string; x: number; y: number; yref: string; yshift: number; yanchor: string }[];
  showlegend: boolean;
  margin: { t: number; b: number };
  dragmode: unknown;
}

const plotted = (panel: Panel, width = 560) => {
  const { data, layout } = panelPlot(panel, { width });
  return { data: data as unknown as Plotted[], layout: layout as unknown as Laid };
};
const named = (name: string, panel = everyMark()): Plotted =>
  plotted(panel).data.find((trace) => trace.name.startsWith(name))!;
const panelOf = (traces: Trace[], more: Partial<Panel> = {}): Panel => ({
  name: 'one',
  title: 'One',
  x: { label: 'x' },
  y: { label: 'y' },
  traces,
  ...more,
});
const trace = (more: Partial<Trace>): Trace => ({
  name: 'a',
  mark: 'line',
  colour: 0,
  x: [1, 2],
  y: [1, 2],
  ...more,
});

describe('a trace of a panel', () => {
  it('is a line for theory, points for students, each in its own dress', () => {
    expect(named('theory')).toMatchObject({ mode: 'lines', line: { color: COLOURS[0], dash: 'solid' } });
    expect(named('students')).toMatchObject({ mode: 'markers', marker: { symbol: 'circle' } });
    expect(named('open').marker?.symbol).toMatch(/-open$/);
    expect(named('both').mode).toBe('lines+markers');
    const dashes = ['theory', 'a &lt; b', 'another'].map((name) => named(name).line?.dash);
    expect(new Set(dashes).size).toBe(3);
  });

  it('has gaps where there is no number, and where a log axis has no place', () => {
    expect(named('theory').x).toEqual([null, 1, 10, 100]);
    expect(named('theory').y).toEqual([1, 0.1, null, 1e-3]);
    expect(named('another').y).toEqual([0.5, null]);
    expect(plotted(panelOf([trace({ y: [-1, 0] })])).data[0].y).toEqual([-1, 0]);
  });

  it('cuts error bars where a log axis ends', () => {
    const { array, arrayminus } = named('students').error_y!;
    const bottom = 10 ** plotted(everyMark()).layout.yaxis.range[0];
    expect(array[0]).toBeCloseTo(0.2, 7);
    expect(0.1 - arrayminus[0]).toBeCloseTo(bottom, 7);
    expect(arrayminus[1]).toBeCloseTo(5e-3, 9);
    expect(bottom).toBeGreaterThan(0);
  });

  it('keeps error bars whole on a linear axis, and has none where there is no number', () => {
    const [{ error_y }] = plotted(panelOf([trace({ low: [-3, Number.NaN], high: [1, 4] })])).data;
    expect(error_y).toMatchObject({ arrayminus: [4, 0], array: [0, 2] });
  });

  it('is told apart from others in grey: symbols differ, and so do solid lines that no points go with', () => {
    const colours = COLOURS.map((_, colour) => colour);
    const points = plotted(panelOf(colours.map((colour) => trace({ mark: 'points', colour })))).data;
    expect(new Set(points.map(({ marker }) => marker?.symbol)).size).toBe(COLOURS.length);
    const lines = plotted(panelOf([0, 1, 2, 3, 4, 5].map((colour) => trace({ colour })))).data;
    expect(new Set(lines.map(({ line }) => line?.dash)).size).toBe(6);
    const withPoints = [0, 1].flatMap((colour) => [trace({ colour }), trace({ colour, mark: 'points' })]);
    for (const { line } of plotted(panelOf(withPoints)).data) if (line) expect(line.dash).toBe('solid');
  });

  it('that is silent is not in the legend, and comes and goes with the one that speaks for it', () => {
    expect(named('students').showlegend).toBe(false);
    expect(named('students').legendgroup).toBe(named('theory').legendgroup);
    expect(named('theory').legendgroup).toBeDefined();
    expect(named('open').legendgroup).toBeUndefined();
  });

  it('lies over points if it is a line, and keeps its place in the legend', () => {
    const { data } = plotted(everyMark());
    const modes = data.map(({ mode }) => mode);
    expect(modes.lastIndexOf('markers')).toBeLessThan(modes.findIndex((mode) => mode !== 'markers'));
    const ranked = data.filter(({ legendrank }) => legendrank).sort((a, b) => a.legendrank! - b.legendrank!);
    expect(ranked.map(({ name }) => name.split(/[ ,]/)[0])).toEqual([
      'theory',
      'students',
      'a',
      'another',
      'open',
      'both',
    ]);
  });

  it('has a name that plotly takes for no tag, in short lines', () => {
    expect(named('a &lt;').name).toBe('a &lt; b &amp; c');
    const lines = named('both').name.split('<br>');
    expect(lines.length).toBeGreaterThan(1);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(24);
    expect(named('open').text).toEqual(['seed &lt;1&gt;']);
  });
});

describe('an arrow', () => {
  const arrows = plotted(plane()).data.filter(({ name }) => name === 'F');
  const [heads, shafts] = ['markers', 'lines'].map((mode) => arrows.find((one) => one.mode === mode)!);

  it('goes from the origin to its point; to the origin itself there is none', () => {
    expect(shafts).toMatchObject({ x: [0, 0.8, null], y: [0, -0.5, null] });
    expect(heads).toMatchObject({ x: shafts.x, y: shafts.y, text: ['', 'feedback', ''] });
  });

  it('has a head at its tip alone, along its shaft, once in the legend', () => {
    expect(heads.marker).toMatchObject({ symbol: 'arrow', angleref: 'previous', size: [0, 14, 0] });
    expect([heads, shafts].map(({ showlegend }) => showlegend)).toEqual([false, true]);
    expect(heads.legendgroup).toBe(shafts.legendgroup);
  });
});

describe('the axes of a panel', () => {
  it('hold every value, its error bar, and a margin for the points at their ends', () => {
    const { xaxis, yaxis } = plotted(panelOf([trace({ low: [-1, 0], high: [2, 9] })])).layout;
    expect(xaxis.range[0]).toBeLessThan(1);
    expect(xaxis.range[1]).toBeGreaterThan(2);
    expect(yaxis.range[0]).toBeLessThan(-1);
    expect(yaxis.range[1]).toBeGreaterThan(9);
    const { yaxis: log } = plotted(everyMark()).layout;
    expect(log.range[0]).toBeCloseTo(-6.15, 9);
    expect(log.range[1]).toBeCloseTo(0.15, 9);
    expect(log.type).toBe('log');
  });

  it('are of one scale in a plane, with the origin in it', () => {
    const { xaxis, yaxis } = plotted(plane()).layout;
    expect(yaxis).toMatchObject({ scaleanchor: 'x', constrain: 'domain' });
    expect(xaxis.range[0]).toBeLessThan(0);
    expect(yaxis.range[0]).toBeLessThan(-0.5);
  });

  it.each([
    ['decades', -12, 0, ['10⁻¹²', '10⁻¹⁰', '10⁻⁸', '10⁻⁶', '10⁻⁴', '10⁻²', '1']],
    ['few decades', -1, 3, ['10⁻¹', '1', '10', '100', '1000']],
    ['narrow', -0.8, 0.6, ['0.2', '0.5', '1', '2']],
    ['narrow and far', -6.5, -5.2, ['5·10⁻⁷', '10⁻⁶', '2·10⁻⁶', '5·10⁻⁶']],
    ['between', 0, 1.95, ['1', '2', '5', '10', '20', '50']],
  ])('if logarithmic have ticks at powers of ten, or 1, 2, 5 of them: %s', (_what, low, high, labels) => {
    expect(logTicks(low, high).map(({ label }) => label)).toEqual(labels);
  });

  it('never have more ticks than can be read', () => {
    for (let low = -20; low < 3; low += 0.7)
      for (let span = 0.1; span < 25; span += 0.37)
        for (const most of [6, 8]) {
          const ticks = logTicks(low, low + span, most);
          expect(ticks.length, `${low} to ${low + span}`).toBeLessThanOrEqual(most + 1);
          expect(ticks.length, `${low} to ${low + span}`).toBeGreaterThanOrEqual(2);
        }
  });
});

describe('bands and lines', () => {
  const { data, layout } = plotted(everyMark());

  it('of x are drawn as far as the axis shows them', () => {
    const [left, right] = layout.xaxis.range.map((end) => 10 ** end);
    const bands = layout.shapes.filter(({ type }) => type === 'rect');
    expect(bands.map(({ x0, x1 }) => [x0, x1])).toEqual(
      [
        [left, 2],
        [2, right],
      ].map((ends) => ends.map((end) => expect.closeTo(end, 9))),
    );
    const lines = layout.shapes.filter(({ type }) => type === 'line');
    expect(lines.map(({ x0, x1 }) => [x0, x1])).toEqual([[12, 12]]);
  });

  it('have their names above the plot, where no data is, none on another', () => {
    const names = layout.annotations.filter(({ yanchor }) => yanchor !== 'top');
    expect(names.map(({ text }) => text).sort()).toEqual(['align', 'memorise', 'the end']);
    for (const { y, yref, yanchor } of names) expect([y, yref, yanchor]).toEqual([1, 'paper', 'bottom']);
    const heights = names.filter(({ text }) => text !== 'align').map(({ yshift }) => yshift);
    expect(new Set(heights).size).toBe(2);
    expect(layout.margin.t).toBeGreaterThan(Math.max(...heights) + 18);
  });

  it('of y cross the whole plot and have their names in the legend', () => {
    const line = data.find(({ name }) => name === 'learned')!;
    expect(line.y).toEqual([1e-4, 1e-4]);
    expect(line.x.map((x) => Math.log10(x!))).toEqual(
      layout.xaxis.range.map((end) => expect.closeTo(end, 9)),
    );
  });
});

describe('the paper of a panel', () => {
  it('says how many points are not shown, of a panel that JSON has kept too', () => {
    const kept = JSON.parse(JSON.stringify(everyMark())) as ReturnType<typeof everyMark>;
    for (const panel of [everyMark(), kept])
      expect(plotted(panel).layout.annotations.map(({ text }) => text)).toContain('2 points ≤ 0 not shown');
  });

  it('has room for the legend: higher where it is narrow', () => {
    const [wide, narrow] = [560, 330].map((width) => plotted(everyMark(), width).layout);
    expect(narrow.margin.b).toBeGreaterThan(wide.margin.b);
    expect(narrow.dragmode).toBe(false);
    expect(wide.dragmode).toBe('zoom');
  });

  it('has no legend for one trace', () => {
    expect(plotted(panelOf([trace({})])).layout.showlegend).toBe(false);
    expect(plotted(panelOf([trace({}), trace({ name: 'b' })])).layout.showlegend).toBe(true);
  });

  it('has the size and the title that a picture wants', () => {
    const { layout } = panelPlot(everyMark(), { width: 960, height: 640, titled: true });
    expect(layout).toMatchObject({ width: 960, height: 640 });
    expect((layout as unknown as Laid).annotations.map(({ text }) => text)).toContain(
      'Every &lt;b&gt;mark&lt;/b&gt;',
    );
  });

  it('shows a panel without any value', () => {
    for (const log of [false, true]) {
      const empty = panelOf([trace({ x: [], y: [] })], { x: { label: 'x', log }, y: { label: 'y', log } });
      const { xaxis } = plotted(empty).layout;
      expect(xaxis.range[1]).toBeGreaterThan(xaxis.range[0]);
    }
  });
});

it('an axis that counts has ticks at whole numbers only, as many as there is room for', () => {
  const step = (last: number): unknown => {
    const x = [2, last];
    const traces: Trace[] = [{ name: 'a', mark: 'line', colour: 0, x, y: x }];
    return plotted(panelOf(traces, { x: { label: 'K', whole: true } })).layout.xaxis.dtick;
  };
  expect([3, 6, 10, 64].map(step)).toEqual([1, 1, 2, 9]);
});
