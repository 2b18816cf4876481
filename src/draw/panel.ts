/** One pair of axes. */
export interface Panel {
  /** Its files' name: "2a-erf". Begins with the figure's. */
  name: string;
  title: string;
  x: AxisOf;
  y: AxisOf;
  traces: Trace[];
  /** Spans of x with a name, as the phases of learning; or points of an axis worth a line. */
  bands?: { from: number; to: number; label: string }[];
  lines?: { x?: number; y?: number; label: string }[];
  /** Both axes to the same scale: for planes of vectors. */
  square?: boolean;
  /** One sentence below the panel. */
  note?: string;
}

export interface AxisOf {
  label: string;
  log?: boolean;
  /** Whether it counts: ticks at whole numbers only. */
  whole?: boolean;
  /** Where it begins and ends, in the values' own units; what the values span if not given. */
  range?: [number, number];
}

/** How a trace is drawn. Theory is a line, students are points. */
export type Mark = 'line' | 'dashed' | 'dotted' | 'points' | 'open points' | 'line and points' | 'arrow';

export interface Trace {
  name: string;
  mark: Mark;
  /** A place in the palette: traces of one thing (theory and its students, say) share it. */
  colour: number;
  x: number[];
  y: number[];
  /** Ends of error bars, beside y. */
  low?: number[];
  high?: number[];
  /** What each point is, for the reader who points at it. */
  text?: string[];
  /** Left out of the legend, where another trace stands for it. */
  silent?: boolean;
}
