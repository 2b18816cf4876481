import { STREAMS, shuffled } from '../../random/index.ts';

/** Which of a layer's units keep their gradients: so many, drawn (Launay et al. 2019, section 4.2). */
export function bottleneckRows(rows: number, units: number, seed: number): Uint8Array {
  const learns = new Uint8Array(rows);
  for (const row of shuffled(rows, seed, 0, 0, STREAMS.bottleneck).subarray(0, units)) learns[row] = 1;
  return learns;
}
