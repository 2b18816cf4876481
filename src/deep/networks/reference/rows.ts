import type { Examples32 } from '../../data/index.ts';
import type { Window } from '../../problem/index.ts';
import type { Rows } from './network.ts';

/** Inputs in double precision; for a convolution the channels of a pixel come to stand beside each other. */
export function inputRows(examples: Examples32, chosen: ArrayLike<number>, window: Window | undefined): Rows {
  const rows = rowsAt(examples.x, examples.inputs, chosen);
  if (window === undefined) return rows;
  const { side, channels } = window;
  const pixels = side * side;
  return rows.map((row) => row.map((_, i) => row[(i % channels) * pixels + Math.floor(i / channels)]));
}

export const targetRows = ({ y, outputs }: Examples32, chosen: ArrayLike<number>): Rows =>
  rowsAt(y, outputs, chosen);

const rowsAt = (all: Float32Array, length: number, chosen: ArrayLike<number>): Rows =>
  Array.from(chosen, (i) => Float64Array.from(all.subarray(i * length, (i + 1) * length)));

/** Numbers from..from + count − 1. */
export const range = (from: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => from + i);
