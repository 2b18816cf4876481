import type { BrowserContext, BrowserContextOptions, Page } from 'playwright';
import { beforeAll } from 'vitest';
import type { Scene } from '../../src/web/scene.ts';
import type { State } from '../../src/web/state/state.ts';
import { describeChromium } from './chromium.ts';
import { addressFor, browserOfRun, emptied, type Tab, type Theme, watchTab } from './reader.ts';

declare global {
  // What the page shows, as `main.ts` gives it to whoever looks behind it.
  var alignode: { state(): State; scene(): Scene };
  // All good news that the page has told since it was opened.
  var goodNews: string[];
}

export interface Opening {
  /** With the "#". */
  hash?: string;
  width?: number;
  height?: number;
  theme?: Theme;
  reducedMotion?: 'reduce';
  /** In a context of its own, which takes seconds. */
  context?: BrowserContextOptions;
}

/**
 * A suite on the explore page, built and served as `alignode explore` serves it. The tests of a suite share one tab, which
 * is loaded anew each time it is opened: what is opened before is gone.
 */
export function describeExplorer(
  name: string,
  suite: (open: (opening?: Opening) => Promise<Tab>, url: () => string) => void,
): void {
  describeChromium(name, () => {
    const browser = browserOfRun();
    let url: string;
    let shared: Tab;
    let own: BrowserContext | undefined;
    beforeAll(async () => {
      url = await addressFor('explore');
      const context = await browser().newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
      shared = await watchTab(context, url);
    });

    async function ofItsOwn(options: BrowserContextOptions): Promise<Tab> {
      own = await browser().newContext(options);
      return watchTab(own, url);
    }

    suite(
      async ({ hash = '', width = 1280, height = 900, theme = 'light', reducedMotion, context } = {}) => {
        await own?.close();
        own = undefined;
        const tab = context === undefined ? await emptied(shared) : await ofItsOwn(context);
        const { page } = tab;
        await page.setViewportSize({ width, height });
        await page.emulateMedia({
          colorScheme: theme,
          media: null,
          reducedMotion: reducedMotion ?? 'no-preference',
        });
        await page.goto(url + hash);
        await page.waitForFunction(() => globalThis.alignode !== undefined);
        await page.evaluate(keepGoodNews);
        return tab;
      },
      () => url,
    );
  });
}

/** Good news goes by itself after some seconds: on a busy machine a test might come too late to see it. */
function keepGoodNews(): void {
  globalThis.goodNews = [];
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes)
      for (const node of addedNodes)
        if (node instanceof Element && node.matches('.done')) globalThis.goodNews.push(node.textContent!);
  }).observe(document.getElementById('notices')!, { childList: true });
}

/** Waits until the exact theory of what the page shows is there, or it is known that there is none. */
export const settled = (page: Page): Promise<unknown> =>
  page.waitForFunction(() => !globalThis.alignode.scene().pending);
