import type { Page } from 'playwright';
import type { Problem } from '../../src/index.ts';
import { FIRST, type State } from '../../src/web/state/state.ts';

export const state = (page: Page): Promise<State> => page.evaluate(() => globalThis.alignode.state());
/** The test error of the curve that is shown. */
export const errors = (page: Page): Promise<number[]> =>
  page.evaluate(() => globalThis.alignode.scene().theory!.curve.eg);
export const faultsTold = (page: Page) => page.locator('#notices .notice.fault');
/** Waits until good news with these words has been told. */
export const goodNews = (page: Page, words = ''): Promise<unknown> =>
  page.waitForFunction((some) => globalThis.goodNews.some((news) => news.includes(some)), words);
export const hash = (page: Page): Promise<string> => page.evaluate(() => location.hash);

/** Drops files on the page, as a user does who comes from a file manager. */
export async function drop(page: Page, ...files: { name: string; text: string }[]): Promise<void> {
  const data = await page.evaluateHandle((all) => {
    const transfer = new DataTransfer();
    for (const { name, text } of all) transfer.items.add(new File([text], name));
    return transfer;
  }, files);
  for (const type of ['dragenter', 'dragover', 'drop'])
    await page.dispatchEvent('#views', type, { dataTransfer: data });
}

/**
 * Keeps what the page copies from now on, once the browser has taken it. To read the clipboard would be to read what any
 * page of this run has copied last.
 */
export const keepCopies = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const { clipboard } = navigator;
    const write = clipboard.writeText.bind(clipboard);
    clipboard.writeText = async (text) => {
      await write(text);
      Object.assign(window, { lastCopy: text });
    };
  });
export const lastCopy = (page: Page): Promise<string> =>
  page.evaluate(() => (window as unknown as { lastCopy: string }).lastCopy);

/** A state that differs in everything from the first. */
export const HERS: State = {
  problem: {
    activation: 'relu',
    rule: 'bp',
    learningRate: 0.3,
    noise: 0.01,
    teacher: { draw: { M: 2, N: 300, seed: 5, secondLayer: 'normal' } },
    student: { draw: { K: 3, N: 300, sigma: 0.1, seed: 6 } },
    alpha: { from: 0, to: 20, points: 41, scale: 'linear' },
  },
  students: { N: 60, runs: 7, seed: 11, student: 'trained', backend: 'cpu' },
  view: { alpha: 3.5, pair: [0, 2] },
};
/** A problem that is soon solved. */
export const SMALL: Problem = { ...FIRST.problem, learningRate: 0.2, alpha: [0.5, 1, 2] };

/** The first problem of the page with teacher units that no two vectors have: the library refuses it. */
export const IMPOSSIBLE: Problem = {
  ...FIRST.problem,
  teacher: {
    T: [
      [1, 3],
      [3, 1],
    ],
    A: [1, 1],
  },
};
