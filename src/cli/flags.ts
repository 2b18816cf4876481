import { AlignodeError } from '../support/error.ts';
import type { Options, Values } from './command.ts';

/** An option of the command line: how it is read, and what --help says of it. */
export interface Flag {
  flag: string;
  /** Its name as an option of the function behind the command, whose own table says what it may hold. */
  key: string;
  /** What its value is called; absent for a flag that is given or not. */
  value?: string;
  /** How its value is read; as it stands if absent. */
  read?: (text: string) => unknown;
  /** Absent for one that is read only to be refused with a reason. */
  help?: string | undefined;
}

/** A number where the text is one; otherwise the text, for the check to show. */
export const number = (text: string): unknown =>
  text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
export const list = (text: string): unknown => text.split(',').map((part) => part.trim());

/** Flags with another help or reading, by their names. */
export const changed = (
  flags: readonly Flag[],
  changes: Readonly<Record<string, Partial<Flag>>>,
): readonly Flag[] => flags.map((one) => ({ ...one, ...changes[one.flag] }));

/** For parseArgs. */
export const optionsOf = (flags: readonly Flag[]): Options =>
  Object.fromEntries(
    flags.map(({ flag, value }) => [flag, { type: value === undefined ? 'boolean' : 'string' }]),
  );

/** The options that were given, under the names of the function behind the command. */
export function readFlags(flags: readonly Flag[], values: Values): Record<string, unknown> {
  const options: Record<string, unknown> = {};
  for (const { flag, key, read } of flags) {
    const found = values[flag];
    if (found !== undefined) options[key] = read ? read(found as string) : found;
  }
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
