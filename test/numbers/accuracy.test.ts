import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as numbers from '../../src/numbers/index.ts';
import { number, ulpError } from '../fixtures/numbers/exact.mjs';

type Function = (...x: number[]) => number;
type Tables = Record<string, [...x: number[], value: string][]>;

/** The largest error in units of the last place; what may be beyond 1 says so where it is defined. */
const MOST: Record<string, number> = {
  arcsine: 2,
  asinh: 1.3,
  atan2: 1.1,
  cos: 1,
  erf: 1,
  exp: 1,
  hypot: 1,
  ln: 1,
  log1p: 1,
  log10: 1,
  power: 1,
  sin: 1,
  sinh: 1.7,
};

const tablesOf = (name: string): Tables =>
  JSON.parse(readFileSync(new URL(`../fixtures/numbers/${name}.json`, import.meta.url), 'utf8'));

it('every function has a bound', () => {
  expect(Object.keys(numbers).sort()).toEqual(Object.keys(MOST).sort());
});

describe.each(Object.entries(MOST))('%s', (name, most) => {
  const own = (numbers as unknown as Record<string, Function>)[name];

  it.each(Object.entries(tablesOf(name)))(`is within ${most} ulp of the table: %s`, (_, rows) => {
    expect(rows.length).toBeGreaterThan(30);
    for (const row of rows) {
      const x = row.slice(0, -1) as number[];
      const found = own(...x);
      const error = ulpError(found, number(row[row.length - 1]));
      expect(error <= most, `${name}(${x.join(', ')}) is ${found}, off by ${error} ulp`).toBe(true);
    }
  });
});
