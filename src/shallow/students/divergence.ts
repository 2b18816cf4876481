import type { Simulation } from './types.ts';

/** Of how many runs the numbers are listed. */
const MOST = 10;

/** That students diverged, in a sentence without a full stop; undefined if none did. */
export function divergenceNote({
  problem,
  perRun,
  runs,
}: Pick<Simulation, 'problem' | 'perRun' | 'runs'>): string | undefined {
  const diverged = perRun.filter((run) => run.diverged !== undefined);
  if (diverged.length === 0) return undefined;
  const first = diverged.reduce(
    (least, run) => Math.min(least, run.diverged as number),
    Number.POSITIVE_INFINITY,
  );
  const { learningRate, secondLayerRate } = problem;
  return (
    `${diverged.length} of ${perRun.length} runs diverged, the first by alpha = ${first}: ${numbersOf(diverged)}; ` +
    `${runs > 0 ? `the mean is over the other ${runs}` : 'there is no mean'}; the learning rate is too large: ` +
    `lower learningRate (now ${learningRate}) or secondLayerRate (now ${secondLayerRate})`
  );
}

/** "runs 1, 2, 3, ..". */
export function numbersOf(runs: readonly { run: number }[]): string {
  const shown = runs.slice(0, MOST).map(({ run }) => run);
  return `run${runs.length > 1 ? 's' : ''} ${shown.join(', ')}${runs.length > MOST ? ', ..' : ''}`;
}
