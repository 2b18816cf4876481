import { howMany } from '../../support/howMany.ts';

/** As many values as are listed one by one. */
const LISTED = 12;

/** Plain data as people read it: "draw (M 2, N 500, seed 6)", not JSON. */
export function readable(value: unknown): string {
  if (value === null || value === undefined) return 'none';
  if (typeof value === 'number') return numeral(value);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return list(value);
  if (typeof value === 'object')
    return Object.entries(value)
      .map(([name, part]) => `${name} ${nested(part)}`)
      .join(', ');
  return String(value);
}

const numeral = (x: number): string => String(Number(x.toPrecision(6)));

const nested = (part: unknown): string =>
  typeof part === 'object' && part !== null && !Array.isArray(part) ? `(${readable(part)})` : readable(part);

function list(values: readonly unknown[]): string {
  if (values.length === 0) return 'none';
  if (values.length > LISTED)
    return `${howMany(values.length, 'value')}, ${item(values[0])} to ${item(values[values.length - 1])}`;
  return values.map(item).join(', ');
}

/** A matrix row by row, a vector in brackets where it stands in a list. */
const item = (value: unknown): string => (Array.isArray(value) ? `[${list(value)}]` : nested(value));

/** The rows of a table: a nested part is opened one level, "problem: teacher", or put into one cell if it is small. */
export function readableRows(parameters: Record<string, unknown>): [name: string, value: string][] {
  return Object.entries(parameters).flatMap(([name, value]): [string, string][] => {
    const parts = typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
    if (parts && Object.keys(parts).length > 3)
      return Object.entries(parts).map(([part, of]) => [`${name}: ${part}`, readable(of)]);
    return [[name, readable(value)]];
  });
}
