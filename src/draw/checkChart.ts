import {
  type Fault,
  flag,
  isFiniteNumber,
  isWhole,
  listOf,
  number,
  oneOf,
  optional,
  pathOf,
  record,
  text,
  value,
  wordsOf,
} from '../support/check.ts';
import { AlignodeError, show } from '../support/error.ts';
import { howMany } from '../support/howMany.ts';
import type { ChartAxis, LineChart, Series } from './chart.ts';
import type { Mark } from './panel.ts';

/*
 * What a chart must be, as two tables, like those of a problem: what each key may hold by itself, and what must hold
 * between them.
 */

const MARKS: readonly Mark[] = [
  'line',
  'dashed',
  'dotted',
  'points',
  'open points',
  'line and points',
  'arrow',
];
const ANY = Number.POSITIVE_INFINITY;

const values = listOf(
  value((it) => typeof it === 'number', 'use a number; NaN leaves a gap'),
  0,
  ANY,
  'number',
);
const pixels = value((it) => isFiniteNumber(it) && it >= 200 && it <= 10_000, 'use 200 to 10000 pixels');
const range = value(
  (it) =>
    Array.isArray(it) &&
    it.length === 2 &&
    it.every(isFiniteNumber) &&
    isFiniteNumber(it[1] - it[0]) &&
    it[0] < it[1],
  'use [from, to] with from < to',
);
const axis = record({ label: text, log: optional(flag), whole: optional(flag), range: optional(range) });

const series = record({
  name: text,
  x: values,
  y: values,
  mark: optional(oneOf(MARKS)),
  points: optional(flag),
  low: optional(values),
  high: optional(values),
  colour: optional(value((it) => isWhole(it, 0, ANY), 'use a place in the palette: 0, 1, …')),
  silent: optional(flag),
});

const CHART = record(
  {
    title: optional(text),
    x: axis,
    y: axis,
    series: listOf(series, 0, ANY, 'series'),
    lines: optional(
      listOf(record({ x: optional(number), y: optional(number), label: text }), 0, ANY, 'line'),
    ),
    bands: optional(listOf(record({ from: number, to: number, label: text }), 0, ANY, 'band')),
    square: optional(flag),
    width: optional(pixels),
    height: optional(pixels),
  },
  { want: 'use { x, y, series }' },
);

/** Throws for what cannot be drawn, naming its place in the chart and, if it is part of a series, the series. */
export function checkChart(chart: LineChart): void {
  const fault = CHART(chart) ?? between(chart);
  if (fault === undefined) return;
  const name = (place: string): unknown => chart.series[Number(place)].name;
  const words = wordsOf(fault, 'chart').replace(/^series\[(\d+)\]\.(?!name)/, (path, place) =>
    typeof name(place) === 'string' ? `series "${name(place)}", ` : path,
  );
  throw new AlignodeError('invalid-option', words, { path: pathOf(fault, 'chart') });
}

/** What must hold between keys that are well formed. */
function between({ x, y, series, lines = [], bands = [], square }: LineChart): Fault | undefined {
  const fault = axisFault(x, 'x') ?? axisFault(y, 'y');
  if (fault) return fault;
  if (square && (x.log || y.log))
    return { path: 'square', found: 'true', want: 'only linear axes have one scale' };
  for (const [i, one] of series.entries()) {
    const fault = seriesFault(one, `series[${i}]`);
    if (fault) return fault;
  }
  const line = lines.findIndex((one) => (one.x === undefined) === (one.y === undefined));
  if (line >= 0)
    return {
      path: `lines[${line}]`,
      found: show(lines[line]),
      want: 'use either x, for an upright line, or y',
    };
  const band = bands.findIndex(({ from, to }) => !(from < to));
  if (band >= 0)
    return { path: `bands[${band}]`, found: show(bands[band]), want: 'use from and to with from < to' };
  return undefined;
}

function axisFault({ range, log }: ChartAxis, path: string): Fault | undefined {
  return range !== undefined && log && !(range[0] > 0)
    ? { path: `${path}.range`, found: show(range), want: 'a log axis begins above 0' }
    : undefined;
}

function seriesFault({ x, y, low, high }: Series, at: string): Fault | undefined {
  for (const [key, values] of Object.entries({ y, low, high }))
    if (values !== undefined && values.length !== x.length)
      return { path: `${at}.${key}`, found: howMany(values.length, 'value'), want: `x has ${x.length}` };
  const crossed = low?.findIndex((one, i) => one > (high?.[i] ?? Number.NaN)) ?? -1;
  return crossed < 0
    ? undefined
    : {
        path: `${at}.low[${crossed}]`,
        found: `${low![crossed]}, above high[${crossed}], ${high![crossed]}`,
        want: 'use low ≤ high',
      };
}
