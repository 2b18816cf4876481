import type { AdapterFacts, SimulationSettings } from '../../index.ts';
import { howMany } from '../../support/howMany.ts';
import { counted } from '../views/numbers.ts';

const LARGE = new Intl.NumberFormat('en', {
  notation: 'compact',
  compactDisplay: 'long',
  maximumSignificantDigits: 3,
});

/** A number of things: as it is, or as "3.2 million". */
export const inWords = (n: number): string =>
  n < 1e15 ? LARGE.format(n) : n.toExponential(1).replace(/\.?0*e\+(\d+)/, ' times ten to the $1');

export const students = (n: number): string => howMany(n, 'student', counted(n));

/** What does the work. */
export function backendInWords(
  { backend, threads, runs, adapter, allowSoftware }: SimulationSettings,
  device?: AdapterFacts,
): string {
  if (backend === 'gpu') {
    const name = device?.name ?? adapter ?? 'unnamed';
    return allowSoftware ? `WebGPU in software (${name}): right, and slow` : `WebGPU: ${name}`;
  }
  const workers = Math.min(threads, runs);
  const where = workers > 1 ? `${workers} workers` : 'one worker';
  return backend === 'cpu'
    ? `WebAssembly, ${where}`
    : `JavaScript that is made to be read, slow (${backend}), ${where}`;
}
