import { howMany } from '../support/howMany.ts';
import type { LineChart } from './chart.ts';

/** What a chart says below its plot of the points that its logarithmic axes have no place for; nothing without such. */
export function notShown({
  x,
  y,
  series,
}: Pick<LineChart, 'x' | 'y'> & { series: readonly Points[] }): string | undefined {
  const nowhere = (value: number, log = false): boolean => log && value <= 0;
  const count = series.reduce(
    (sum, one) =>
      sum +
      one.x.filter(
        (value, i) =>
          // What is not a number, or null in a figure that was kept as JSON, is a gap on any axis.
          Number.isFinite(value) &&
          Number.isFinite(one.y[i]) &&
          (nowhere(value, x.log) || nowhere(one.y[i], y.log)),
      ).length,
    0,
  );
  return count === 0 ? undefined : `${howMany(count, 'point')} ≤ 0 not shown`;
}

interface Points {
  x: readonly number[];
  y: readonly number[];
}
