// Opens the explore page as `alignode explore` serves it, after a build, in a headless browser; for measurements and
// pictures.
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import { listen, stop } from '../build/cli/serve/listen.js';
import { PAGE_POLICY } from '../build/cli/serve/policies.js';
import { staticServer } from '../build/cli/serve/server.js';
import { findChromium, howToGetChromium } from '../build/support/chromium.js';

/** @returns {Promise<{ browser: import('playwright').Browser, url: string, close: () => Promise<void> }>} */
export async function openExplorer() {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error(`Chromium not found (${howToGetChromium})`);
  const folder = fileURLToPath(new URL('../dist/web', import.meta.url));
  const server = staticServer([
    { at: '', folder, policy: PAGE_POLICY, unbuilt: 'npm run build makes the page.' },
  ]);
  const url = `http://127.0.0.1:${await listen(server, 0)}/`;
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--no-proxy-server'] });
  const close = async () => {
    await browser.close();
    await stop(server);
  };
  return { browser, url, close };
}
