import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { AlignodeError } from '../support/error.ts';
import { checkWritable } from './files.ts';

/** Refuses, before any work is done, a report that could not be written, or not beside the result. */
export function checkReport(html: string, out: string | undefined): void {
  if (html === '-' || html === '' || html === out)
    throw new AlignodeError(
      'invalid-option',
      `--html: found "${html}"; name a file of its own for the report`,
      {
        path: '--html',
      },
    );
  checkWritable(html);
}

/** What draws in reports: the library that pages hold, or have beside them. */
export const plotlySource = (): string =>
  readFileSync(createRequire(import.meta.url).resolve('plotly.js-dist-min/plotly.min.js'), 'utf8');
