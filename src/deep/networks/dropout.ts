import { randomBlock, STREAMS } from '../../random/index.ts';

// Filled before every read and never kept: JavaScript runs one call at a time, so results stay pure.
const words = new Uint32Array(4);

/**
 * By what the units of a layer are multiplied in a step, all examples of the batch one after the other: 0 where one is
 * dropped, 1/(1 − p) where it is kept. Number k, that of unit u of example i being k = i·units + u, has word k mod 4 of
 * block ⌊k/4⌋ at the place (seed, step, student = layer), 0 being the inputs, and is dropped if that is below ⌊p·2^32⌋.
 * Units are counted as the network has them: the channels of a position stand beside each other, in the inputs too.
 */
export function dropoutMask(
  out: Float64Array | Float32Array,
  p: number,
  seed: number,
  step: number,
  layer: number,
): void {
  const dropped = Math.floor(p * 2 ** 32);
  const kept = 1 / (1 - p);
  for (let k = 0; k < out.length; k++) {
    if (k % 4 === 0) randomBlock(words, 0, seed, step, layer, k / 4, STREAMS.dropout);
    out[k] = words[k % 4] < dropped ? 0 : kept;
  }
}
