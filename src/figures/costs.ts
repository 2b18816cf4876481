import type { Size } from './types.ts';

/** What a piece of work costs, in seconds of a CPU; "drawing" is what is left of a figure beside its pieces. */
export interface Cost {
  piece: string;
  seconds: number;
  /** Whether all threads share it. */
  threads?: true;
}

/** The pieces of each figure in the order in which they are asked for, as `npm run costs` measured them. */
export const costs: { readonly [size in Size]?: { readonly [figure: string]: readonly Cost[] } } = {};

/** Seconds that the yardstick of `alignode reproduce` took on the same machine. */
export const yardstickThen = 0.005;
