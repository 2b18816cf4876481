// The picture of the explore page in the README and in the book, after a build: node scripts/explore-picture.mjs
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import { findChromium } from '../dist/cli/chromium/find.js';
import { listen, stop } from '../dist/cli/serve/listen.js';
import { PAGE_POLICY } from '../dist/cli/serve/policies.js';
import { staticServer } from '../dist/cli/serve/server.js';

const folder = fileURLToPath(new URL('../dist/web', import.meta.url));
const server = staticServer([{ at: '', folder, policy: PAGE_POLICY, unbuilt: '' }]);
const url = `http://127.0.0.1:${await listen(server, 0)}/`;
const browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox'] });
const page = await (await browser.newContext({ viewport: { width: 1440, height: 1000 } })).newPage();
await page.goto(url);
await page.waitForFunction(() => globalThis.alignode?.scene().theory?.about);
await page.fill('#control-to', '1000');
await page.press('#control-to', 'Enter');
await page.getByRole('button', { name: 'Train', exact: true }).click();
await page.waitForFunction(
  () => alignode.scene().students?.simulation && !alignode.scene().pending,
  undefined,
  {
    timeout: 300_000,
  },
);
await page.evaluate(() => {
  document.activeElement?.blur();
  document.getElementById('controls').scrollTop = 0;
});
await page.waitForTimeout(500);
await page.screenshot({ path: fileURLToPath(new URL('../docs/images/explore.png', import.meta.url)) });
await browser.close();
await stop(server);
