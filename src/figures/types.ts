import type { FileSetName } from '../deep/data/index.ts';
import type { Panel } from '../draw/index.ts';
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
  /** Sets of images that it reads from files. */
  sets?: Partial<Record<Size, readonly FileSetName[]>>;
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

/** Measured numbers, named as in the papers. Strings only where they name something, such as a learning rule. */
export type Numbers = { readonly [name: string]: Data };
type Data = number | string | null | readonly Data[] | Numbers;

/** A count out of a total, and the interval that holds the share behind it, with the chance that the claim states. */
export type Share = { count: number; of: number; interval: [low: number, high: number] };

/** The verdict on a claim that either holds or does not. */
export const verdictOf = (holds: boolean): 'yes' | 'no' => (holds ? 'yes' : 'no');
