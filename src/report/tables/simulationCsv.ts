import type { ResolvedProblem } from '../../shallow/problem/index.ts';
import type { Alignments, Curves, Simulation } from '../../shallow/students/index.ts';
import { version } from '../../support/version.ts';
import { ALIGNMENTS, feedbackNames, overlapColumns } from './overlapColumns.ts';

/**
 * The mean of a simulation and its standard errors as CSV, line by line: `#` lines with the manifest (each a line of
 * JSON that can be read back), then the columns of a curve from theory, those of `stderr` under the same names with
 * a prefix, where there is a test set the error sampled on it, and last both alignments and their standard errors.
 */
export function* simulationToCsv(
  simulation: Simulation,
  alignments: Record<'mean' | 'stderr', Alignments>,
): Generator<string> {
  const { problem, settings, alpha, mean, stderr } = simulation;
  yield `# alignode ${version}\n`;
  for (const [name, value] of Object.entries(manifest(simulation)))
    yield `# ${name} ${JSON.stringify(value)}\n`;
  yield `${columns(problem, settings.testSet > 0).join(',')}\n`;
  const overlaps = overlapColumns(problem);
  // Feedback drawn anew for each run differs from run to run, so a table of means has no column for it.
  const redrawn = settings.redraw.includes('feedback');
  const feedback = (problem.feedback ?? []).map((f) => (redrawn ? Number.NaN : f));
  const values = (curves: Curves, i: number): number[] => [curves.eg[i], ...overlaps.row(curves, i)];
  for (let i = 0; i < alpha.length; i++) {
    const row = [alpha[i], ...values(mean, i), ...feedback, ...values(stderr, i)];
    if (mean.egSampled && stderr.egSampled) row.push(mean.egSampled[i], stderr.egSampled[i]);
    for (const { weightAlignment, updateAlignment } of [alignments.mean, alignments.stderr])
      row.push(weightAlignment[i], updateAlignment[i]);
    yield `${row.join(',')}\n`;
  }
}

/** What made the numbers, and what became of every run: with a seed of `seeds` a run can be repeated alone. */
function manifest({ problem, settings, device, runs, perRun, failed }: Simulation): Record<string, unknown> {
  const diverged = perRun.filter((run) => run.diverged !== undefined);
  return {
    problem,
    settings,
    ...(device && { device }),
    runs,
    seeds: perRun.map(({ seed }) => seed),
    diverged: diverged.map(({ run, seed, diverged }) => ({ run, seed, alpha: diverged })),
    failed,
  };
}

function columns(problem: ResolvedProblem, sampled: boolean): string[] {
  const measured = ['eg', ...overlapColumns(problem).names];
  return [
    'alpha',
    ...measured,
    ...feedbackNames(problem),
    ...measured.map((name) => `stderr_${name}`),
    ...(sampled ? ['eg_sampled', 'stderr_eg_sampled'] : []),
    ...ALIGNMENTS,
    ...ALIGNMENTS.map((name) => `stderr_${name}`),
  ];
}
