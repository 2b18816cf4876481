import { type LineChart, markOf } from './chart.ts';
import { lineChart } from './lineChart.ts';
import { COLOURS } from './palette.ts';
import type { Panel } from './panel.ts';
import { type PanelPlot, panelPlot } from './panelPlot.ts';

/** Where Jupyter kernels that run JavaScript, such as Deno's, look for how a value displays itself. */
const DISPLAY: unique symbol = Symbol.for('Jupyter.display');

/** A picture for notebooks: as the last value of a cell it is drawn below it. */
export interface Plot {
  /** An SVG document, as `lineChart` makes it. */
  svg: string;
  /** The same as Plotly takes it: with it a reader can zoom, and point at a value. */
  plotly: PanelPlot;
  /** All that a notebook may show, by MIME type; it takes the richest that it knows. */
  [DISPLAY](): Record<string, unknown>;
}

/** A chart for a notebook: with Plotly where that is at hand, else as SVG. The same numbers make the same plot. */
export function plot(chart: LineChart): Plot {
  const svg = lineChart(chart);
  const plotly = panelPlot(panelOf(chart), {
    width: chart.width ?? 640,
    ...(chart.height && { height: chart.height }),
    titled: chart.title !== undefined,
    tools: true,
  });
  return {
    svg,
    plotly,
    [DISPLAY]: () => ({
      'application/vnd.plotly.v1+json': plotly,
      'image/svg+xml': svg,
      'text/plain': inWords(chart),
    }),
  };
}

const panelOf = ({ title = '', x, y, series, lines = [], bands = [], square = false }: LineChart): Panel => ({
  name: 'plot',
  title,
  x,
  y,
  lines: [...lines],
  bands: [...bands],
  square,
  traces: series.map((one, i) => ({
    name: one.name,
    mark: markOf(one),
    // Charts begin the palette with black, which panels have last.
    colour: ((one.colour ?? i) + COLOURS.length - 1) % COLOURS.length,
    x: [...one.x],
    y: [...one.y],
    ...(one.low && { low: [...one.low] }),
    ...(one.high && { high: [...one.high] }),
    ...(one.silent && { silent: true }),
  })),
});

/** For terminals and screen readers: title, axes and names in a line. */
function inWords({ title, x, y, series }: LineChart): string {
  const names = series.map(({ name }) => name).filter((name) => name !== '');
  const axes = `${y.label}${y.log ? ' (log)' : ''} against ${x.label}${x.log ? ' (log)' : ''}`;
  return [title, axes, names.join(', ')].filter(Boolean).join('; ').replace(/\s+/g, ' ');
}
