import { combine, type Estimate, meanOf, systematic } from '../../numbers/estimate.ts';
import type { DeepSimulation } from '../networks/index.ts';
import type { DeepObservables } from './observables.ts';
import type { Prediction } from './prediction.ts';

/** Half the distance of neighbouring numbers near 1 in single precision, in which data always is. */
const SINGLE = 2 ** -24;

/**
 * How the rounding of weights adds up over n steps, in units of that of one number: much as a random walk, of steps that are
 * a few alike, as those by a signal that hardly changes are rounded the same way. In double precision only the data is
 * rounded.
 */
const ROUNDED: Readonly<Record<string, (n: number) => number>> = {
  reference: () => 2,
};
const inSingles = (n: number): number => 4 + 8 * Math.sqrt(n);

/**
 * The accumulated rounding of every number compared; a row for each time. Errors e are differences, whose rounding is
 * that of the targets: so the loss, half the mean square of e, loses digits where it is small, and so do the directions
 * of signals made of e.
 */
export function roundingOf(
  { table }: Prediction,
  { names }: DeepObservables,
  backend: string,
  steps: readonly number[],
): number[][] {
  const grows = ROUNDED[backend] ?? inSingles;
  const largest = names.map((_, i) => table.reduce((most, row) => Math.max(most, row[i] || 0), 0));
  return table.map((row, t) => {
    const unit = SINGLE * grows(steps[t]);
    return row.map((x, i) => {
      if (i < 2) return unit * (2 * Math.sqrt(Math.max(0, x) * largest[i]) + unit * largest[i]);
      if (!names[i].startsWith('gradient')) return unit;
      return unit * Math.max(1, Math.sqrt(largest[0] / row[0]));
    });
  });
}

/** Mean − theory over the networks of one rate; a row for each time. With one network it has no spread. */
export function deviationsOf(
  { perRun }: DeepSimulation,
  { table, error }: Prediction,
  { toTable }: DeepObservables,
  rounding: readonly number[][],
): Estimate[][] {
  const runs = perRun.filter(({ diverged }) => diverged === undefined).map(toTable);
  return table.map((row, t) =>
    row.map((theory, i) => {
      const values = runs.map((run) => run[t][i] - theory);
      const mean = values.length === 1 ? { ...systematic(0), value: values[0] } : meanOf(values);
      return combine([
        [1, mean],
        [1, systematic(error[t][i] + rounding[t][i])],
      ]);
    }),
  );
}
