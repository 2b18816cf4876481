import type { Page } from 'playwright';
import type { Problem } from '../../src/index.ts';
import type { State } from '../../src/web/state/state.ts';

/*
 * Hands on the controls of the explore page.
 */

export const stateOf = (page: Page): Promise<State> => page.evaluate(() => globalThis.alignode.state());
export const problemOn = async (page: Page): Promise<Problem> => (await stateOf(page)).problem;

/** Unfolds every group. */
export const unfold = (page: Page): Promise<void> =>
  page.evaluate(() => {
    for (const fold of document.querySelectorAll<HTMLDetailsElement>('#controls details.group'))
      fold.open = true;
  });

export const field = (page: Page, id: string) => page.locator(`#control-${id}`);
export const slider = (page: Page, id: string) => page.locator(`#control-${id}-slider`);

/** Types a number and takes it. */
export async function type(page: Page, id: string, text: string): Promise<void> {
  await field(page, id).fill(text);
  await field(page, id).press('Enter');
}

/** What is shown is that of the state: a frame later. */
export const drawn = (page: Page): Promise<unknown> =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
