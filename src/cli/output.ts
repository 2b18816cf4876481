import { once } from 'node:events';
import { basename } from 'node:path';
import { withoutHead } from '../report/tables/index.ts';
import { show } from '../support/error.ts';
import { meaning } from '../support/nearest.ts';
import { refuse } from '../support/options.ts';
import type { Values, World } from './command.ts';
import { checkWritable, gathered, isSpecial, writeResult } from './files.ts';
import type { Flag } from './flags.ts';

const FORMATS = ['csv', 'json'] as const;
export type Format = (typeof FORMATS)[number];

/** Where a command's result goes, and in which format. */
export interface Output {
  format: Format;
  /** For messages: "in curve.csv". */
  place: string;
  /** The file it goes to, if that is one that is kept. */
  file?: string;
  /** A file is written whole or not at all. */
  write(pieces: Iterable<string>, stop: AbortSignal): Promise<void>;
}

const HEADERS = ['comments', 'none'] as const;

export const headerFlag: Flag = {
  flag: 'header',
  key: 'header',
  value: 'KIND',
  help:
    'comments (if not given): CSV begins with lines with # that say how it was made; none: it begins with the names of its ' +
    'columns, and with --out FILE the rest is in FILE.json',
};

/** The options of every command with a result. */
export const outputFlags: readonly Flag[] = [
  {
    flag: 'format',
    key: 'format',
    value: 'csv|json',
    help: 'csv if not given, or json where --out ends in .json',
  },
  {
    flag: 'out',
    key: 'out',
    value: 'FILE|-',
    help: 'where the result goes, in place of what is there; "-", standard output, if not given',
  },
  headerFlag,
];

/** Whether CSV is to begin with its `#` lines. */
export function readHeader({ header = 'comments' }: Values): boolean {
  if (!HEADERS.includes(header as (typeof HEADERS)[number]))
    refuse('--header', `found ${show(header)}; use comments or none`);
  return header === 'comments';
}

/** What the options ask for; a file that could not be written is refused before any work is done. */
export function chooseOutput(values: Values, { stdout }: World): Output {
  const { format, out = '-' } = values;
  const path = out as string;
  const ending = endingOf(path);
  if (format === undefined && ending !== undefined && !FORMATS.includes(ending as Format))
    refuse(
      '--out',
      `found ${show(path)}; CSV and JSON are written: use a name that ends in .csv or .json, or say with --format which of the two`,
    );
  const chosen = format ?? (ending === 'json' ? 'json' : 'csv');
  if (!FORMATS.includes(chosen as Format))
    refuse('--format', `found ${show(chosen)}; use csv or json${meaning(String(chosen), FORMATS)}`);
  const headed = readHeader(values);
  if (!headed && chosen === 'json') refuse('--header', 'found "none"; only CSV has a header to leave out');
  const beside = `${path}.json`;
  if (path !== '-') {
    checkWritable(path);
    if (!headed) checkWritable(beside);
  }
  const put = async (pieces: Iterable<string>, stop: AbortSignal): Promise<void> => {
    if (path !== '-') await writeResult(path, pieces, stop);
    else for (const text of gathered(pieces)) if (!stdout.write(text)) await once(stdout, 'drain');
  };
  return {
    format: chosen as Format,
    place: path === '-' ? 'on standard output' : `in ${path}`,
    ...(path !== '-' && !isSpecial(path) && { file: path }),
    write: async (pieces, stop) => {
      if (headed) return put(pieces, stop);
      const { manifest, body } = withoutHead(pieces);
      await put(body, stop);
      if (path !== '-') await writeResult(beside, [`${JSON.stringify(manifest)}\n`], stop);
    },
  };
}

/** "json" of "curve.JSON"; undefined where what follows the last dot is a number, as in "eta-0.1", or nothing does. */
export const endingOf = (path: string): string | undefined =>
  /[^.]\.([a-z][a-z0-9]*)$/i.exec(basename(path))?.[1].toLowerCase();
