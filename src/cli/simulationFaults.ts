import type { Simulation } from '../shallow/students/index.ts';

/** What went wrong, a line for each kind; none if every run is in the means. `place` says where finished runs are. */
export function faults(
  { problem, settings, perRun, failed, complete, runs }: Simulation,
  place: string,
): string[] {
  const lines: string[] = [];
  const diverged = perRun.filter((run) => run.diverged !== undefined);
  const interrupted = perRun.length + failed.length < settings.runs ? 'interrupted; ' : '';
  const together =
    interrupted !== '' && settings.backend === 'gpu' ? ' (a GPU finishes runs batch by batch)' : '';
  if (!complete)
    lines.push(`${interrupted}${perRun.length} of ${settings.runs} runs were finished${together}; ${place}`);
  if (failed.length > 0)
    lines.push(
      `${failed.length} of ${settings.runs} runs failed: ${numbers(failed)} (${failed[0].reason}); ` +
        'try them again with fewer --threads, or with a smaller --N if memory is short',
    );
  if (diverged.length > 0) {
    const first = diverged.reduce(
      (least, run) => Math.min(least, run.diverged as number),
      Number.POSITIVE_INFINITY,
    );
    const { learningRate, secondLayerRate } = problem;
    lines.push(
      `${diverged.length} of ${perRun.length} runs diverged, the first by alpha = ${first}: ${numbers(diverged)}; ` +
        `${runs > 0 ? `the mean is over the other ${runs}` : 'there is no mean'}; the learning rate is too large: ` +
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
