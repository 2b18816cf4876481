import { describe, expect, it } from 'vitest';
import { COLOURS } from '../../src/draw/index.ts';
import { stacked } from '../../src/draw/stacked.ts';
import { type LineChart, lineChart, type Mark, plot, type Series } from '../../src/index.ts';
import { failureOf } from '../support/failureOf.ts';

const chartOf = (series: Series[], more: Partial<LineChart> = {}): LineChart => ({
  x: { label: 'time' },
  y: { label: 'error' },
  series,
  ...more,
});
const one = (more: Partial<Series> = {}): Series => ({ name: 'a', x: [0, 1, 2], y: [1, 2, 4], ...more });
const BLACK = COLOURS.at(-1);

const numbers = (svg: string, pattern: RegExp): number[][] =>
  [...svg.matchAll(pattern)].map(([, ...found]) => found.map(Number));
const BAR = /<line x1="([\d.]+)" y1="([\d.]+)" x2="\1" y2="([\d.]+)" stroke="#000000" stroke-width="1.5"\/>/g;
const FRAME =
  /<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)" fill="none" stroke="#333333"\/>/g;
const LEGEND = /<line x1="([\d.]+)" y1="([\d.]+)" x2="[\d.]+" y2="[\d.]+" stroke="[^"]+" stroke-width="2.5"/g;
const frameIn = (svg: string): { left: number; top: number; right: number; bottom: number } => {
  const [[left, top, width, height]] = numbers(svg, FRAME);
  return { left, top, right: left + width, bottom: top + height };
};

describe('a plot', () => {
  const chart = chartOf([one({ name: 'theory' }), one({ name: 'students', mark: 'points', colour: 0 })], {
    title: 'Learning',
    y: { label: 'error', log: true },
  });
  const { svg, plotly, ...rest } = plot(chart);
  const display = (rest as Record<symbol, () => Record<string, unknown>>)[Symbol.for('Jupyter.display')];

  it('is shown by a notebook as Plotly, as SVG or as a line of words, whichever it knows', () => {
    expect(display()).toEqual({
      'application/vnd.plotly.v1+json': plotly,
      'image/svg+xml': svg,
      'text/plain': 'Learning; error (log) against time; theory, students',
    });
    expect(svg).toBe(lineChart(chart));
  });

  it('has the same data and the same colours as Plotly takes it', () => {
    const traces = plotly.data as { name: string; mode: string; y: number[]; marker?: { color: string } }[];
    expect(traces.map(({ name, mode, y }) => ({ name, mode, y }))).toEqual([
      { name: 'students', mode: 'markers', y: [1, 2, 4] },
      { name: 'theory', mode: 'lines', y: [1, 2, 4] },
    ]);
    expect(traces[0].marker?.color).toBe(BLACK);
    expect(plotly.data[1]).toMatchObject({ line: { color: BLACK } });
    expect(svg).toContain(`fill="${BLACK}"/>`);
    expect(plotly.layout).toMatchObject({ yaxis: { type: 'log' } });
  });

  it('is plain data, which JSON holds, and the same for the same numbers', () => {
    expect(JSON.parse(JSON.stringify(plotly))).toEqual(plotly);
    expect(plot(structuredClone(chart)).svg).toBe(svg);
    expect(plot(structuredClone(chart)).plotly).toEqual(plotly);
  });

  it('gives Plotly error bars, bands, lines, ranges and one scale', () => {
    const { data, layout } = plot(
      chartOf([one({ mark: 'points', low: [0, 1, 3], high: [2, 2, 9] })], {
        x: { label: 'x', range: [0, 8] },
        bands: [{ from: 0, to: 1, label: 'begin' }],
        lines: [
          { x: 1.5, label: 'middle' },
          { y: 3, label: 'high' },
        ],
        square: true,
      }),
    ).plotly;
    expect(data[0]).toMatchObject({ error_y: { array: [1, 0, 5], arrayminus: [1, 1, 1] } });
    expect(data.map(({ name }) => name)).toContain('high');
    expect((layout.shapes as { type: string }[]).map(({ type }) => type)).toEqual(['rect', 'line']);
    expect(layout.yaxis).toMatchObject({ scaleanchor: 'x' });
    expect((layout.xaxis as { range: number[] }).range[1]).toBeGreaterThan(7.9);
  });

  it('has a title only if it is given one, below where Plotly has its tools', () => {
    const layoutOf = (more: Partial<LineChart>) =>
      plot(chartOf([one()], more)).plotly.layout as {
        annotations: { yshift: number; font: { size: number } }[];
        margin: { t: number };
      };
    expect(layoutOf({}).annotations).toEqual([]);
    const titled = layoutOf({ title: 'Learning', lines: [{ x: 1, label: 'one' }] });
    expect(titled.annotations).toHaveLength(2);
    // The bar is 22 pixels high, from 2 below the edge.
    for (const { yshift, font } of titled.annotations)
      expect(titled.margin.t - yshift - 1.3 * font.size).toBeGreaterThan(24);
  });
});

