import { join } from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright';
import { afterAll, beforeAll } from 'vitest';
import { buildWeb } from '../../scripts/build-web.mjs';
import { listen, stop } from '../../src/cli/serve/listen.ts';
import { PAGE_POLICY } from '../../src/cli/serve/policies.ts';
import { staticServer } from '../../src/cli/serve/server.ts';
import type { Scene } from '../../src/web/scene.ts';
import type { State } from '../../src/web/state/state.ts';
import { describeChromium } from './chromium.ts';
import { browserFor, type Theme, watchTab } from './reader.ts';
import { temporaryFolder } from './site.ts';

/** `npm test` has built the page just now; whoever runs a file alone may have changed it since. */
const justBuilt =
  process.env.npm_lifecycle_event === 'test' ? join(import.meta.dirname, '../../dist/web') : undefined;

declare global {
  // What the page shows, as `main.ts` gives it to whoever looks behind it.
  var alignode: { state(): State; scene(): Scene };
}

export interface Opened {
  page: Page;
  /** What a user should never meet: errors, warnings, requests to elsewhere, files that are missing. */
  faults: string[];
}

export interface Opening {
  /** With the "#". */
  hash?: string;
  width?: number;
  height?: number;
  theme?: Theme;
  context?: BrowserContextOptions;
}

/** A suite on the explore page, built and served as `alignode explore` serves it, in a browser with WebGPU in software. */
export function describeExplorer(
  name: string,
  suite: (open: (opening?: Opening) => Promise<Opened>, url: () => string) => void,
  args: readonly string[] = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'],
): void {
  describeChromium(name, (executablePath) => {
    const folder = justBuilt ?? join(temporaryFolder(), 'web');
    const browser = browserFor(executablePath, args);
    let server: ReturnType<typeof staticServer>;
    let url: string;
    beforeAll(async () => {
      if (justBuilt === undefined) await buildWeb(folder);
      server = staticServer([{ at: '', folder, policy: PAGE_POLICY, unbuilt: '' }]);
      url = `http://127.0.0.1:${await listen(server, 0)}/`;
    });
    afterAll(async () => {
      if (server) await stop(server);
    });

    suite(
      async ({ hash = '', width = 1280, height = 900, theme = 'light', context = {} } = {}) => {
        const opened = await browser().newContext({
          colorScheme: theme,
          viewport: { width, height },
          ...context,
        });
        const tab = await watchTab(opened, url);
        await tab.page.goto(url + hash);
        await tab.page.waitForFunction(() => globalThis.alignode !== undefined);
        return tab;
      },
      () => url,
    );
  });
}

/** Waits until the exact theory of what the page shows is there, or it is known that there is none. */
export const settled = (page: Page): Promise<unknown> =>
  page.waitForFunction(() => !globalThis.alignode.scene().pending);
