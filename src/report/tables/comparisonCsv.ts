import type { Comparison } from '../../shallow/compare/index.ts';
import type { Curves } from '../../shallow/students/index.ts';
import { version } from '../../support/version.ts';
import { overlapColumns } from './overlapColumns.ts';

/**
 * A comparison as CSV, line by line: `#` lines with the manifest, each a line of JSON that can be read back, then for
 * each time every observable's mean, its standard error, theory, and (mean − theory)/error.
 */
export function* comparisonToCsv(comparison: Comparison): Generator<string> {
  const { problem, settings, verdict, simulation, theory, z } = comparison;
  const { runs, mean, stderr } = simulation;
  yield `# alignode ${version}\n`;
  for (const [name, value] of Object.entries({ problem, settings, runs, verdict }))
    yield `# ${name} ${JSON.stringify(value)}\n`;
  const overlaps = overlapColumns(problem);
  const sources: [string, Omit<Curves, 'egSampled'>][] = [
    ['mean', mean],
    ['stderr', stderr],
    ['theory', theory],
    ['z', z],
  ];
  const names = ['eg', ...overlaps.names].flatMap((name) => sources.map(([suffix]) => `${name}_${suffix}`));
  yield `${['alpha', ...names].join(',')}\n`;
  for (let t = 0; t < theory.alpha.length; t++) {
    const rows = sources.map(([, curves]) => [curves.eg[t], ...overlaps.row(curves, t)]);
    const row = rows[0].flatMap((_, i) => rows.map((values) => values[i]));
    yield `${[theory.alpha[t], ...row].join(',')}\n`;
  }
}