describe('the SVG of a chart', () => {
  it('has error bars from low to high, cut where the frame ends', () => {
    const bars = { low: [0.5, 1, Number.NaN], high: [1.5, 3, 4] };
    const linear = lineChart(chartOf([one({ mark: 'points', ...bars })]));
    const circles = numbers(linear, /cx="([\d.]+)" cy="([\d.]+)"/g);
    const ends = numbers(linear, BAR);
    expect(ends.map(([x]) => x)).toEqual(circles.slice(0, 2).map(([x]) => x));
    ends.forEach(([, below, above], i) => {
      expect(below).toBeGreaterThan(circles[i][1]);
      expect(above).toBeLessThan(circles[i][1]);
    });
    // A hundredth of the height per value: bars are as long as their ends are apart.
    expect(ends[0][1]).toBeLessThan(frameIn(linear).bottom - 1);
    const scale = (circles[0][1] - circles[1][1]) / (2 - 1);
    expect(ends[1][1] - ends[1][2]).toBeCloseTo(2 * scale, 0);

    const log = lineChart(
      chartOf([one({ low: [-1, 0, 3], high: [2, 3, 5] })], { y: { label: 'y', log: true } }),
    );
    expect(numbers(log, BAR).map(([, below]) => below)).toEqual([
      frameIn(log).bottom,
      frameIn(log).bottom,
      expect.any(Number),
    ]);
    expect(log).not.toContain('NaN');
    // A cap is where a bar ends, and not where the frame does.
    const caps = numbers(log, /y1="([\d.]+)" x2="[\d.]+" y2="\1" stroke="#000000" stroke-width="1.5"/g);
    expect(caps).toHaveLength(4);
    expect(caps).not.toContainEqual([frameIn(log).bottom]);
  });

  it('holds no letter that XML has none of, wherever words stand', () => {
    const bad = 'a\u0000b\u001b[31m\ud800\uffff';
    const svg = lineChart({
      title: bad,
      x: { label: bad },
      y: { label: bad },
      series: [one({ name: bad }), one()],
      lines: [
        { x: 1, label: bad },
        { y: 1, label: bad },
      ],
    });
    expect(svg).not.toMatch(/[^\P{Cc}\n]|[\p{Cs}\uffff]/u);
    expect(svg.match(/a\ufffdb\ufffd\[31m\ufffd\ufffd/g)).toHaveLength(6);
  });

  it('shows numbers as far apart as numbers can be', () => {
    for (const far of [1e308, Number.MAX_VALUE]) {
      const chart = chartOf([one({ mark: 'points', y: [-far, 0, far] })]);
      const heights = numbers(lineChart(chart), /cx="[\d.]+" cy="([\d.]+)"/g).flat();
      const { top, bottom } = frameIn(lineChart(chart));
      expect(heights[1]).toBeCloseTo((top + bottom) / 2, 0);
      expect(heights[0] - heights[2]).toBeGreaterThan(0.9 * (bottom - top));
      expect(JSON.stringify(plot(chart).plotly.layout.yaxis)).not.toContain('null');
    }
  });

  it.each<[Mark, RegExp, number]>([
    ['line', /<path d="M[^"]+" fill="none" stroke="#000000" stroke-width="2"\/>/g, 1],
    ['dashed', /<path [^>]+stroke-dasharray="7 5"/g, 1],
    ['dotted', /<path [^>]+stroke-dasharray="2 4"/g, 1],
    ['points', /<circle [^>]+fill="#000000"/g, 3],
    ['open points', /<circle [^>]+fill="#ffffff" stroke="#000000"/g, 3],
    ['line and points', /<circle |<path /g, 4],
    ['arrow', /<polygon /g, 2],
  ])('draws the mark "%s"', (mark, pattern, count) => {
    const x = mark === 'arrow' ? [0, 1, 2] : [0, 1, 2];
    const y = mark === 'arrow' ? [0, 2, 4] : [1, 2, 4];
    expect(lineChart(chartOf([one({ mark, x, y })])).match(pattern)).toHaveLength(count);
  });

  it('has an arrow that ends where its vector does, and begins at the origin', () => {
    const svg = lineChart(chartOf([one({ mark: 'arrow', x: [3], y: [-4] })], { square: true }));
    const [[fromX, fromY]] = numbers(svg, /<line x1="([\d.]+)" y1="([\d.]+)"[^>]+stroke-width="2.5"/g);
    const [[tipX, tipY]] = numbers(svg, /<polygon points="([\d.]+),([\d.]+)/g);
    expect((tipX - fromX) / (tipY - fromY)).toBeCloseTo(3 / 4, 1);
    expect(tipX).toBeGreaterThan(fromX);
    expect(tipY).toBeGreaterThan(fromY);
  });

  it('gives series that share a colour one, and begins the palette anew after its last', () => {
    const svg = lineChart(chartOf([one({ colour: 2 }), one({ colour: 2 }), one({ colour: 10 })]));
    expect(new Set(svg.match(/<path [^>]+stroke="(#\w+)"/g)?.map((path) => path.slice(-36))).size).toBe(1);
    expect(svg).toContain(`stroke="${COLOURS[1]}"`);
  });

  it('has one scale on both axes if it is square', () => {
    const svg = lineChart(
      chartOf([one({ mark: 'points', x: [0, 1, 0], y: [0, 0, 5] })], { square: true, height: 300 }),
    );
    const [origin, across, up] = numbers(svg, /cx="([\d.]+)" cy="([\d.]+)"/g);
    expect(up[1] - origin[1]).toBeCloseTo(-5 * (across[0] - origin[0]), 0);
    const { left, right, top, bottom } = frameIn(svg);
    expect(right - left).toBeCloseTo(bottom - top, 1);
    // The longer axis is as it would be alone.
    const alone = lineChart(chartOf([one({ mark: 'points', x: [0, 1, 0], y: [0, 0, 5] })], { height: 300 }));
    expect(origin[1] - up[1]).toBeCloseTo(
      numbers(alone, /cy="([\d.]+)"/g)[0][0] - numbers(alone, /cy="([\d.]+)"/g)[2][0],
      0,
    );
    expect(svg).toContain('height="300"');
  });

  it('shows the range that was asked for: lines are cut there, points beyond are left out', () => {
    const chart = chartOf([one(), one({ name: 'b', mark: 'points' })], { x: { label: 'x', range: [0, 1] } });
    const svg = lineChart(chart);
    expect(svg.match(/<circle/g)).toHaveLength(2);
    const { left, top, right, bottom } = frameIn(svg);
    expect(svg).toContain(
      `<svg x="${left}" y="${top}" width="${right - left}" height="${bottom - top}" viewBox=`,
    );
    expect(lineChart(chartOf([one()]))).not.toContain('<svg x=');
  });

  it('counts in whole numbers on an axis that counts', () => {
    const ticks = (whole: boolean): string[] => {
      const svg = lineChart(chartOf([one({ x: [1, 2, 3] })], { x: { label: 'K', whole } }));
      return [...svg.matchAll(/y="364.0" text-anchor="middle" >([^<]+)</g)].map(([, label]) => label);
    };
    expect(ticks(true)).toEqual(['1', '2', '3']);
    expect(ticks(false)).toContain('1.5');
  });

  it('has bands under everything, marked lines over them, and their names above the frame, none on another', () => {
    const svg = lineChart(
      chartOf([one({ x: [1, 10, 100] })], {
        x: { label: 'x', log: true },
        bands: [
          { from: -1, to: 5, label: 'align' },
          { from: 5, to: 1e9, label: 'memorise' },
          { from: 1e5, to: 1e9, label: 'out of sight' },
        ],
        lines: [
          { x: 6, label: 'the turn' },
          { x: 7, label: 'soon after' },
          { x: -1, label: 'nowhere' },
        ],
      }),
    );
    const { left, top, right } = frameIn(svg);
    const bands = numbers(svg, /<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)"[^>]+fill="#[ef]\w+3?c?"\/>/g);
    expect(bands[0][0]).toBe(left);
    expect(bands[0][0] + bands[0][1]).toBeCloseTo(bands[1][0], 0);
    expect(bands[1][0] + bands[1][1]).toBeCloseTo(right, 0);
    const names = [
      ...svg.matchAll(
        /y="([\d.]+)" text-anchor="\w+" >(align|memorise|the turn|soon after|nowhere|out of sight)</g,
      ),
    ];
    expect(names.map(([, , name]) => name).sort()).toEqual(['align', 'memorise', 'soon after', 'the turn']);
    for (const [, y] of names) expect(Number(y)).toBeLessThan(top);
    expect(
      new Set(names.filter(([, , name]) => /turn|soon/.test(name)).map(([, height]) => height)).size,
    ).toBe(2);
    expect(svg.match(/stroke-dasharray="7 5"/g)).toHaveLength(2);
  });

  it('names lines at a height in the legend, and leaves silent series out of it', () => {
    const svg = lineChart(
      chartOf([one({ name: 'theory' }), one({ name: 'students', silent: true, colour: 0 })], {
        lines: [{ y: 30, label: 'learned' }],
      }),
    );
    // The axis is long enough to show it.
    expect(svg).toMatch(/<line [^>]+stroke="#444444" stroke-width="1.5" stroke-dasharray="2 4"\/>\n<path/);
    expect(svg).toContain('>theory<');
    expect(svg).toContain('>learned<');
    expect(svg).not.toContain('>students<');
  });

  it('tells lines at a height apart by their dashes, in the picture and in the legend', () => {
    const svg = lineChart(chartOf([one()], { lines: [2, 3, 4].map((y) => ({ y, label: `height ${y}` })) }));
    const dashes = [...svg.matchAll(/stroke="#444444" stroke-width="1.5" stroke-dasharray="([^"]+)"/g)].map(
      ([, dash]) => dash,
    );
    expect(dashes).toHaveLength(6);
    expect(new Set(dashes.slice(0, 3)).size).toBe(3);
    expect(dashes.slice(3)).toEqual(dashes.slice(0, 3));
  });

  it('draws lines over points', () => {
    const svg = lineChart(chartOf([one(), one({ mark: 'points' })]));
    expect(svg.lastIndexOf('<circle')).toBeLessThan(svg.indexOf('<path'));
  });

  it('shows in the legend how each series is drawn', () => {
    const svg = lineChart(
      chartOf([one({ name: 'dots', points: true }), one({ name: 'dash', mark: 'dashed' })]),
    );
    expect(svg).toMatch(/stroke-linecap="round"\/>\n<text[^>]+>dots</);
    expect(svg).toMatch(/stroke-width="2.5" stroke-dasharray="7 5"\/>\n<text[^>]+>dash</);
  });
});

describe('the legend of a chart', () => {
  const at = (
    series: Series[],
    more: Partial<LineChart> = {},
  ): { x: number; y: number } & ReturnType<typeof frameIn> => {
    const svg = lineChart(chartOf(series, more));
    const [[x, y]] = numbers(svg, LEGEND);
    return { x, y, ...frameIn(svg) };
  };
  const falling = [5, 4, 3];
  const rising = [3, 4, 5];

  it('stands in a corner where no data is', () => {
    const left = at([one({ y: rising }), one({ y: rising, name: 'b' })]);
    expect([left.x < 100, left.y < 70]).toEqual([true, true]);
    const low = at([one({ y: falling }), one({ y: falling, name: 'b' })]);
    expect([low.x < 100, low.y > low.bottom - 60]).toEqual([true, true]);
    const right = at([
      one({ y: rising, x: [0, 0.01, 0.02] }),
      one({ y: [5, 5, 3], name: 'b', x: [0, 1, 1.2] }),
    ]);
    expect(right.x).toBeGreaterThan(400);
  });

  it('stands below where there is data in every corner, or many names are', () => {
    const cross = [one({ y: rising }), one({ y: falling, name: 'b' })];
    const below = at(cross);
    expect(below.y).toBeGreaterThan(below.bottom + 40);
    expect(lineChart(chartOf(cross))).toContain('height="432"');
    const many = at(Array.from({ length: 9 }, (_, i) => one({ name: `a curve, number ${i}`, y: rising })));
    expect(many.y).toBeGreaterThan(many.bottom + 40);
  });

  it('avoids marked lines and error bars', () => {
    const series = [one({ y: rising }), one({ y: rising, name: 'b' })];
    const line = at(series, { lines: [{ x: 0.05, label: 'start' }] });
    expect(line.x).toBeGreaterThan(100);
    const bar = { low: [3, 4, 5], high: [5, 4, 5] };
    expect(at([one({ y: rising, ...bar }), series[1]]).x).toBeGreaterThan(100);
  });

  it('leaves a picture as high as was asked for', () => {
    const svg = lineChart(chartOf([one({ y: rising }), one({ y: falling, name: 'b' })], { height: 350 }));
    expect(svg).toContain('height="350"');
    const heights = numbers(svg, /<text x="[\d.]+" y="([\d.]+)"/g).map(([y]) => y);
    expect(Math.max(...heights)).toBeLessThan(350);
  });
});

describe('points that a log axis has no place for', () => {
  const withZeros = chartOf([
    one({ x: [0, 1, 2], y: [1, 0, -1] }),
    one({ x: [1, 2, 3], y: [1, Number.NaN, 2] }),
  ]);
  const note = (chart: LineChart): (string | undefined)[] => [
    />([^<]*not shown)</.exec(lineChart(chart))?.[1],
    (plot(chart).plotly.layout.annotations as { text: string }[]).find(({ text }) => text.includes('shown'))
      ?.text,
  ];
  const log = (label: string) => ({ label, log: true });

  it('are counted, each once, in a note; gaps are not', () => {
    expect(note({ ...withZeros, y: log('y') })).toEqual(['2 points ≤ 0 not shown', '2 points ≤ 0 not shown']);
    expect(note({ ...withZeros, x: log('x') })[0]).toBe('1 point ≤ 0 not shown');
    expect(note({ ...withZeros, x: log('x'), y: log('y') })[0]).toBe('3 points ≤ 0 not shown');
  });

  it('are not spoken of where every point is shown', () => {
    expect(note(withZeros)).toEqual([undefined, undefined]);
    expect(note({ ...chartOf([one()]), y: log('y') })).toEqual([undefined, undefined]);
  });

  it('have their note below the label of x and above the legend, in a picture as high as was asked for', () => {
    const svg = lineChart({ ...withZeros, y: log('y'), height: 350 });
    const height = (words: string): number =>
      Number(new RegExp(`y="([\\d.]+)"[^>]*>[^<]*${words}<`).exec(svg)?.[1]);
    expect(svg).toContain('height="350"');
    expect(height('not shown')).toBeGreaterThan(height('time') + 12);
    expect(height('not shown')).toBeLessThan(350);
    const { margin, annotations } = plot({ ...withZeros, y: log('y') }).plotly.layout as {
      margin: { b: number };
      annotations: { yshift: number }[];
    };
    expect(-annotations[0].yshift).toBeGreaterThanOrEqual(58);
    expect(-annotations[0].yshift).toBeLessThan(margin.b - 14);
  });
});

describe('labels in rows', () => {
  it('go to the first row with room for them, and not past the ends of the line', () => {
    const labels = [0, 10, 60, 100].map((at) => ({ at, width: 30 }));
    expect(stacked(labels, 100)).toEqual([
      { row: 0, anchor: 'start' },
      { row: 1, anchor: 'start' },
      { row: 0, anchor: 'middle' },
      { row: 1, anchor: 'end' },
    ]);
  });
});

describe('a chart that cannot be drawn is refused', () => {
  it.each<[string, unknown, string]>([
    [
      'lengths that differ',
      chartOf([one(), one({ name: 'DFA', y: [1, 2] })]),
      'series "DFA", y: found 2 values; x has 3',
    ],
    ['error bars of another length', chartOf([one({ low: [1] })]), 'series "a", low: found 1 value; x has 3'],
    [
      'error bars that end before they begin',
      chartOf([one({ name: 'DFA', low: [0, 3, 0], high: [1, 2, 5] })]),
      'series "DFA", low[1]: found 3, above high[1], 2; use low ≤ high',
    ],
    ['no array', chartOf([one({ x: 3 as never })]), 'series "a", x: found 3; use a list of numbers'],
    [
      'a typed array',
      chartOf([one({ y: new Float64Array(1) as never })]),
      'series "a", y: found a Float64Array; use a list of numbers',
    ],
    [
      'what is no number',
      chartOf([one({ y: [1, null as never, 2] })]),
      'series "a", y[1]: found null; use a number; NaN leaves a gap',
    ],
    [
      'an unknown mark',
      chartOf([one({ mark: 'stars' as never })]),
      'series "a", mark: found "stars"; use one of "line", "dashed", "dotted", "points", "open points", "line and points", "arrow"',
    ],
    [
      'a colour that is no place',
      chartOf([one({ colour: -1 })]),
      'series "a", colour: found -1; use a place in the palette: 0, 1, …',
    ],
    [
      'a series without a name',
      chartOf([{ x: [], y: [] } as never]),
      'series[0].name: found nothing; use a string',
    ],
    [
      'an unknown key',
      chartOf([one({ dashed: true } as never)]),
      'series "a", dashed: found true; there is no such key; the keys are name, x, y, mark, points, low, high, colour, silent',
    ],
    ['no series', { x: { label: '' }, y: { label: '' } }, 'series: found nothing; use a list of series'],
    [
      'no axis',
      { x: { label: '' }, series: [] },
      'y: found nothing; use { "label", "log", "whole", "range" }',
    ],
    ['nothing at all', undefined, 'chart: found nothing; use { x, y, series }'],
    [
      'a range that falls',
      chartOf([], { x: { label: 'x', range: [2, 1] } }),
      'x.range: found [2,1]; use [from, to] with from < to',
    ],
    [
      'a log range from zero',
      chartOf([], { y: { label: 'y', log: true, range: [0, 1] } }),
      'y.range: found [0,1]; a log axis begins above 0',
    ],
    [
      'a line at both',
      chartOf([], { lines: [{ x: 1, y: 2, label: '' }] }),
      'lines[0]: found {"x":1,"y":2,"label":""}; use either x, for an upright line, or y',
    ],
    [
      'a line at no number',
      chartOf([], { lines: [{ y: Number.NaN, label: '' }] }),
      'lines[0].y: found NaN; use a finite number',
    ],
    [
      'a band that ends before it begins',
      chartOf([], { bands: [{ from: 2, to: 1, label: '' }] }),
      'bands[0]: found {"from":2,"to":1,"label":""}; use from and to with from < to',
    ],
    [
      'a square with a log axis',
      chartOf([], { square: true, x: { label: 'x', log: true } }),
      'square: found true; only linear axes have one scale',
    ],
    ['a width of nothing', chartOf([], { width: 0 }), 'width: found 0; use 200 to 10000 pixels'],
  ])('%s', (_what, chart, message) => {
    const failure = failureOf(() => plot(chart as LineChart));
    expect(failure.message).toBe(message);
    expect(failure.code).toBe('invalid-option');
  });

  it('but nothing to draw is no fault: there are axes', () => {
    for (const series of [[], [one({ x: [], y: [] })], [one({ y: [Number.NaN, Number.NaN, Number.NaN] })]]) {
      const { svg } = plot(chartOf(series, { y: { label: 'y', log: true } }));
      expect(svg).toContain('>time<');
      expect(svg).not.toContain('NaN');
    }
  });
});
