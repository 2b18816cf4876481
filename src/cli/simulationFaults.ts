import { numbersOf } from '../shallow/students/index.ts';

/** What every kind of simulation says of its runs. */
interface Runs {
  settings: { runs: number };
  perRun: readonly unknown[];
  failed: readonly { run: number; reason: string }[];
  complete: boolean;
}

/** Why runs are missing, a line for each kind. `place` says where finished runs are, `instead` what to try. */
export function faults(
  { settings, perRun, failed, complete }: Runs,
  { place, instead, inBatches = false }: { place: string; instead: string; inBatches?: boolean },
): string[] {
  const lines: string[] = [];
  const interrupted = perRun.length + failed.length < settings.runs ? 'interrupted; ' : '';
  const together = interrupted !== '' && inBatches ? ' (a GPU finishes runs batch by batch)' : '';
  if (!complete)
    lines.push(`${interrupted}${perRun.length} of ${settings.runs} runs were finished${together}; ${place}`);
  if (failed.length > 0)
    lines.push(
      `${failed.length} of ${settings.runs} runs failed: ${numbersOf(failed)} (${failed[0].reason}); ` +
        `try them again with ${instead}`,
    );
  return lines;
}
