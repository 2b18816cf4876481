import type { Page } from 'playwright';
import type { State } from '../../src/web/state/state.ts';
import { readChart } from './exploreViews.ts';

/*
 * Hands on the plane of v, of the explore page.
 */

export const view = (page: Page) => page.locator('#view-plane');
export const handle = (page: Page, name: 'F' | 'v') => view(page).locator(`.handle.${name}`);
export const stateOf = (page: Page): Promise<State> => page.evaluate(() => globalThis.alignode.state());
export const feedbackOf = async (page: Page): Promise<number[]> =>
  (await stateOf(page)).problem.feedback as number[];
export const undo = (page: Page) => page.getByRole('button', { name: 'Undo' });
export const says = (page: Page, name: 'F' | 'v') => handle(page, name).getAttribute('aria-valuetext');

/** The middle of a handle. */
export async function middle(page: Page, name: 'F' | 'v'): Promise<[number, number]> {
  const { x, y, width, height } = (await handle(page, name).boundingBox())!;
  return [x + width / 2, y + height / 2];
}

/** Takes a handle, goes by way of another place to one so many pixels to the right and up, and leaves it there. */
export async function drag(
  page: Page,
  name: 'F' | 'v',
  right: number,
  up: number,
  release = true,
): Promise<void> {
  await handle(page, name).scrollIntoViewIfNeeded();
  const [x, y] = await middle(page, name);
  await page.mouse.move(x + 3, y - 2);
  await page.mouse.down();
  await page.mouse.move(x + 3 + right / 3, y - 2 + 7);
  await page.mouse.move(x + 3 + right, y - 2 - up);
  if (release) await page.mouse.up();
}

/** Values of the plane for one pixel. */
export async function perPixel(page: Page): Promise<number> {
  const { valueAt } = await readChart(view(page));
  return valueAt(0) - valueAt(1);
}
