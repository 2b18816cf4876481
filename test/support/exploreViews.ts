import type { Locator, Page } from 'playwright';
import { expect } from 'vitest';
import type { Problem } from '../../src/index.ts';
import { encode } from '../../src/web/exchange/address.ts';
import { FIRST, type State } from '../../src/web/state/state.ts';
import { patience } from './reader.ts';

/*
 * Eyes for the views of the explore page: what is drawn, read back as numbers.
 */

/** The first problem of the page with some of it changed. */
export const stateWith = (problem: Partial<Problem>, more: Partial<State> = {}): State => ({
  ...FIRST,
  ...more,
  problem: { ...FIRST.problem, ...problem },
});

const identity = (n: number): number[][] =>
  Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => Number(i === j)));

/** K student units, M of the teacher, drawn feedback. */
export const unitsOf = (K: number, M: number): Partial<Problem> => ({
  teacher: { T: identity(M), A: Array.from({ length: M }, (_, m) => 1 + 0.25 * m) },
  student: { draw: { K, N: 500, sigma: 0.01, seed: 8 } },
  feedback: { draw: 'normal', seed: 3 },
});

/** The address that opens a state. */
export const addressOf = (state: State): { hash: string } => ({ hash: encode(state) });

/** Waits until what is known beside the exact curve is there, too, and drawn. */
export async function told(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const { pending, theory } = globalThis.alignode.scene();
    return !pending && theory?.about !== undefined;
  });
  await page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(undefined)))),
  );
}

export const cursorOf = (page: Page): Promise<{ index: number; alpha: number }> =>
  page.evaluate(() => globalThis.alignode.scene().cursor);

/** Waits until the cursor stands at a point of the curve, and what depends on it is drawn. */
export async function atPoint(page: Page, index: number): Promise<void> {
  await expect.poll(async () => (await cursorOf(page)).index, patience).toBe(index);
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

/** Puts the cursor on a point of the curve. */
export async function goTo(page: Page, index: number): Promise<void> {
  await page.locator('#transport input[type=range]').fill(String(index));
  await atPoint(page, index);
}

export const card = (page: Page, id: string) => page.locator(`#view-${id}`);
export const words = async (page: Page, id: string): Promise<string> =>
  (await card(page, id).locator('.status').allTextContents()).join('|');

/** The numbers in the tables of a card, by caption. */
export const tablesIn = (card: Locator): Promise<Record<string, string[][]>> =>
  card
    .locator('table')
    .evaluateAll((tables) =>
      Object.fromEntries(
        (tables as HTMLTableElement[]).map((table) => [
          table.caption?.textContent ?? '',
          [...table.tBodies[0].rows].map((row) =>
            [...row.querySelectorAll('td')].map((cell) => cell.textContent ?? ''),
          ),
        ]),
      ),
    );

/** A chart, read: the lines, in values of its y axis where that is linear, and every word. */
export interface ChartRead {
  /** The points of each line in pixels. */
  lines: [x: number, y: number][][];
  /** What a height in pixels stands for. */
  valueAt(y: number): number;
  words: string[];
  svg: string;
}

export async function readChart(card: Locator): Promise<ChartRead> {
  const svg = await card
    .locator('.picture svg')
    .first()
    .evaluate((svg) => svg.outerHTML);
  const lines = [...svg.matchAll(/<path d="([^"]*)"/g)].map(([, d]) =>
    [...d.matchAll(/[ML]([\d.-]+) ([\d.-]+)/g)].map(([, x, y]): [number, number] => [Number(x), Number(y)]),
  );
  const ticks = [...svg.matchAll(/<text x="[\d.-]+" y="([\d.-]+)" text-anchor="end"[^>]*>([^<]*)<\/text>/g)]
    .map(([, y, label]) => ({ y: Number(y) - 4, value: Number(label.replace('−', '-')) }))
    .filter(({ value }) => Number.isFinite(value));
  const [first, last] = [ticks[0], ticks[ticks.length - 1]];
  return {
    lines,
    valueAt: (y) => first.value + ((y - first.y) / (last.y - first.y)) * (last.value - first.value),
    words: [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, words]) => words),
    svg,
  };
}
