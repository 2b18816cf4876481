import type { Page } from 'playwright';
import { expect } from 'vitest';
import type { Problem } from '../../src/index.ts';
import type { State } from '../../src/web/state/state.ts';
import { SMALL } from './explorerExchange.ts';

/*
 * What the explore page saves, read.
 */

/** Students of a second layer set by hand, at other times than those of the curve. */
export const WITH_STUDENTS: State = {
  problem: { ...SMALL, alpha: { from: 0.1, to: 10, points: 100 } },
  v: [0.3, -0.2],
  students: { N: 40, runs: 3, seed: 9, student: 'projected', backend: 'cpu' },
  view: { pair: [0, 1] },
};

export async function saved(
  page: Page,
  group: string,
  kind: string,
): Promise<{ name: string; bytes: Buffer }> {
  await page.locator('#save summary').click();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: `Save ${group} as ${kind}`, exact: true }).click();
  const file = await download;
  const pieces = await (await file.createReadStream()).toArray();
  return { name: file.suggestedFilename(), bytes: Buffer.concat(pieces) };
}

export async function train(page: Page): Promise<void> {
  await page.locator('#students-train').click();
  await page.waitForFunction(() => globalThis.alignode.scene().students?.status === 'finished');
}

export const solved = (page: Page): Promise<Problem> =>
  page.evaluate(() => globalThis.alignode.scene().theory!.problem);
export const learned = (page: Page): Promise<Problem> =>
  page.evaluate(() => globalThis.alignode.scene().students!.problem);

/** The last digits of a browser's logarithms and powers are not those of Node's. */
const DIGITS = 1e-9;
export const expectClose = (csv: string, reference: string): void => {
  const [found, want] = [csv, reference].map(partsOf);
  expect(JSON.stringify(found, words)).toBe(JSON.stringify(want, words));
  const [x, y] = [found, want].map(numbersIn);
  expect(x.length).toBe(y.length);
  expect(Math.max(...x.map((value, i) => Math.abs(value - y[i]) / Math.max(1, Math.abs(y[i]))))).toBeLessThan(
    DIGITS,
  );
};
const words = (_: string, value: unknown): unknown => (typeof value === 'number' ? '' : value);
const numbersIn = (value: unknown): number[] =>
  typeof value === 'number'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(numbersIn)
      : [];

/** The problem in the head of a CSV, its names, and its numbers. */
function partsOf(csv: string): [head: unknown, names: string, rows: number[][]] {
  const lines = csv.trimEnd().split('\n');
  const [names, ...rows] = lines.filter((line) => !line.startsWith('#'));
  const head = JSON.parse(/^# problem (.*)$/m.exec(csv)![1]);
  return [head, names, rows.map((row) => row.split(',').map(Number))];
}
