import type { Mark } from './panel.ts';

/**
 * What a picture shows: named series of numbers between two axes. Plain data. Its words may have subscripts: "R_12",
 * "ε_g", "x_{k+1}".
 */
export interface LineChart {
  title?: string;
  x: ChartAxis;
  y: ChartAxis;
  series: readonly Series[];
  /** Lines across the whole picture, at a value of x or of y. */
  lines?: readonly { x?: number; y?: number; label: string }[];
  /** Spans of x with a name, as the phases of learning. */
  bands?: readonly { from: number; to: number; label: string }[];
  /** Both axes to the same scale: for planes of vectors. */
  square?: boolean;
  width?: number;
  height?: number;
}

/** One axis of a picture. */
export interface ChartAxis {
  label: string;
  log?: boolean;
  /** Whether it counts: ticks at whole numbers only. */
  whole?: boolean;
  /** Where it begins and ends, roughly; what the values span if not given. */
  range?: [number, number];
}

/** One set of points, joined by a line or not. */
export interface Series {
  name: string;
  x: readonly number[];
  /** NaN leaves a gap, and so does what a log axis cannot show, which a note counts. */
  y: readonly number[];
  /** How it is drawn; a line if not given. An arrow goes from the origin to each point. */
  mark?: Mark;
  /** Short for the mark "points". */
  points?: boolean;
  /** Ends of error bars, beside y, low ≤ high; NaN: the bar has no such end, and is half a bar. */
  low?: readonly number[];
  high?: readonly number[];
  /**
   * A place in the palette, from 0, which is black: a theory and its students share one. Its place in the list if not
   * given.
   */
  colour?: number;
  /** Left out of the legend, where a series of the same colour stands for it. */
  silent?: boolean;
}

export const markOf = ({ mark, points }: Series): Mark => mark ?? (points ? 'points' : 'line');

/** Whether a series is drawn as points alone. */
export const dotted = (series: Series): boolean => ['points', 'open points'].includes(markOf(series));

/** All that an axis must hold: values, ends of error bars, marked lines, and the origin that arrows come from. */
export const valuesAlong = ({ series, lines = [] }: LineChart, axis: 'x' | 'y'): number[] => [
  ...(series.some((s) => markOf(s) === 'arrow') ? [0] : []),
  ...series.flatMap((s) => (axis === 'x' ? s.x : [...s.y, ...(s.low ?? []), ...(s.high ?? [])])),
  ...lines.flatMap((line) => line[axis] ?? []),
];
