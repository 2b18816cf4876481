import { type Axis, axis } from './axis.ts';
import { type ChartAxis, type LineChart, valuesAlong } from './chart.ts';
import { FONT } from './label.ts';
import { notShown } from './notShown.ts';
import { linesOf, widthOf } from './plotlyText.ts';
import { type PlacedLabel, stacked } from './stacked.ts';

/** Where a chart's data has its place, in pixels. */
export interface Frame {
  left: number;
  top: number;
  right: number;
  bottom: number;
  x: Axis;
  y: Axis;
  px(value: number): number;
  py(value: number): number;
  title: string[];
  /** Of points that are not shown, below the label of x. */
  note: string | undefined;
  bands: { from: number; to: number }[];
  /** Names of bands and upright lines, in rows above the frame. */
  labels: (PlacedLabel & { at: number; label: string })[];
  /** Whether a range was asked for, and lines beyond it are to be cut. */
  cut: boolean;
}

export const TITLE = { size: 15, line: 20 };
const MARGIN = { left: 74, right: 20, top: 40, bottom: 54 };
export const ROW = 17;
export const NOTE = { size: 11, line: 16 };
const HEIGHT = 400;
/** From so many pixels on an axis has more ticks. */
const WIDE = 600;
const HIGH = 500;
/** Whole numbers are short. */
const stepsIn = (pixels: number, large: number, { whole }: ChartAxis): number =>
  pixels < large ? 6 : whole ? 12 : 8;

/**
 * The frame of a chart of this width; `height` is that of the picture without a legend below, and found if not given.
 */
export function frameOf(chart: LineChart, width: number, height: number | undefined): Frame {
  const across = width - MARGIN.left - MARGIN.right;
  const steps = {
    x: stepsIn(across, WIDE, chart.x),
    y: stepsIn(height ?? (chart.square ? across : HEIGHT), HIGH, chart.y),
  };
  const { x, y } = chart.square ? sameScale(chart, Math.min(steps.x, steps.y)) : axesOf(chart, steps);
  const title = chart.title ? linesOf(chart.title, Math.floor((width - 20) / (0.5 * TITLE.size))) : [];
  const bands = (chart.bands ?? []).map((band) => spanOn(x, chart.x, band));
  const labels = labelsOf(chart, x, bands, across);
  const above =
    ROW * (1 + Math.max(-1, ...labels.map(({ row }) => row))) + TITLE.line * Math.max(0, title.length - 1);
  const note = notShown(chart);
  const bottom = bottomOf(note);
  const top = title.length > 0 ? MARGIN.top + above : Math.max(MARGIN.top, 10 + above);
  const up =
    height !== undefined
      ? height - top - bottom
      : chart.square
        ? across
        : HEIGHT - MARGIN.top - MARGIN.bottom;
  const size = chart.square ? { across: Math.min(across, up), up: Math.min(across, up) } : { across, up };
  return {
    left: MARGIN.left,
    top,
    right: MARGIN.left + size.across,
    bottom: top + size.up,
    x,
    y,
    px: (value) => MARGIN.left + size.across * x.place(value),
    py: (value) => top + size.up * (1 - y.place(value)),
    title,
    note,
    bands: bands.map(({ from, to }) => ({
      from: MARGIN.left + size.across * from,
      to: MARGIN.left + size.across * to,
    })),
    labels: labels.map((label) => ({ ...label, at: MARGIN.left + size.across * label.at })),
    cut: (chart.x.range ?? chart.y.range) !== undefined,
  };
}

/** A point outside of a range that was asked for is not shown. */
export const inside = ({ left, right, top, bottom }: Frame, { x, y }: { x: number; y: number }): boolean =>
  x > left - 0.1 && x < right + 0.1 && y > top - 0.1 && y < bottom + 0.1;

/** How high a picture is whose frame ends here. */
export const heightBelow = ({ bottom, note }: Frame): number => bottom + bottomOf(note);

const bottomOf = (note: string | undefined): number => MARGIN.bottom + (note === undefined ? 0 : NOTE.line);

type Steps = Record<'x' | 'y', number>;

function axesOf(chart: LineChart, steps: Steps): Record<'x' | 'y', Axis> {
  const one = (along: 'x' | 'y'): Axis => {
    const { log = false, range } = chart[along];
    return counted(axis(range ?? valuesAlong(chart, along), log, steps[along]), chart[along]);
  };
  return { x: one('x'), y: one('y') };
}

const counted = (axis: Axis, { whole }: ChartAxis): Axis =>
  whole ? { ...axis, ticks: axis.ticks.filter(({ at }) => Number.isInteger(at)) } : axis;

/** Two linear axes of one length: the shorter is lengthened about its middle. */
function sameScale(chart: LineChart, steps: number): Record<'x' | 'y', Axis> {
  const { x, y } = axesOf(chart, { x: steps, y: steps });
  // The ends of an axis are its values' and a margin of 3 % at either end.
  const half = Math.max(x.high - x.low, y.high - y.low) / 2 / 1.06;
  const about = ({ low, high }: Axis): Axis =>
    axis([(low + high) / 2 - half, (low + high) / 2 + half], false, steps);
  return { x: about(x), y: about(y) };
}

/** A band as far as its axis shows it, from 0 to 1. */
function spanOn(
  x: Axis,
  { log }: ChartAxis,
  band: { from: number; to: number },
): { from: number; to: number } {
  const inside = (value: number): number =>
    log && !(value > 0) ? 0 : Math.min(1, Math.max(0, x.place(value)));
  return { from: inside(band.from), to: inside(band.to) };
}

function labelsOf(
  { bands = [], lines = [] }: LineChart,
  x: Axis,
  spans: readonly { from: number; to: number }[],
  across: number,
): Frame['labels'] {
  const wanted = [
    ...bands.flatMap(({ label }, i) =>
      spans[i].to > spans[i].from ? [{ place: (spans[i].from + spans[i].to) / 2, label }] : [],
    ),
    ...lines.flatMap(({ x: at, label }) => (at === undefined ? [] : [{ place: x.place(at), label }])),
  ]
    .filter(({ place }) => place >= -1e-9 && place <= 1 + 1e-9)
    .map(({ place, label }) => ({ at: across * place, label, width: widthOf(label, FONT) + 8 }));
  return stacked(wanted, across).map((place, i) => ({
    ...place,
    label: wanted[i].label,
    at: wanted[i].at / across,
  }));
}
