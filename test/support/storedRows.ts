import { expect } from 'vitest';
import { stored } from './stored.ts';

/** Named rows of numbers of a figure. */
export type Rows = Record<string, readonly number[]>;

/** Exact data: every number is the stored one to a relative tolerance. */
export function expectStoredRows(name: string, rows: Rows, tolerance = 1e-6): void {
  const before = stored(name, rows);
  expect(Object.keys(rows)).toEqual(Object.keys(before));
  for (const [key, row] of Object.entries(rows)) {
    expect(row.length, key).toBe(before[key].length);
    row.forEach((x, i) => {
      const off = Math.abs(x - before[key][i]);
      expect(off, `${name}, ${key}[${i}]: ${x}, stored ${before[key][i]}`).toBeLessThanOrEqual(
        tolerance * Math.abs(before[key][i]),
      );
    });
  }
}

/** How many standard errors apart two means may be: chance goes so far less than once in 10⁹, for some hundred of them. */
export const FAR = 8;

/**
 * Monte Carlo data: every mean is the stored one within the errors of both, so that other kernels and other seeds pass. Rows
 * come in pairs, "x" and "x error".
 */
export function expectStoredMeans(name: string, rows: Rows): void {
  const before = stored(name, rows);
  expect(Object.keys(rows)).toEqual(Object.keys(before));
  for (const key of Object.keys(rows).filter((each) => !each.endsWith(' error'))) {
    expect(rows[key].length, key).toBe(before[key].length);
    rows[key].forEach((x, i) => {
      const error = Math.hypot(rows[`${key} error`][i], before[`${key} error`][i]);
      const z = (x - before[key][i]) / error;
      expect(Math.abs(z), `${name}, ${key}[${i}]: ${x}, stored ${before[key][i]}`).toBeLessThan(FAR);
    });
  }
}
