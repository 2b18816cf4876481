import { once } from 'node:events';
import { show } from '../support/error.ts';
import { meaning } from '../support/nearest.ts';
import { refuse } from '../support/options.ts';
import type { Values, World } from './command.ts';
import { checkWritable, gathered, writeResult } from './files.ts';
import type { Flag } from './flags.ts';

const FORMATS = ['csv', 'json'] as const;
export type Format = (typeof FORMATS)[number];

/** Where a command's result goes, and in which format. */
export interface Output {
  format: Format;
  /** For messages: "in curve.csv". */
  place: string;
  /** A file is written whole or not at all. */
  write(pieces: Iterable<string>, stop: AbortSignal): Promise<void>;
}

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
];

/** What --format and --out ask for; a file that could not be written is refused before any work is done. */
export function chooseOutput({ format, out = '-' }: Values, { stdout }: World): Output {
  const path = out as string;
  const chosen = format ?? (path.toLowerCase().endsWith('.json') ? 'json' : 'csv');
  if (!FORMATS.includes(chosen as Format))
    refuse('--format', `found ${show(chosen)}; use csv or json${meaning(String(chosen), FORMATS)}`);
  if (path !== '-') checkWritable(path);
  return {
    format: chosen as Format,
    place: path === '-' ? 'on standard output' : `in ${path}`,
    write: async (pieces, stop) => {
      if (path !== '-') await writeResult(path, pieces, stop);
      else for (const text of gathered(pieces)) if (!stdout.write(text)) await once(stdout, 'drain');
    },
  };
}
