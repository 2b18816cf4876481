import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, expect, it } from 'vitest';
import { buildBook } from '../../scripts/book/book.ts';
import { describeChromium } from '../support/chromium.ts';
import {
  axeFaults,
  browserOfRun,
  emptied,
  patience,
  scrollsSideways,
  type Tab,
  watchedTab,
} from '../support/reader.ts';
import { temporaryFolder } from '../support/site.ts';

const book = join(temporaryFolder(), 'book');
const base = `${pathToFileURL(book).href}/`;

describeChromium('a page in a browser', () => {
  beforeAll(() =>
    buildBook({
      root: join(import.meta.dirname, '../fixtures/book'),
      out: book,
      contents: {
        sections: [
          {
            title: 'All',
            pages: ['docs/index.md', 'docs/second.md', 'docs/notebooks.md', 'notebooks/sample.ipynb'],
          },
        ],
      },
    }),
  );
  const browser = browserOfRun();
  let shared: Tab;
  beforeAll(async () => {
    shared = await watchedTab(browser(), base, 'light', 1280);
  });
  const opened = async (path: string, width = 1280) => {
    const { page } = await emptied(shared);
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme: 'light', media: null });
    await page.goto(base + path);
    return shared;
  };

  it('has colours that can be read, light and dark, with every language of code', async () => {
    for (const path of ['index.html', 'notebooks/sample.html']) {
      const { page, faults } = await opened(path);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        expect(await axeFaults(page)).toEqual([]);
      }
      expect(faults).toEqual([]);
    }
  });

  it('is light or dark as the system is, or as the reader says, on every page and when they come back; paper is white', async () => {
    const { page, faults } = await opened('index.html');
    const paper = () => page.evaluate('getComputedStyle(document.body).backgroundColor');
    const [light, dark] = ['rgb(255, 255, 255)', 'rgb(23, 25, 28)'];
    const button = page.locator('button.theme');
    expect([await button.textContent(), await paper()]).toEqual(['Theme: system', light]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await paper()).toBe(dark);
    await button.click();
    expect([await button.textContent(), await paper()]).toEqual(['Theme: light', light]);
    await button.click();
    await page.emulateMedia({ colorScheme: 'light' });
    await page.goto(`${base}second.html`);
    expect([await button.textContent(), await paper()]).toEqual(['Theme: dark', dark]);
    await page.emulateMedia({ media: 'print' });
    expect(await paper()).toBe(light);
    await page.emulateMedia({ media: 'screen' });
    await button.click();
    expect([await button.textContent(), await paper()]).toEqual(['Theme: system', light]);
    expect(faults).toEqual([]);
  });

  it('on a phone has its contents in a menu, and scrolls what is wide in boxes that the keyboard can reach', async () => {
    const { page } = await opened('index.html', 390);
    expect(await scrollsSideways(page)).toBe(false);
    expect(await page.isVisible('.contents')).toBe(false);
    await page.click('.menu summary');
    expect(await page.isVisible('.contents')).toBe(true);
    expect(await axeFaults(page)).toEqual([]);
    const boxes: string[] = await page.evaluate(
      `[...document.querySelectorAll('[tabindex="0"]')].map((box) => box.role + ' ' + box.ariaLabel)`,
    );
    for (const name of ['Formula', 'Table', 'Code']) expect(boxes).toContain(`group ${name}`);
    const table = page.locator('.scroll:has(table)').first();
    expect(await table.getAttribute('class')).toBe('scroll more-after');
    await page.evaluate(`document.querySelector('.scroll:has(table)').scrollLeft = 1e4`);
    await expect.poll(() => table.getAttribute('class'), patience).toBe('scroll more-before');
    await page.setViewportSize({ width: 4000, height: 900 });
    await expect.poll(() => page.locator('.menu').isVisible(), patience).toBe(false);
    expect(await page.isVisible('.contents')).toBe(true);
  });

  it('finds words in its search, by the keyboard, and says when there are none', async () => {
    const { page, faults } = await opened('notebooks/sample.html');
    await page.keyboard.press('/');
    expect(await page.evaluate('document.activeElement.id')).toBe('book-search');
    await page.keyboard.type('xyloph');
    await expect.poll(() => page.locator('.found a').allTextContents(), patience).toHaveLength(1);
    expect(await page.textContent('.found p')).toBe('1 place found.');
    expect(await axeFaults(page)).toEqual([]);
    await page.keyboard.press('Escape');
    expect(await page.isVisible('.found')).toBe(false);
    await page.fill('#book-search', 'quetzal');
    await expect.poll(() => page.textContent('.found p'), patience).toBe('Nothing found.');
    await page.fill('#book-search', 'xylophone');
    await expect.poll(() => page.locator('.found a').count(), patience).toBe(1);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL(`${base}second.html#about-eta_2-or-${encodeURI('η₂')}-it-is-a_b`);
    expect(faults).toEqual([]);
  });

  it('shows its button on every block of code, above the code', async () => {
    for (const width of [390, 1280]) {
      const { page } = await opened('index.html', width);
      const covered: unknown[] = await page.evaluate(`[...document.querySelectorAll('.code')].map((block) => {
        const [button, code] = ['.copy', 'code'].map((name) => block.querySelector(name));
        const seen = button.checkVisibility({ opacityProperty: true });
        return seen && button.getBoundingClientRect().bottom <= code.getBoundingClientRect().top + 1;
      })`);
      expect(covered).toEqual(Array.from({ length: 8 }, () => true));
    }
  });

  it('copies code, and says so for a while', async () => {
    // A clock that has been set stays so.
    const { page } = await watchedTab(browser(), base, 'light', 1280);
    await page.clock.install();
    await page.goto(`${base}index.html`);
    const button = page.locator('.copy').first();
    await button.click();
    await expect.poll(() => button.textContent(), patience).toBe('Copied');
    await page.clock.runFor(2000);
    expect(await button.textContent()).toBe('Copy');
  });

  it('draws a plot to explore in place of its picture, when asked', async () => {
    const { page, faults } = await opened('notebooks/sample.html', 390);
    expect(await page.evaluate('typeof Plotly')).toBe('undefined');
    await page.click('button.plot');
    await page.waitForSelector('.drawn .scatterlayer .trace');
    expect(await page.getAttribute('.drawn', 'aria-label')).toBe('A line at 50');
    expect(await page.locator('button.plot').count()).toBe(0);
    expect(await scrollsSideways(page)).toBe(false);
    expect(faults).toEqual([]);
  });

  it('can be read without scripts', async () => {
    const context = await browser().newContext({
      javaScriptEnabled: false,
      viewport: { width: 390, height: 900 },
    });
    const page = await context.newPage();
    await page.goto(`${base}index.html`);
    expect(await page.isVisible('.theme')).toBe(false);
    expect(await page.isVisible('.search')).toBe(false);
    await page.click('.menu summary');
    await page.click('.contents a[href="second.html"]');
    expect(await page.textContent('h1')).toBe('The second page');
  });
});
