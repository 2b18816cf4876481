import { AlignodeError } from '../support/error.ts';
import type { Options, Values } from './command.ts';

/** An option of the command line, what the function behind the command calls it, and how it is read. */
export interface Flag {
  flag: string;
  key: string;
  /** Absent for a flag that is given or not. What it may hold is checked by the function behind the command. */
  read?: (text: string) => unknown;
}

/** A number where the text is one; otherwise the text, for the check to show. */
export const number = (text: string): unknown =>
  text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
export const word = (text: string): unknown => text;
export const list = (text: string): unknown => text.split(',').map((part) => part.trim());

/** For parseArgs. */
export const optionsOf = (flags: readonly Flag[]): Options =>
  Object.fromEntries(flags.map(({ flag, read }) => [flag, { type: read ? 'string' : 'boolean' }]));

export function readFlags(flags: readonly Flag[], values: Values): Record<string, unknown> {
  const options: Record<string, unknown> = {};
  for (const { flag, key, read } of flags)
    if (values[flag] !== undefined) options[key] = read ? read(values[flag] as string) : values[flag];
  return options;
}

/** An error about an option, in the words of the command line; any other error as it is. */
export function named(flags: readonly Flag[], error: unknown): unknown {
  if (!(error instanceof AlignodeError) || error.code !== 'invalid-option') return error;
  const found = flags.find(({ key }) => key === error.path);
  if (!found) return error;
  const path = `--${found.flag}`;
  return new AlignodeError(error.code, error.message.replace(found.key, path), { path });
}
