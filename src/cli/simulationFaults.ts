import { numbersOf, type Simulation } from '../shallow/students/index.ts';

/** Why runs are missing, a line for each kind. `place` says where finished runs are. */
export function faults({ settings, perRun, failed, complete }: Simulation, place: string): string[] {
  const lines: string[] = [];
  const interrupted = perRun.length + failed.length < settings.runs ? 'interrupted; ' : '';
  const together =
    interrupted !== '' && settings.backend === 'gpu' ? ' (a GPU finishes runs batch by batch)' : '';
  if (!complete)
    lines.push(`${interrupted}${perRun.length} of ${settings.runs} runs were finished${together}; ${place}`);
  if (failed.length > 0)
    lines.push(
      `${failed.length} of ${settings.runs} runs failed: ${numbersOf(failed)} (${failed[0].reason}); ` +
        'try them again with fewer --threads, or with a smaller --N if memory is short',
    );
  return lines;
}
