import { FRAME } from './frame.ts';
import { notShown } from './notShown.ts';
import type { Panel } from './panel.ts';
import { onAxis, type PanelAxis, panelAxes, placeOn, ticksOf } from './panelAxes.ts';
import { lettersIn, linesOf, plotlyText, widthOf, wrapped } from './plotlyText.ts';
import { stacked } from './stacked.ts';

/** What a panel is drawn on, in pixels. */
export interface Paper {
  width: number;
  /** As much as the panel needs, if not given. */
  height?: number;
  /** Whether its title stands on it, or beside it on a page. */
  titled?: boolean;
  /** Whether plotly's bar of tools stands on it, at the top right, where no words may then be. */
  tools?: boolean;
}

/** Narrower paper is the screen of a phone. */
const TOUCHED = 500;
const FONT = 14;
const SMALL = 13;
const LINE = 18;
/** Ticks and title of an axis. */
const SIDE = { left: 76, right: 16 };
/** Of the ticks below a plot. */
const TICKS = 40;
/** What a name in a legend has beside it: a piece of line, and room. */
const SAMPLE = 48;
/** Names of bands and lines, above them. */
const LABEL = 22;
/** Of plotly's bar. */
const TOOLS = 20;

/** Axes, bands and legend of a panel; `names` are those in its legend. */
export function panelLayout(panel: Panel, paper: Paper, names: readonly string[]): Record<string, unknown> {
  const axes = panelAxes(panel);
  const across = paper.width - SIDE.left - SIDE.right;
  const labels = topLabels(panel, axes.x, across);
  const title = paper.titled ? linesOf(panel.title, lettersIn(paper.width, FONT + 2)) : [];
  const words = labels.height + title.length * (LINE + 4);
  const top = 14 + words + (paper.tools && words > 0 ? TOOLS : 0);
  const note = notShown({ ...panel, series: panel.traces });
  const named = TICKS + LINE * linesOf(axes.x.label, lettersIn(across, FONT)).length;
  const bottom = named + (note ? LINE : 0);
  const legend = legendOf(names, across);
  const area = panel.square ? Math.min(across, 440) : Math.max(270, Math.min(360, 0.64 * across));
  const height = paper.height ?? top + area + bottom + legend.height;
  const up = height - top - bottom - legend.height;
  return {
    height,
    ...(paper.height && { width: paper.width }),
    xaxis: {
      ...FRAME,
      ...axisLayout(axes.x, across, across < 340 ? 6 : 8),
      ...(panel.square && { constrain: 'domain' }),
    },
    yaxis: {
      ...FRAME,
      ...axisLayout(axes.y, up, 8),
      automargin: true,
      ...(panel.square && { scaleanchor: 'x', constrain: 'domain' }),
    },
    shapes: [...bandShapes(panel, axes.x), ...lineShapes(panel, axes.x)],
    annotations: [...labels.annotations, ...titleOf(title, labels.height), ...noteOf(note, named)],
    showlegend: names.length > 0,
    legend: {
      orientation: 'h',
      xref: 'container',
      x: 0,
      xanchor: 'left',
      yref: 'container',
      y: 0,
      yanchor: 'bottom',
      maxheight: 1,
      itemsizing: 'constant',
      // As many columns on wider paper too, whatever the font: the height is then known.
      entrywidthmode: 'fraction',
      entrywidth: 1 / Math.max(1, legend.columns) - 0.025,
      tracegroupgap: 0,
      font: { size: SMALL },
    },
    font: { family: 'sans-serif', size: FONT, color: '#000000' },
    margin: { t: top, r: SIDE.right, b: bottom + legend.height, l: SIDE.left },
    hoverlabel: { namelength: -1 },
    paper_bgcolor: '#ffffff',
    plot_bgcolor: '#ffffff',
    // On a phone a finger on a plot scrolls the page.
    dragmode: paper.width < TOUCHED ? false : 'zoom',
  };
}

const axisLayout = (axis: PanelAxis, pixels: number, ticks: number): Record<string, unknown> => ({
  title: {
    text: wrapped(plotlyText(axis.label), lettersIn(pixels, FONT)),
    standoff: 10,
    font: { size: FONT },
  },
  range: axis.range,
  ...ticksOf(axis, ticks),
});

/** The names in columns, as many as fit below the plot, and the height that they then need. */
function legendOf(names: readonly string[], width: number): { columns: number; height: number } {
  const lines = names.map((name) => name.split('<br>'));
  const widest = SAMPLE + Math.max(0, ...lines.flat().map((line) => widthOf(line, SMALL)));
  const columns = Math.max(1, Math.min(names.length, Math.floor(width / widest)));
  let height = names.length > 0 ? 14 : 0;
  for (let i = 0; i < names.length; i += columns)
    height += 4 + (LINE - 1) * Math.max(...lines.slice(i, i + columns).map((some) => some.length));
  return { columns, height };
}

