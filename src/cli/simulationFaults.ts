import type { Simulation } from '../simulation/index.ts';

/** What went wrong, a line for each kind, with what to change; nothing if every run is in the means. `place` ends the line about the finished runs. */
export function faults(
  { problem, settings, perRun, failed, complete, runs }: Simulation,
  place: string,
): string[] {
  const lines: string[] = [];
  const diverged = perRun.filter((run) => run.diverged !== undefined);
  const interrupted = perRun.length + failed.length < settings.runs;
  if (interrupted)
    lines.push(`interrupted; ${perRun.length} of ${settings.runs} runs were finished; ${place}`);
  else if (!complete) lines.push(`${perRun.length} of ${settings.runs} runs were finished; ${place}`);
  if (failed.length > 0)
    lines.push(
      `${failed.length} of ${settings.runs} runs failed twice: ${numbers(failed)} (${failed[0].reason}); ` +
        'try them again with fewer --threads, or with a smaller --N if memory is short',
    );
  if (diverged.length > 0) {
    const first = Math.min(...diverged.map((run) => run.diverged as number));
    const { learningRate, secondLayerRate } = problem;
    lines.push(
      `${diverged.length} of ${perRun.length} runs diverged, the first by alpha = ${first}: ${numbers(diverged)}; ` +
        `the mean is over the other ${runs}; the learning rate is too large: ` +
        `lower learningRate (now ${learningRate}) or secondLayerRate (now ${secondLayerRate})`,
    );
  }
  return lines;
}

const MOST = 10;

function numbers(runs: readonly { run: number }[]): string {
  const shown = runs.slice(0, MOST).map(({ run }) => run);
  return `run${runs.length > 1 ? 's' : ''} ${shown.join(', ')}${runs.length > MOST ? ', ..' : ''}`;
}
