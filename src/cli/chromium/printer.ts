import { howToGetChromium } from '../../chromium.ts';
import { AlignodeError } from '../../support/error.ts';
import { type Browser, openBrowser } from './browser.ts';
import { type Prints, printPanels } from './print.ts';

/** Draws the pictures of one figure after another in one browser, opened when the first is asked for. */
export interface Printer {
  /** Why there are no pictures: because there is no browser, or for a figure, because it failed on it. */
  print(prints: Prints): Promise<string | undefined>;
  close(): Promise<void>;
}

export function printer(chromium: string | undefined, signal: AbortSignal): Printer {
  let browser: Browser | undefined;
  let never =
    chromium === undefined ? `no SVG and PNG: no Chromium was found; ${howToGetChromium}` : undefined;
  const open = async (path: string): Promise<Browser | undefined> => {
    try {
      return await openBrowser(path, { signal });
    } catch (error) {
      never = whyNone(error);
      return undefined;
    }
  };
  const close = async (): Promise<void> => {
    await browser?.close();
    browser = undefined;
  };
  return {
    print: async (prints) => {
      if (never === undefined && chromium !== undefined) browser ??= await open(chromium);
      if (browser === undefined) return never;
      try {
        await printPanels(browser, prints);
        return undefined;
      } catch (error) {
        const reason = whyNone(error);
        // It may be gone, or in no good state: the next figure gets another.
        await close();
        return reason;
      }
    },
    close,
  };
}

/** Faults of a browser cost the pictures and no more; any other is passed on. */
function whyNone(error: unknown): string {
  if (error instanceof AlignodeError && error.code === 'not-available')
    return `no SVG and PNG: ${error.message}`;
  throw error;
}
