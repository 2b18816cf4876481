import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildBook } from '../../scripts/book/book.ts';
import { contents } from '../../scripts/book/contents.ts';
import { pageOf, relative } from '../../scripts/book/paths.ts';
import { inTurns } from '../../scripts/in-turns.mjs';
import { contentType, UNKNOWN } from '../../src/cli/serve/contentTypes.ts';
import { OUR_OWN, SECTIONS } from '../../src/report/pages/galleryBook.ts';
import { describeChromium } from '../support/chromium.ts';
import {
  axeFaults,
  browserOfRun,
  patience,
  scrollsSideways,
  type Theme,
  watchedTab,
} from '../support/reader.ts';
import { bracketed, faultsOf, filesOf, served, temporaryFolder } from '../support/site.ts';

const book = join(temporaryFolder(), 'book');
beforeAll(() => buildBook({ root: join(import.meta.dirname, '../..'), out: book, contents }));

const pagesOf = (site: string) => filesOf(site).filter((path) => path.endsWith('.html'));

/** Of the API the list and one page of each kind, of files one of each ending: the rest are made in the same way. */
const examples = () => {
  const kinds = new Set<string>();
  return pagesOf(book).filter((path) => {
    const [folder, kind] = path.split('/');
    if (folder !== 'api' && folder !== 'files') return true;
    return kinds.size < kinds.add(folder === 'api' ? kind : path.replace(/.*?(\.\w+)?\.html$/, '$1')).size;
  });
};

describe('the book', () => {
  it('has no link, picture or anchor that leads nowhere, in any page or page of the API', () => {
    expect(pagesOf(book).length).toBeGreaterThan(100);
    expect(faultsOf(book)).toEqual([]);
    for (const path of pagesOf(book))
      expect(bracketed(readFileSync(join(book, path), 'utf8')), path).toEqual([]);
  });

  it('has no file of a kind that `alignode explore` does not know', () => {
    expect(filesOf(book).filter((path) => contentType(path) === UNKNOWN)).toEqual([]);
  });

  it('has the places that the gallery leads to', () => {
    const paper = readFileSync(join(book, 'paper.html'), 'utf8');
    for (const section of [...Object.values(SECTIONS), OUR_OWN]) expect(paper).toContain(`id="${section}"`);
    expect(pagesOf(book)).toContain('errata.html');
  });

  it('leads from every page to its beginning, to every page of its contents and to the API', () => {
    const goals = [
      'index.html',
      'api/index.html',
      ...contents.sections.flatMap(({ pages }) => pages.map(pageOf)),
    ];
    for (const path of pagesOf(book)) {
      const html = readFileSync(join(book, path), 'utf8');
      for (const goal of goals) expect(html).toContain(`<a href="${relative(path, goal)}"`);
    }
  });
});

describeChromium('the book in a browser', () => {
  const browser = browserOfRun();
  let site: { url: string; close(): void };
  beforeAll(async () => {
    site = await served(book);
  });
  afterAll(() => site?.close());
  const files = () => `${pathToFileURL(book).href}/`;

  const readEverything = async (base: string, theme: Theme, width: number, other: Theme) => {
    const lanes = await Promise.all(
      Array.from({ length: 2 }, () => watchedTab(browser(), base, theme, width)),
    );
    const faults: string[] = [];
    await inTurns(examples(), lanes.length, async (path, lane) => {
      const { page } = lanes[lane];
      await page.goto(base + path);
      const found = (await scrollsSideways(page)) ? ['scrolls sideways'] : [];
      found.push(...(await axeFaults(page)));
      await page.emulateMedia({ colorScheme: other });
      found.push(...(await axeFaults(page, ['color-contrast'])));
      await page.emulateMedia({ colorScheme: theme });
      faults.push(...found.map((fault) => `${path}: ${fault}`));
    });
    for (const lane of lanes) faults.push(...lane.faults);
    await Promise.all(lanes.map(({ page }) => page.context().close()));
    return faults;
  };

  it('read from a disk on a wide screen, asks nothing of any network and is as accessible as axe can tell', async () => {
    expect(await readEverything(files(), 'light', 1280, 'dark')).toEqual([]);
  });

  it('read from a folder of a web server on a phone, does the same, and no page scrolls sideways', async () => {
    expect(await readEverything(site.url, 'dark', 390, 'light')).toEqual([]);
  });

  const found = async (page: Page, query: string) => {
    await page.fill('#book-search', query);
    await expect.poll(() => page.textContent('.found p'), patience).toMatch(/found/);
    return page.locator('.found a').allTextContents();
  };

  it('finds a word and a function by its search, from a disk, by keyboard alone', async () => {
    const { page, faults } = await watchedTab(browser(), files(), 'light', 1280);
    await page.goto(`${files()}index.html`);
    await page.keyboard.press('/');
    // A question leads to what explains it; the guide stands before the API, and that before files.
    expect((await found(page, 'plateau'))[0]).toMatch(/^The plateau · The equations/);
    expect((await found(page, 'feedback alignment'))[0]).toMatch(/^Alignment · The equations/);
    expect((await found(page, 'citation'))[0]).toMatch(/^How to cite/);
    const rank = (hit: string) => (/ · File /.test(hit) ? 2 : / · API/.test(hit) ? 1 : 0);
    const ranks = (await found(page, 'axis')).map(rank);
    expect(new Set(ranks).size).toBeGreaterThan(1);
    expect(ranks).toEqual(ranks.toSorted());
    expect((await found(page, 'learnProbability'))[0]).toMatch(/^learnProbability · API/);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL(/api\/functions\/learnProbability\.html$/);
    expect(await page.textContent('h1')).toBe('learnProbability');

    await page.keyboard.press('/');
    await found(page, 'plateau');
    await page.keyboard.press('Escape');
    expect(await page.isVisible('.found')).toBe(false);
    expect(faults).toEqual([]);
    await page.context().close();
  });
});
