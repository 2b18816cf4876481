import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { refuse } from '../support/options.ts';
import { checkWritable } from './files.ts';
import type { Flag } from './flags.ts';

export const reportFlag: Flag = {
  flag: 'html',
  key: 'html',
  value: 'FILE',
  help: 'a report with its figures, one file that needs no network',
};

/** Refuses, before any work is done, a report that could not be written, or not beside the result. */
export function checkReport(html: string, out: string | undefined): void {
  if (html === '-' || html === '' || html === out)
    refuse('--html', `found "${html}"; name a file of its own for the report`);
  checkWritable(html);
}

/** What draws in reports: the library that pages hold, or have beside them. */
export const plotlySource = (): string =>
  readFileSync(createRequire(import.meta.url).resolve('plotly.js-dist-min/plotly.min.js'), 'utf8');
