import type { Page } from 'playwright';
import { settled } from './explorer.ts';
import { axeFaults, scrollsSideways, type Theme } from './reader.ts';

/** Opens all groups, then the word about each thing in turn; gives those that make the page too wide. */
const UNFOLD = `(() => {
  for (const one of document.querySelectorAll('details:not(.help)')) one.open = true;
  const { documentElement: page } = document;
  return [...document.querySelectorAll('.help')].filter((one) => {
    one.open = true;
    return page.scrollWidth > page.clientWidth;
  }).map(({ id }) => id + ' makes the page scroll sideways');
})()`;

/** What axe finds fault with in the explore page, its colours also in another theme, and whether it scrolls sideways. */
export async function readersFaults(page: Page, other: Theme): Promise<string[]> {
  await settled(page);
  const found = (await scrollsSideways(page)) ? ['scrolls sideways'] : [];
  found.push(...(await axeFaults(page)));
  await page.emulateMedia({ colorScheme: other });
  found.push(...(await axeFaults(page, ['color-contrast'])));
  // One by one they cover what is below them; axe sees no colours there, but all of their names and roles.
  await page.evaluate(UNFOLD);
  found.push(...(await axeFaults(page)));
  if (await scrollsSideways(page)) found.push('scrolls sideways when all is unfolded');
  return found;
}
