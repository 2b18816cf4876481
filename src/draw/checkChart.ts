import { AlignodeError, show } from '../support/error.ts';
import type { LineChart } from './chart.ts';

const KEYS = {
  chart: ['title', 'x', 'y', 'series', 'lines', 'bands', 'square', 'width', 'height'],
  axis: ['label', 'log', 'whole', 'range'],
  series: ['name', 'x', 'y', 'mark', 'points', 'low', 'high', 'colour', 'silent'],
};
const MARKS = ['line', 'dashed', 'dotted', 'points', 'open points', 'line and points', 'arrow'];

/** Refuses what cannot be drawn, by its place in the chart and, if it is part of a series, by the series' name. */
export function checkChart(chart: LineChart): void {
  const {
    title,
    x,
    y,
    series,
    lines = [],
    bands = [],
    square,
    width,
    height,
  } = object(chart, 'chart', KEYS.chart);
  if (title !== undefined) text(title, 'title');
  for (const [axis, path] of [
    [x, 'x'],
    [y, 'y'],
  ] as const)
    checkAxis(axis, path);
  for (const [size, path] of [
    [width, 'width'],
    [height, 'height'],
  ] as const)
    if (size !== undefined && !(size >= 200 && size <= 10_000)) fail(path, size, 'use 200 to 10000 pixels');
  if (square && (x.log || y.log)) fail('square', square, 'only linear axes have one scale');
  list(series, 'series').forEach((one, i) => {
    checkSeries(one, `series[${i}]`);
  });
  list(lines, 'lines').forEach((line, i) => {
    const path = `lines[${i}]`;
    text(object(line, path).label, `${path}.label`);
    if ((line.x === undefined) === (line.y === undefined))
      fail(path, line, 'use either x, for an upright line, or y');
    finite(line.x ?? line.y, `${path}.${line.x === undefined ? 'y' : 'x'}`);
  });
  list(bands, 'bands').forEach((band, i) => {
    const path = `bands[${i}]`;
    text(object(band, path).label, `${path}.label`);
    if (!(band.from < band.to)) fail(path, band, 'use from and to with from < to');
  });
}

function checkAxis(axis: LineChart['x'], path: string): void {
  text(object(axis, path, KEYS.axis).label, `${path}.label`);
  const { range, log } = axis;
  if (range === undefined) return;
  const [from, to] = list(range, `${path}.range`);
  if (!(range.length === 2 && Number.isFinite(to - from) && from < to))
    fail(`${path}.range`, range, 'use [from, to] with from < to');
  if (log && !(from > 0)) fail(`${path}.range`, range, 'a log axis begins above 0');
}

function checkSeries(series: LineChart['series'][number], at: string): void {
  const { name, mark, colour } = object(series, at, KEYS.series);
  text(name, `${at}.name`);
  const whose = `series "${name}", `;
  for (const key of ['x', 'y', 'low', 'high'] as const) {
    const values = series[key];
    const path = `${at}.${key}`;
    if (values === undefined && key !== 'x' && key !== 'y') continue;
    const wrong = list(values as readonly unknown[], path, whose).findIndex(
      (value) => typeof value !== 'number',
    );
    if (wrong >= 0)
      fail(`${path}[${wrong}]`, values![wrong], 'use a number; NaN leaves a gap', `${whose}${key}[${wrong}]`);
    if (values!.length !== series.x.length)
      refuse(path, `${whose}${key}: found ${values!.length} values; x has ${series.x.length}`);
  }
  const crossed = series.low?.findIndex((low, i) => low > (series.high?.[i] ?? Number.NaN)) ?? -1;
  if (crossed >= 0)
    refuse(
      `${at}.low[${crossed}]`,
      `${whose}low[${crossed}]: found ${series.low![crossed]}, above high[${crossed}], ${series.high![crossed]}; use low ≤ high`,
    );
  if (mark !== undefined && !MARKS.includes(mark))
    fail(`${at}.mark`, mark, `use one of ${MARKS.join(', ')}`, `${whose}mark`);
  if (colour !== undefined && !(Number.isInteger(colour) && colour >= 0))
    fail(`${at}.colour`, colour, 'use a place in the palette: 0, 1, …', `${whose}colour`);
}

function object<T>(value: T, path: string, keys?: readonly string[]): T {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    fail(path, value, path === 'chart' ? 'use { x, y, series }' : 'use an object');
  const unknown = keys && Object.keys(value as object).find((key) => !keys.includes(key));
  if (unknown !== undefined)
    refuse(
      `${path}.${unknown}`,
      `${path}.${unknown}: there is no such key; the keys are ${keys?.join(', ')}`,
    );
  return value;
}

function text(value: unknown, path: string): void {
  if (typeof value !== 'string') fail(path, value, 'use a string');
}

function finite(value: unknown, path: string): void {
  if (!Number.isFinite(value)) fail(path, value, 'use a finite number');
}

function list<T>(value: readonly T[], path: string, whose = ''): readonly T[] {
  if (!Array.isArray(value)) fail(path, value, 'use an array', whose && `${whose}${path.split('.').at(-1)}`);
  return value;
}

const fail = (path: string, found: unknown, want: string, where = path): never =>
  refuse(path, `${where || path}: found ${show(found)}; ${want}`);

function refuse(path: string, message: string): never {
  throw new AlignodeError('invalid-option', message, { path });
}
