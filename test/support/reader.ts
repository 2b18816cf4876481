import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright';
import { afterAll, beforeAll, inject } from 'vitest';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The address of the browser, or of the explore page, of this run. */
export async function addressFor(what: 'chromium' | 'explore'): Promise<string> {
  const answer = await fetch(`${inject('pageHost')}/${what}`);
  const text = await answer.text();
  if (!answer.ok) throw new Error(text);
  return text;
}

/** The browser of this run (`pageHost.ts`), for a suite. What the suite opens there ends with it. */
export function browserOfRun(): () => Browser {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.connect(await addressFor('chromium'));
  });
  afterAll(() => browser?.close());
  return () => browser;
}

/** Far beyond what anything takes: no outcome depends on how busy the machine is. */
export const patience = { timeout: 300_000 };

export type Theme = 'light' | 'dark';

export interface Tab {
  page: Page;
  /** What a reader should never meet: errors, warnings, requests to elsewhere, files that are missing. */
  faults: string[];
}

/** A tab that writes down what a reader should never meet: requests to elsewhere, files that are missing, errors. */
export async function watchedTab(browser: Browser, base: string, theme: Theme, width: number): Promise<Tab> {
  return watchTab(await browser.newContext({ colorScheme: theme, viewport: { width, height: 900 } }), base);
}

/** The same in a context of one's own. */
export async function watchTab(context: BrowserContext, base: string): Promise<Tab> {
  context.setDefaultTimeout(patience.timeout);
  const page = await context.newPage();
  const faults: string[] = [];
  const at = () => page.url().replace(base, '');
  page.on('request', (request) => {
    if (!request.url().startsWith(base) && !/^(data|blob):/.test(request.url()))
      faults.push(`${at()} asks for ${request.url()}`);
  });
  page.on('requestfailed', (request) => {
    // A worker that is no longer needed may be ended while its script is on its way: on a busy machine it is.
    const ended = request.failure()?.errorText === 'net::ERR_ABORTED' && /worker/i.test(request.url());
    if (!ended) faults.push(`${at()} did not get ${request.url()}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) faults.push(`${at()} did not get ${response.url()}`);
  });
  page.on('console', (message) => {
    if (/error|warning/.test(message.type())) faults.push(`${at()} says ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`${at()} throws ${error.message}`));
  return { page, faults };
}

/** The same tab, as good as new for the next test, but for what the browser keeps for the page's address. */
export async function emptied(tab: Tab): Promise<Tab> {
  const { page, faults } = tab;
  await page.goto('about:blank');
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  // Nothing of a page is pointed at before a test does so.
  await page.mouse.up();
  await page.mouse.move(0, 0);
  faults.length = 0;
  return tab;
}

/** Pieces that differ in nothing but their words: the same classes, in the same kind of block. */
const ONE_OF_EACH_COLOUR = `{
  const seen = new Set();
  const kind = (piece) => (piece.tagName === 'PRE' ? piece.parentElement.className + piece.parentElement.parentElement.className : piece.className + ' < ' + kind(piece.parentElement));
  for (const piece of document.querySelectorAll('pre code span'))
    if (!piece.firstElementChild && seen.size < seen.add(kind(piece)).size) continue;
    else if (!piece.firstElementChild) piece.replaceWith(piece.textContent);
}`;

/**
 * What axe finds fault with, all of its rules or some. A word takes the place of every formula first: their thousands of
 * elements, of the text's own colour, would take most of the time. Of the coloured pieces of code one of each kind stays.
 */
export async function axeFaults(page: Page, rules?: string[]): Promise<string[]> {
  if (!(await page.evaluate('typeof axe !== "undefined"'))) await page.evaluate(axe);
  await page.evaluate(
    "document.querySelectorAll('.katex').forEach((formula) => formula.replaceWith('formula'))",
  );
  await page.evaluate(ONE_OF_EACH_COLOUR);
  const options = {
    resultTypes: ['violations'],
    preload: false,
    ...(rules && { runOnly: { type: 'rule', values: rules } }),
  };
  const found: { violations: { id: string; nodes: { target: unknown; failureSummary: string }[] }[] } =
    await page.evaluate(`axe.run(document, ${JSON.stringify(options)})`);
  return found.violations.flatMap(({ id, nodes }) =>
    nodes
      .slice(0, 3)
      .map(({ target, failureSummary }) => `${id}: ${target}: ${failureSummary.replace(/\s+/g, ' ')}`),
  );
}

/** Whether the page is wider than its window. */
export const scrollsSideways = (page: Page): Promise<boolean> =>
  page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth');
