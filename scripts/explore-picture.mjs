// The picture of the explore page in the README and in the book, after a build: node scripts/explore-picture.mjs
import { fileURLToPath } from 'node:url';
import { openExplorer } from './open-explorer.mjs';

const { browser, url, close } = await openExplorer();
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
  // The button that was pressed was scrolled to.
  scrollTo(0, 0);
});
await page.waitForTimeout(500);
await page.screenshot({ path: fileURLToPath(new URL('../docs/images/explore.png', import.meta.url)) });
await close();
