import { colourAt } from './palette.ts';
import type { Panel, Trace } from './panel.ts';
import { type PanelAxis, panelAxes } from './panelAxes.ts';
import { pointsOf } from './pen.ts';
import { plotlyText, wrapped } from './plotlyText.ts';
import { type Dash, levelDash, rhythms } from './rhythms.ts';
import { SYMBOLS } from './symbols.ts';

type PlotlyTrace = Record<string, unknown>;

/** Longest line of a name, in letters: two columns of them on a screen, one on a telephone. */
const NAME = 24;

/** The traces of a panel as plotly takes them: lines over points, and in the legend in the panel's own order. */
export function panelTraces(panel: Panel): PlotlyTrace[] {
  const axes = panelAxes(panel);
  const dash = rhythms(panel.traces);
  const rhythm = (trace: Trace): string => dashed(dash(trace));
  const traces = panel.traces.flatMap((trace, i) => {
    const shared = {
      type: 'scatter',
      name: name(trace.name),
      showlegend: !trace.silent,
      legendrank: i + 1,
      ...together(panel.traces, i),
    };
    const parts = trace.mark === 'arrow' ? arrows(trace, rhythm(trace)) : [drawn(trace, axes, rhythm(trace))];
    return parts.map((part): PlotlyTrace => ({ ...shared, ...part }));
  });
  const under = (trace: PlotlyTrace): boolean => trace.mode === 'markers';
  return [...traces.filter(under), ...acrossLines(panel, axes.x), ...traces.filter((trace) => !under(trace))];
}

/** The names in the legend, in its order. One trace alone is named by its axes. */
export function legendNames({ traces, lines = [] }: Panel): string[] {
  const across = lines.filter(({ y }) => y !== undefined);
  if (traces.length + across.length < 2) return [];
  return [
    ...traces.filter(({ silent }) => !silent).map((trace) => name(trace.name)),
    ...across.map(({ label }) => name(label)),
  ];
}

const name = (text: string): string => wrapped(plotlyText(text), NAME);

/** A trace without a name in the legend is shown and hidden together with the one that stands for it. */
function together(traces: readonly Trace[], i: number): PlotlyTrace {
  const speaker = (k: number): number =>
    traces[k].silent
      ? traces.findLastIndex((one, j) => j < k && !one.silent && one.colour === traces[k].colour)
      : k;
  const mine = speaker(i);
  const led = traces[mine]?.mark === 'arrow' || traces.some((one, k) => one.silent && speaker(k) === mine);
  return led && mine >= 0 ? { legendgroup: `${mine}` } : {};
}

/** Dashes as plotly takes them. */
const dashed = (dash: Dash): string =>
  dash.length === 0 ? 'solid' : dash.map((pixels) => `${pixels}px`).join();

function drawn(trace: Trace, axes: { x: PanelAxis; y: PanelAxis }, dash: string): PlotlyTrace {
  const { mark, x, y, text } = trace;
  const colour = colourAt(trace.colour);
  const { scale, opacity, edge } = pointsOf(x.length);
  const { symbol, size } = SYMBOLS[trace.colour % SYMBOLS.length];
  const open = mark === 'open points';
  const points = mark.includes('points');
  const line = mark !== 'points' && !open;
  return {
    mode: [...(line ? ['lines'] : []), ...(points ? ['markers'] : [])].join('+'),
    x: x.map((value) => shown(value, axes.x)),
    y: y.map((value) => shown(value, axes.y)),
    ...(line && { line: { color: colour, width: 2, dash } }),
    ...(points && {
      marker: {
        color: colour,
        symbol: open ? `${symbol}-open` : symbol,
        size: size * scale,
        opacity,
        line: open ? { width: 1.5 } : { color: '#ffffff', width: edge },
      },
    }),
    ...bars(trace, axes.y, colour),
    ...texts(text),
  };
}

/** Null leaves a gap: for what is not a number, and for what a log axis cannot show. */
const shown = (value: number, { log }: PanelAxis): number | null =>
  Number.isFinite(value) && (!log || value > 0) ? rounded(value) : null;

/** More digits than a picture shows; tables have them all. */
const rounded = (value: number): number => Number(value.toPrecision(8));

/** Error bars; one that reaches below all that a log axis shows is cut where the axis ends. */
function bars({ y, low, high }: Trace, axis: PanelAxis, colour: string): PlotlyTrace {
  if (!low && !high) return {};
  const end = axis.log ? 10 ** axis.range[0] : Number.NEGATIVE_INFINITY;
  const length = (from: number, to: number): number | null =>
    Number.isFinite(to - from) && to > from ? rounded(to - from) : 0;
  return {
    error_y: {
      type: 'data',
      symmetric: false,
      array: y.map((value, i) => length(value, high?.[i] ?? value)),
      arrayminus: y.map((value, i) => length(Math.max(low?.[i] ?? value, end), value)),
      color: colour,
      thickness: 1.5,
      width: 3,
    },
  };
}

/** From the origin to each point: shafts, and heads apart from them, which a legend would draw oddly. */
function arrows({ x, y, text, colour: place }: Trace, dash: string): PlotlyTrace[] {
  // An arrow to the origin has no direction.
  const tips = x.flatMap((_, i) => (Number.isFinite(x[i] + y[i]) && (x[i] !== 0 || y[i] !== 0) ? [i] : []));
  const each = <T>(tip: (i: number) => T, foot: T, gap: T): T[] => tips.flatMap((i) => [foot, tip(i), gap]);
  const color = colourAt(place);
  const ends = {
    x: each<number | null>((i) => rounded(x[i]), 0, null),
    y: each<number | null>((i) => rounded(y[i]), 0, null),
  };
  const heads = { symbol: 'arrow', angleref: 'previous', color, opacity: 1, size: each(() => 14, 0, 0) };
  return [
    { ...ends, mode: 'lines', line: { color, width: 2.5, dash }, hoverinfo: 'skip' },
    {
      ...ends,
      mode: 'markers',
      marker: heads,
      showlegend: false,
      ...texts(text && each((i) => text[i], '', '')),
    },
  ];
}

const texts = (text: readonly string[] | undefined): PlotlyTrace =>
  text ? { text: text.map((one) => wrapped(plotlyText(one), 2 * NAME)) } : {};

/** Lines at a height have their words in the legend, where no data is. */
function acrossLines({ lines = [] }: Panel, { log, range }: PanelAxis): PlotlyTrace[] {
  const ends = range.map((end) => (log ? 10 ** end : end));
  return lines
    .filter(({ y }) => y !== undefined)
    .map(({ y, label }, i) => ({
      type: 'scatter',
      mode: 'lines',
      name: name(label),
      x: ends,
      y: [y, y],
      line: { color: '#444444', width: 1.5, dash: dashed(levelDash(i)) },
      hoverinfo: 'name',
    }));
}
