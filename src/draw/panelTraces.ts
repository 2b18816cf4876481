import { colourAt } from './palette.ts';
import type { Mark, Panel, Trace } from './panel.ts';
import { type PanelAxis, panelAxes } from './panelAxes.ts';
import { plotlyText, wrapped } from './plotlyText.ts';

type PlotlyTrace = Record<string, unknown>;

/** What tells colours apart where there is none: a symbol each, */
const SYMBOLS = [
  { symbol: 'circle', size: 6 },
  { symbol: 'square', size: 6 },
  { symbol: 'diamond', size: 7 },
  { symbol: 'triangle-up', size: 8 },
  { symbol: 'triangle-down', size: 8 },
  { symbol: 'cross', size: 8 },
  { symbol: 'star', size: 9 },
  { symbol: 'x', size: 7 },
];
/** and, for lines that no points go with, a rhythm of long pieces, far from dashes and dots. */
const RHYTHMS = [
  'solid',
  '20px,3px',
  '14px,3px,3px,3px',
  '10px,3px,3px,3px,3px,3px',
  '10px,2px',
  '20px,3px,8px,3px',
  '20px,3px,3px,3px,3px,3px,3px,3px',
];
/** Lines across a panel. */
const ACROSS = ['1px,3px', '8px,3px,1px,3px', '5px,5px'];

const DASHES: Partial<Record<Mark, string>> = { dashed: '7px,5px', dotted: '2px,4px' };
/** Up to so many, points are large; above that they let lines and each other be seen; and above so many they are small. */
const FEW = 40;
const CROWD = 300;
/** Longest line of a name, in letters: two columns of them on a screen, one on a telephone. */
const NAME = 24;

/** The traces of a panel as plotly takes them: lines over points, and in the legend in the panel's own order. */
export function panelTraces(panel: Panel): PlotlyTrace[] {
  const axes = panelAxes(panel);
  const rhythm = rhythms(panel.traces);
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

/** A silent trace comes and goes with the one that speaks for it. */
function together(traces: readonly Trace[], i: number): PlotlyTrace {
  const speaker = (k: number): number =>
    traces[k].silent
      ? traces.findLastIndex((one, j) => j < k && !one.silent && one.colour === traces[k].colour)
      : k;
  const mine = speaker(i);
  const led = traces[mine]?.mark === 'arrow' || traces.some((one, k) => one.silent && speaker(k) === mine);
  return led && mine >= 0 ? { legendgroup: `${mine}` } : {};
}

/** Solid lines of several colours look alike in grey, but for the points on some; and so do arrows. */
function rhythms(traces: readonly Trace[]): (trace: Trace) => string {
  const colours = (some: (mark: Mark) => boolean): number[] => [
    ...new Set(traces.filter(({ mark }) => some(mark)).map(({ colour }) => colour)),
  ];
  const pointed = colours((mark) => mark.includes('points'));
  const lines = colours((mark) => mark === 'line');
  const alike = {
    line: lines.length > 1 ? lines.filter((colour) => !pointed.includes(colour)) : [],
    arrow: colours((mark) => mark === 'arrow'),
  };
  return ({ mark, colour }) => {
    if (mark !== 'line' && mark !== 'arrow') return DASHES[mark] ?? 'solid';
    return RHYTHMS[Math.max(0, alike[mark].indexOf(colour)) % RHYTHMS.length];
  };
}

function drawn(trace: Trace, axes: { x: PanelAxis; y: PanelAxis }, dash: string): PlotlyTrace {
  const { mark, x, y, text } = trace;
  const colour = colourAt(trace.colour);
  const [many, crowded] = [x.length > FEW, x.length > CROWD];
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
        size: size * (crowded ? 0.7 : many ? 1 : 1.4),
        opacity: many ? 0.55 : 1,
        line: open ? { width: 1.5 } : { color: '#ffffff', width: many ? 0 : 0.75 },
      },
    }),
    ...bars(trace, axes.y, colour),
    ...texts(text),
  };
}

/** Null is a gap: what is no number, and what a log axis has no place for. */
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
      line: { color: '#444444', width: 1.5, dash: ACROSS[i % ACROSS.length] },
      hoverinfo: 'name',
    }));
}
