import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { AlignodeError } from '../../support/error.ts';
import { writeBytesWhole, writeWhole } from '../files.ts';
import type { Browser } from './browser.ts';

/** A picture of each panel in each. */
export const FORMATS = ['svg', 'png'] as const;

export interface Prints {
  /** A page that defines `window.render(i, format)`, the i-th panel as a data URL, and what must lie beside it. */
  html: string;
  /** Where the page can find that; it is there as long as it is printed from. */
  beside: string;
  /** The panels' names: each becomes NAME.svg and NAME.png. */
  names: readonly string[];
  folder: string;
}

/** Draws the panels of a page as pictures, and writes them. */
export async function printPanels(browser: Browser, { html, beside, names, folder }: Prints): Promise<void> {
  const file = join(beside, `.print-${process.pid}.html`);
  try {
    writeWhole(file, [html]);
    const page = await browser.open(file);
    for (const [i, name] of names.entries())
      for (const format of FORMATS) {
        const url = await page.evaluate(`window.render(${i}, ${JSON.stringify(format)})`);
        writeBytesWhole(join(folder, `${name}.${format}`), bytesOf(url, name));
      }
    await page.close();
  } finally {
    rmSync(file, { force: true });
  }
}

/** What a data URL holds, in base64 or in percent signs. */
function bytesOf(url: unknown, name: string): Buffer {
  const [, base64, data] = /^data:[^,]*?(;base64)?,(.*)$/s.exec(String(url)) ?? [];
  if (!data) throw new AlignodeError('not-available', `Chromium drew nothing for ${name}`);
  return base64 ? Buffer.from(data, 'base64') : Buffer.from(decodeURIComponent(data), 'utf8');
}
