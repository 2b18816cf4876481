import type { Comparison } from '../../shallow/compare/index.ts';
import type { Curves } from '../../shallow/students/index.ts';
import { version } from '../../support/version.ts';
import { overlapColumns } from './overlapColumns.ts';

/**
 * A comparison as CSV, line by line: `#` lines with the manifest, each a line of JSON that can be read back, then for
 * each time every observable's mean, its standard error, theory, and (mean − theory)/error. Last come, for each
 * observable, what the verdict rests on: the bias taken off the mean for its finite N, z without it, and p of that z.
 */
export function* comparisonToCsv(comparison: Comparison): Generator<string> {
  const { problem, settings, verdict, simulation, theory, z, bias } = comparison;
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
  const observables = ['eg', ...overlaps.names];
  const measured = observables.flatMap((name) => sources.map(([suffix]) => `${name}_${suffix}`));
  const corrected = observables.flatMap((name) => [`${name}_bias`, `${name}_z_corrected`, `${name}_p`]);
  yield `${['alpha', ...measured, ...corrected].join(',')}\n`;
  // A time that is left out has no test.
  const placeOf = (observable: string, alpha: number): string => `${observable} ${alpha}`;
  const tests = new Map(
    comparison.tests.flatMap((test) =>
      test.of === 'mean' ? [[placeOf(test.observable, test.alpha), test] as const] : [],
    ),
  );
  for (let t = 0; t < theory.alpha.length; t++) {
    const rows = sources.map(([, curves]) => [curves.eg[t], ...overlaps.row(curves, t)]);
    const row = rows[0].flatMap((_, i) => rows.map((values) => values[i]));
    const taken = bias && [bias.eg[t], ...overlaps.row(bias, t)];
    const tested = observables.flatMap((name, i) => {
      const test = tests.get(placeOf(name, theory.alpha[t]));
      return [taken?.[i], test?.z, test?.p].map((value) => value ?? Number.NaN);
    });
    yield `${[theory.alpha[t], ...row, ...tested].join(',')}\n`;
  }
}
