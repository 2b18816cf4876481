import { randomBlock, STREAMS } from '../../random/index.ts';

// Filled before every read and never kept: JavaScript runs one call at a time, so results stay pure.
const words = new Uint32Array(4);

/** Blocks of a layer: those of 64 layers fill the 32 bits of a block's number. */
export const LAYER_BLOCKS = 2 ** 26;

/** A unit is dropped if its word is below this. */
export const dropThreshold = (p: number): number => Math.floor(p * 2 ** 32);

/**
 * By what the units of a layer are multiplied in a step, all examples of the batch one after the other: 0 where one is
 * dropped, 1/(1 − p) where it is kept. Number k, that of unit u of example i being k = i·units + u, has word k mod 4 of
 * block 2^26 · layer + ⌊k/4⌋ of the step, 0 being the inputs, and is dropped if that is below ⌊p·2^32⌋.
 * Units are counted as the network has them: the channels of a position stand beside each other, in the inputs too.
 */
export function dropoutMask(
  out: Float64Array | Float32Array,
  p: number,
  seed: number,
  step: number,
  layer: number,
): void {
  const dropped = dropThreshold(p);
  const kept = 1 / (1 - p);
  for (let k = 0; k < out.length; k++) {
    if (k % 4 === 0) randomBlock(words, 0, seed, step, 0, LAYER_BLOCKS * layer + k / 4, STREAMS.dropout);
    out[k] = words[k % 4] < dropped ? 0 : kept;
  }
}
