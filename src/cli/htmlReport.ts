import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { refuse } from '../support/options.ts';
import { checkWritable } from './files.ts';
import type { Flag } from './flags.ts';
import { endingOf } from './output.ts';

export const reportFlag: Flag = {
  flag: 'html',
  key: 'html',
  value: 'FILE',
  help: 'a report with its figures, one file that needs no network',
};

/** Throws, before any work is done, if the report could not be written, or has the place of the result. */
export function checkReport(html: string, out: string | undefined): void {
  if (html === '-' || html === '' || html === out)
    refuse('--html', `found "${html}"; name a file of its own for the report`);
  const ending = endingOf(html);
  if (ending !== undefined && !['html', 'htm'].includes(ending))
    refuse('--html', `found "${html}"; the report is HTML: use a name that ends in .html`);
  checkWritable(html);
}

/** The library that draws in reports: pages contain it, or have it beside them. */
export const plotlySource = (): string =>
  readFileSync(createRequire(import.meta.url).resolve('plotly.js-dist-min/plotly.min.js'), 'utf8');
