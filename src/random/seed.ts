import { randomBlock, STREAMS } from './streams.ts';

// Filled before every read and never kept: JavaScript runs one call at a time, so results stay pure.
const words = new Uint32Array(4);

/** A seed made from another one: 53 bits from the place (seed, step) of a stream. */
export function seedAt(seed: number, step: number, stream: number): number {
  randomBlock(words, 0, seed, step, 0, 0, stream);
  return (words[0] >>> 11) * 2 ** 32 + words[1];
}

/**
 * The seed of every run. Run 1 has the seed given, so that any run can be repeated alone under its own; the others
 * have 53 bits from the place (seed, i) of the stream `runSeeds`, so that neighbouring seeds share no run.
 */
export function runSeeds(seed: number, runs: number): number[] {
  return Array.from({ length: runs }, (_, i) => (i === 0 ? seed : seedAt(seed, i, STREAMS.runSeeds)));
}
