import { randomBlock } from './streams.ts';

// Filled before every read and never kept: JavaScript runs one call at a time, so results stay pure.
const words = new Uint32Array(4);

/** A seed made from another one: 53 bits from the place (seed, step) of a stream. */
export function seedAt(seed: number, step: number, stream: number): number {
  randomBlock(words, 0, seed, step, 0, 0, stream);
  return (words[0] >>> 11) * 2 ** 32 + words[1];
}
