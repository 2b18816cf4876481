import { STREAMS, seedAt } from '../../random/index.ts';

/** Input dimensions for finite-size scaling, each twice the one before. */
const SIZES = [100, 200, 400, 800, 1600];
/** Powers of (K + M)/N beyond the first should be small: the smallest N is at least this many times K + M. */
const DILUTION = 10;

export function scalingSizes(K: number, M: number): number[] {
  const factor = Math.max(1, Math.ceil((DILUTION * (K + M)) / SIZES[0]));
  return SIZES.map((N) => factor * N);
}

/** The seed of the simulation at size N: 53 bits from the place (seed, N) of the stream `scalingSeeds`. */
export const scalingSeed = (seed: number, N: number): number => seedAt(seed, N, STREAMS.scalingSeeds);