interface Span {
  from: number;
  to: number;
}

/** A band as far as its axis shows it. */
function seen(axis: PanelAxis, from: number, to: number): Span | undefined {
  const inside = (value: number): number =>
    Math.min(axis.range[1], Math.max(axis.range[0], onAxis(axis, value)));
  const low = axis.log && !(from > 0) ? axis.range[0] : inside(from);
  const high = axis.log && !(to > 0) ? axis.range[0] : inside(to);
  return high > low ? { from: low, to: high } : undefined;
}

const bandShapes = ({ bands = [] }: Panel, axis: PanelAxis): Record<string, unknown>[] =>
  bands.flatMap(({ from, to }, i) => {
    const span = seen(axis, from, to);
    return span
      ? [
          {
            type: 'rect',
            layer: 'below',
            xref: 'x',
            yref: 'paper',
            x0: valueAt(axis, span.from),
            x1: valueAt(axis, span.to),
            y0: 0,
            y1: 1,
            line: { width: 0 },
            fillcolor: i % 2 === 0 ? '#ececec' : '#f7f3e3',
          },
        ]
      : [];
  });

const valueAt = ({ log }: PanelAxis, place: number): number => (log ? 10 ** place : place);

const lineShapes = ({ lines = [] }: Panel, axis: PanelAxis): Record<string, unknown>[] =>
  lines
    .filter(({ x }) => x !== undefined && Number.isFinite(onAxis(axis, x)))
    .map(({ x }) => ({
      type: 'line',
      xref: 'x',
      yref: 'paper',
      x0: x,
      x1: x,
      y0: 0,
      y1: 1,
      line: { color: '#444444', width: 1.5, dash: '4px,3px' },
    }));

const XANCHOR = { start: 'left', middle: 'center', end: 'right' };

/** The names of bands and of upright lines, above the plot, where no data is, in as many rows as they need. */
function topLabels(
  { bands = [], lines = [] }: Panel,
  axis: PanelAxis,
  pixels: number,
): { height: number; annotations: Record<string, unknown>[] } {
  const wanted = [
    ...bands.flatMap(({ from, to, label }) => {
      const span = seen(axis, from, to);
      return span ? [{ at: (span.from + span.to) / 2, label }] : [];
    }),
    ...lines.flatMap(({ x, label }) =>
      x !== undefined && Number.isFinite(onAxis(axis, x)) ? [{ at: onAxis(axis, x), label }] : [],
    ),
  ];
  const labels = wanted
    .toSorted((a, b) => a.at - b.at)
    .map(({ at, label }) => {
      const lines = linesOf(plotlyText(label), LABEL);
      const width = Math.max(...lines.map((line) => widthOf(line, SMALL))) + 8;
      return { value: at, lines, at: pixels * placeOn({ ...axis, log: false }, at), width };
    });
  const placed = stacked(labels, pixels).map((place, i) => ({ ...place, ...labels[i] }));
  const rows = placed.reduce((heights: number[], { row, lines }) => {
    heights[row] = Math.max(heights[row] ?? 0, lines.length);
    return heights;
  }, []);
  const below = (row: number): number => rows.slice(0, row).reduce((sum, lines) => sum + lines * LINE, 0);
  return {
    height: below(rows.length),
    annotations: placed.map(({ value, lines, row, anchor }) => ({
      x: value,
      y: 1,
      yref: 'paper',
      yshift: below(row),
      xanchor: XANCHOR[anchor],
      yanchor: 'bottom',
      text: lines.join('<br>'),
      showarrow: false,
      font: { size: SMALL },
    })),
  };
}

const titleOf = (lines: readonly string[], above: number): Record<string, unknown>[] =>
  lines.length === 0
    ? []
    : [
        {
          xref: 'paper',
          yref: 'paper',
          x: 0.5,
          y: 1,
          xanchor: 'center',
          yanchor: 'bottom',
          yshift: above + 4,
          text: lines.map(plotlyText).join('<br>'),
          showarrow: false,
          font: { size: FONT + 2 },
        },
      ];

/** Of points that are not shown, below the title of x. */
const noteOf = (note: string | undefined, below: number): Record<string, unknown>[] =>
  note === undefined
    ? []
    : [
        {
          xref: 'paper',
          yref: 'paper',
          x: 1,
          y: 0,
          xanchor: 'right',
          yanchor: 'top',
          yshift: -below,
          text: note,
          showarrow: false,
          font: { size: SMALL - 1 },
        },
      ];
