import type { Workshop } from './workshop.ts';

/** "quick": minutes in all on two cores. "full": the paper's own sizes, and more. */
export type Size = 'quick' | 'full';

/** One figure: how its data is made. Adding one is one file and one line in the table of `index.ts`. */
export interface Figure {
  /** As on the command line: "2a", "plateau". */
  name: string;
  title: string;
  /** Whether it is a figure of the paper, and which, or one of ours. */
  source: string;
  /** Seconds it takes on two cores, roughly: its share of the progress. */
  seconds: Record<Size, number>;
  /** A short script, TypeScript, that a reader can copy: it computes the heart of the figure with the public API. */
  script: string;
  make(workshop: Workshop): Promise<Drawing>;
}

/** What a figure shows and says: plain data, the same for every way to draw it. */
export interface Drawing<Claims extends readonly Claim[] = Claim[]> {
  caption: string;
  /** What was solved and trained: problems, seeds, sizes; plain data for a table. */
  parameters: Record<string, unknown>;
  panels: Panel[];
  claims: Claims;
}

/** A statement of the paper, or of ours where `by` says so, and whether the data bears it out. */
export interface Claim<N extends Numbers = Numbers> {
  by: 'paper' | 'alignode';
  /** In words. */
  says: string;
  /** "not as printed": false in the paper's form, and `found` says what holds instead. */
  holds: 'yes' | 'no' | 'not as printed' | 'undecided';
  /** What was measured, in words that are made from `numbers`. */
  found: string;
  /** What was measured, by name: what JSON can hold, so that null stands for a number that there is not. */
  numbers: N;
}

/** Measured numbers by the names of the papers; strings only where they name something, as a rule. */
export type Numbers = { readonly [name: string]: Data };
type Data = number | string | null | readonly Data[] | Numbers;

/** How many of how many, and the interval that holds the share behind it, with the chance that the claim states. */
export type Share = { count: number; of: number; interval: [low: number, high: number] };

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
  /** Left out of the legend: another trace speaks for it. */
  silent?: boolean;
}
