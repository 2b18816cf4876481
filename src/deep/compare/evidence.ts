import { type Estimate, pValue } from '../../numbers/estimate.ts';
import { median } from '../../support/median.ts';
import { expands, lastStep, MOST_BEND, type Orders, ordersOf } from './extrapolation.ts';
import type { DeepObservables } from './observables.ts';
import type { Prediction } from './prediction.ts';
import type { DeepDeviationTest, DeepVerdict } from './types.ts';

/** What three rates say of every number at every time, and which of them are tested. */
export interface Evidence {
  orders: Orders[][];
  bounds: number[][];
  tests: DeepDeviationTest[];
  /** How many tests there are if no time is left out. */
  planned: number;
  untested: number[];
  ratios: DeepVerdict['ratios'];
}

/**
 * `deviations` and `rounding`: for each rate, from the largest; a row for each time. At t = 0 networks are what theory
 * starts from, which is no evidence.
 */
export function evidenceOf(
  { curve, table }: Prediction,
  { names }: DeepObservables,
  deviations: readonly Estimate[][][],
  rounding: readonly number[][][],
  by: DeepVerdict['by'],
): Evidence {
  const { time } = curve;
  const orders = table.map((row, t) => row.map((_, i) => ordersOf(deviations.map((one) => one[t][i]))));
  const bounds = orders.map((row, t) =>
    row.map((_, i) =>
      [orders[t - 1], row, orders[t + 1]].reduce((most, other) => {
        const step = other === undefined ? 0 : lastStep(other[i]);
        return step > most ? step : most;
      }, 0),
    ),
  );
  const largest = table.reduce((most, row) => Math.max(most, row[0]), 0);
  const tested = table.reduce((most, row) => Math.max(most, row[1] || 0), 0);
  const scale = names.map((_, i) => (i === 0 ? largest : i === 1 ? tested : 1) || 1);
  const later = time.map((_, t) => t).filter((t) => time[t] > 0);
  const smallest = rounding[rounding.length - 1];
  const seen = (t: number, i: number): boolean => !Number.isNaN(orders[t][i].limit.value);
  // A test on the law of the data is theory's alone; alignments of networks may lack at first, where weights are zero.
  const shared = names.map((name, i) => name !== 'testLoss' || later.some((t) => seen(t, i)));
  const has = (t: number, i: number): boolean => shared[i] && !Number.isNaN(table[t][i]);
  const isTested = (t: number): boolean =>
    expands(orders[t], scale, smallest[t], MOST_BEND[by]) && names.every((_, i) => !has(t, i) || seen(t, i));
  const kept = later.filter(isTested);
  return {
    orders,
    bounds,
    tests: kept.flatMap((t) =>
      orders[t].flatMap(({ limit }, i) =>
        has(t, i) ? [testOf(names[i], time[t], limit, bounds[t][i], by)] : [],
      ),
    ),
    planned: later.reduce((sum, t) => sum + names.filter((_, i) => has(t, i)).length, 0),
    untested: later.filter((t) => !kept.includes(t)).map((t) => time[t]),
    ratios: [ratio(deviations[0], deviations[1], kept), ratio(deviations[1], deviations[2], kept)],
  };
}

/** What is within the bound is no deviation. */
function testOf(
  observable: string,
  time: number,
  limit: Estimate,
  bound: number,
  by: DeepVerdict['by'],
): DeepDeviationTest {
  const beyond = Math.sign(limit.value) * Math.max(0, Math.abs(limit.value) - bound);
  const error = Math.sqrt(limit.variance);
  return {
    observable,
    time,
    deviation: limit.value,
    error,
    bound,
    z: beyond === 0 ? 0 : beyond / error,
    p: by === 'chance' ? pValue({ ...limit, value: beyond }) : Number.NaN,
  };
}

/** How many errors a deviation has to be away from 0 to be looked at. */
const VISIBLE = 3;

function ratio(one: readonly Estimate[][], other: readonly Estimate[][], kept: readonly number[]): number {
  const ratios = kept.flatMap((t) =>
    other[t].flatMap(({ value, variance }, i) =>
      Math.abs(value) > VISIBLE * Math.sqrt(variance) ? [one[t][i].value / value] : [],
    ),
  );
  return ratios.length === 0 ? Number.NaN : median(ratios);
}
