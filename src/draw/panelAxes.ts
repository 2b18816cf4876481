import { axis, logTicks } from './axis.ts';
import type { AxisOf, Panel } from './panel.ts';

/** An axis of a panel and where it ends: on a log axis, in powers of ten, as plotly has it. */
export interface PanelAxis {
  label: string;
  log: boolean;
  whole: boolean;
  range: [number, number];
}

/** Margin at either end, as a part of the axis's length, so that a point at the end of a range is shown whole. */
const MARGIN = 0.025;

export function panelAxes({ x, y, traces, lines = [] }: Panel): { x: PanelAxis; y: PanelAxis } {
  const origin = traces.some(({ mark }) => mark === 'arrow') ? [0] : [];
  return {
    x: spanned(x, [
      ...origin,
      ...traces.flatMap((trace) => trace.x),
      ...lines.flatMap((line) => line.x ?? []),
    ]),
    y: spanned(y, [
      ...origin,
      ...traces.flatMap(({ y, low = [], high = [] }) => [...y, ...low, ...high]),
      ...lines.flatMap((line) => line.y ?? []),
    ]),
  };
}

function spanned({ label, log = false, whole = false, range }: AxisOf, values: readonly number[]): PanelAxis {
  const { low, high } = axis(range ?? values, log);
  // A linear axis has a margin already.
  const margin = log ? MARGIN * (high - low) : 0;
  return { label, log, whole, range: [low - margin, high + margin] };
}

/** A value where plotly has it on an axis; NaN for what a log axis cannot show. */
export const onAxis = ({ log }: PanelAxis, value: number): number =>
  !log ? value : value > 0 ? Math.log10(value) : Number.NaN;

/** From 0 (low end) to 1 (high end). */
export const placeOn = (axis: PanelAxis, value: number): number =>
  (onAxis(axis, value) - axis.range[0]) / (axis.range[1] - axis.range[0]);

/** Plotly's ticks: its own choice on a linear axis. */
export function ticksOf(
  { log, whole, range: [low, high] }: PanelAxis,
  most: number,
): Record<string, unknown> {
  if (whole) return { tick0: 0, dtick: Math.max(1, Math.ceil((high - low) / most)) };
  if (!log) return { nticks: most };
  const ticks = logTicks(low, high, most);
  return {
    type: 'log',
    tickmode: 'array',
    tickvals: ticks.map(({ at }) => at),
    ticktext: ticks.map(({ label }) => label),
    // When the reader zooms in, plotly chooses again.
    nticks: most,
    exponentformat: 'power',
  };
}
