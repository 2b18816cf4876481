import { STREAMS, seedAt } from '../../random/index.ts';

/** The times asked for as numbers of examples, n = αN rounded to whole examples, each once. */
export function schedule(alpha: readonly number[], N: number): number[] {
  const steps = alpha.map((a) => Math.round(a * N));
  return steps.filter((n, i) => i === 0 || n > steps[i - 1]);
}

/**
 * The seed of every run. Run 1 has the seed given, so that any run can be repeated alone under its own; the others
 * have 53 bits from the place (seed, i) of the stream `runSeeds`, so that neighbouring seeds share no run.
 */
export function runSeeds(seed: number, runs: number): number[] {
  return Array.from({ length: runs }, (_, i) => (i === 0 ? seed : seedAt(seed, i, STREAMS.runSeeds)));
}
