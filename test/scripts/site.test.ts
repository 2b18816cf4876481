import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildSite } from '../../scripts/site/site.ts';
import { describeChromium } from '../support/chromium.ts';
import { fill } from '../support/exploreFolders.ts';
import { axeFaults, browserOfRun, scrollsSideways, watchedTab } from '../support/reader.ts';
import { faultsOf, filesOf, served, temporaryFolder } from '../support/site.ts';

const root = join(import.meta.dirname, '../fixtures/book');
const pages = ['docs/index.md', 'docs/second.md', 'docs/notebooks.md', 'notebooks/sample.ipynb'];
const contents = { sections: [{ title: 'Start', pages }] };

/** Stands in for the explore page, whose own tests are elsewhere. Builders may empty the folder that they fill. */
const buildPage = async (folder: string): Promise<void> => {
  expect(readdirSync(folder)).toEqual([]);
  fill(folder, {
    'index.html':
      '<!doctype html><html lang="en"><meta charset="utf-8"><title>The page</title><link rel="icon" href="data:,"><main><h1>Explore</h1><a href="book/index.html">The book</a></main></html>',
    'assets/page.js': '',
  });
};

const folder = temporaryFolder();
const out = join(folder, 'web');
const build = (overrides: object = {}) => buildSite({ root, out, contents, buildPage, ...overrides });
beforeAll(() => build());

describe('the site', () => {
  it('is the page with the book below it, and no link of the two leads nowhere', () => {
    const files = filesOf(out);
    expect(files).toEqual(
      expect.arrayContaining(['index.html', 'assets/page.js', 'book/index.html', 'book/assets/book.js']),
    );
    expect(faultsOf(out)).toEqual([]);
    for (const path of files.filter((name) => name.startsWith('book/') && name.endsWith('.html'))) {
      const up = '../'.repeat(path.split('/').length - 1);
      expect(readFileSync(join(out, path), 'utf8')).toContain(
        `<a class="beside" href="${up}index.html">Explore</a>`,
      );
    }
  });

  it('takes the place of the one before, and leaves nothing beside it', async () => {
    writeFileSync(join(out, 'old.html'), '');
    await build();
    expect(filesOf(out)).not.toContain('old.html');
    expect(readdirSync(folder)).toEqual(['web']);
  });

  it.each([
    ['page', { buildPage: () => Promise.reject(new Error('no page today')) }, 'no page today'],
    ['book', { contents: { sections: [{ title: 'X', pages: ['docs/none.md'] }] } }, 'docs/none.md'],
  ])('stays as it was where its %s cannot be made', async (_, overrides, reason) => {
    const before = filesOf(out);
    await expect(build(overrides)).rejects.toThrow(reason);
    expect(filesOf(out)).toEqual(before);
    expect(readdirSync(folder)).toEqual(['web']);
  });

  it('does not take the place of a folder that is no site, be it a book', async () => {
    const precious = join(temporaryFolder(), 'precious');
    mkdirSync(precious);
    writeFileSync(join(precious, 'thesis.tex'), 'words');
    for (const taken of [precious, join(out, 'book')])
      await expect(build({ out: taken })).rejects.toThrow(
        'exists and is no site; a site would replace all that is in it: name another folder',
      );
    expect(readdirSync(precious)).toEqual(['thesis.tex']);
  });
});

describeChromium('the site in a browser', () => {
  const browser = browserOfRun();

  const thereAndBack = async (base: string, width: number) => {
    const { page, faults } = await watchedTab(browser(), base, 'light', width);
    await page.goto(`${base}index.html`);
    await page.click('text=The book');
    await page.waitForURL(`${base}book/index.html`);
    faults.push(...(await axeFaults(page)));
    expect(await scrollsSideways(page)).toBe(false);
    await page.click('.neighbours [rel=next]');
    await page.click('.beside');
    await page.waitForURL(`${base}index.html`);
    expect(faults).toEqual([]);
    await page.context().close();
  };

  it('leads from the page to the book and back, read from a disk', async () => {
    await thereAndBack(`${pathToFileURL(out).href}/`, 1280);
  });

  it('does so in a folder of a web server, on a phone', async () => {
    const site = await served(out);
    await thereAndBack(site.url, 390).finally(site.close);
  });
});
