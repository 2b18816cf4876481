import { drawChart } from './lineChart.ts';
import { PRINT } from './look.ts';
import { COLOURS } from './palette.ts';
import type { Panel } from './panel.ts';
import { type PanelAxis, panelAxes } from './panelAxes.ts';

/** Pixels of a picture. */
const ORDINARY = { width: 960, height: 640 };
const SQUARE = { width: 720, height: 720 };

/** A panel as a picture for papers: the same numbers make the same bytes. */
export function panelSvg(panel: Panel): string {
  const { title, x, y, traces, lines = [], bands = [], square = false } = panel;
  const axes = panelAxes(panel);
  return drawChart(
    {
      title,
      x: { ...x, ...margin(axes.x) },
      y: { ...y, ...margin(axes.y) },
      // The palette of charts begins with black, which is the last of panels.
      series: traces.map(({ text: _, colour, ...trace }) => ({
        ...trace,
        colour: (colour + 1) % COLOURS.length,
      })),
      lines,
      bands,
      square,
      ...(square ? SQUARE : ORDINARY),
    },
    PRINT,
  ).svg;
}

/** A log axis ends beyond its last points, which are then shown whole, as a linear one does of itself. */
const margin = ({ log, range: [low, high] }: PanelAxis): { range?: [number, number] } =>
  log ? { range: [10 ** low, 10 ** high] } : {};
