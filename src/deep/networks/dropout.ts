import { randomBlock, STREAMS } from '../../random/index.ts';

/*
 * A unit is dropped when its word is below p · 2^32. The word of unit u of layer l (0 for inputs) for example i of a batch
 * is word k mod 4 of block BLOCKS · l + ⌊k/4⌋ of the step, where k = i · units + u.
 */

/** Blocks of a layer: 64 layers fill the 32 bits of a block's number. */
export const BLOCKS = 2 ** 26;

export const threshold = (p: number): number => Math.floor(p * 2 ** 32);

/** Factors of `count` units, example by example: 0, or 1/(1 − p). */
export function dropoutFactors(out: Float64Array, p: number, seed: number, step: number, l: number): void {
  const words = new Uint32Array(4);
  const least = threshold(p);
  for (let k = 0; k < out.length; k++) {
    if (k % 4 === 0) randomBlock(words, 0, seed, step, 0, BLOCKS * l + k / 4, STREAMS.dropout);
    out[k] = words[k % 4] < least ? 0 : 1 / (1 - p);
  }
}
