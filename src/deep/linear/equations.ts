import type { Motion } from '../../ode/index.ts';

/** Where a block of a state stands. */
export interface Block {
  from: number;
  rows: number;
  columns: number;
}

/** Equations of motion of a linear network, whatever their unknowns: those of each layer, and Δ = C − T̂. */
export interface Equations {
  kind: 'reduced' | 'full';
  size: number;
  /** The unknowns of W_1 … W_L. */
  layers: readonly Block[];
  /** How large the weights of a layer are for unknowns of 1. */
  units: readonly number[];
  /** The error of the network's map C = W_L … W_1, of which the rest moves as E = ΔΛ. */
  error: Block;
  motion: Motion;
  /** What alignments are made of, at a state; the matrices are overwritten by the next call. */
  look(y: ArrayLike<number>): Look;
}

/** A network at one time. Signals are δa_l = D_l s with s = e or −y; BP's are B_l e. */
export interface Look {
  /** D_l and B_l of each hidden layer, with n_L columns, but for a common rotation of their rows. */
  signals: readonly { rule: Float64Array; bp: Float64Array }[];
  /** Of W_2 … W_L with the feedback that they align with: ⟨F, W⟩, |F|² and |W|²; undefined where there is none. */
  weights: readonly (WeightLook | undefined)[];
}

export interface WeightLook {
  cross: number;
  feedback: number;
  weights: number;
}

/** Blocks one after the other. */
export function blocksOf(shapes: readonly (readonly [rows: number, columns: number])[]): Block[] {
  let from = 0;
  return shapes.map(([rows, columns]) => {
    const block = { from, rows, columns };
    from += rows * columns;
    return block;
  });
}

export const viewOf = (state: Float64Array, { from, rows, columns }: Block): Float64Array =>
  state.subarray(from, from + rows * columns);
