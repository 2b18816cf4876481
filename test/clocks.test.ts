import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const src = join(import.meta.dirname, '../src');

/** The clock of the day may be set back, and what is measured with it be negative. Here it gives a date that is shown. */
const DATES = ['cli/reproduce.ts'];

test('durations are taken from a clock that nobody sets: the clock of the day gives dates alone', () => {
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  const using = files.filter((name) =>
    /\bDate\.now\b|\bnew Date\b|\bDate\(\)|timeOrigin/.test(readFileSync(join(src, name), 'utf8')),
  );
  expect(using).toEqual(DATES);
});
