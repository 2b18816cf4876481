import { networkToNpz } from '../../src/deep/networks/index.ts';
import type { Checkpoint, DeepProblem, DeepSimulation, Journal, RunRecord } from '../../src/index.ts';

/** A few digits, a small network and few steps: trained in milliseconds. */
export const tinyNetwork = (changes: Partial<DeepProblem> = {}): DeepProblem => ({
  network: { widths: [16, 9, 7, 10], activation: 'tanh', bias: true },
  rule: 'dfa',
  feedback: { draw: 'uniform', seed: 3 },
  loss: 'cross-entropy',
  data: { set: 'digits', pixels: 4, train: 300, test: 150 },
  learningRate: 0.2,
  batch: 32,
  epochs: [0, 0.5, 1, 3],
  ...changes,
});

/** A simulation without what may differ while all its numbers are the same: the threads. */
export const numbersOf = ({ settings: { threads: _, ...settings }, ...rest }: DeepSimulation) =>
  JSON.stringify({ ...rest, settings }, (_key, it) => (Number.isNaN(it) ? 'NaN' : it));

/** A journal in memory. */
export function journalOf(earlier: { finished?: RunRecord[]; checkpoints?: Checkpoint[] } = {}) {
  const finished: RunRecord[] = [];
  const checkpoints: Checkpoint[] = [];
  const journal: Journal = {
    open: () => ({ finished: [], checkpoints: [], ...earlier }),
    onFinished: (record) => finished.push(record),
    onCheckpoint: (one) => checkpoints.push(one),
    saveEvery: 1e9,
  };
  return { journal, finished, checkpoints };
}

/** The bytes of a network. */
export const bytesOf = (problem: DeepProblem, network: RunRecord['state']): string =>
  Buffer.from(networkToNpz(problem, network)).toString('base64');
