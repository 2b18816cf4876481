import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Folders in which sets of data may be that are no part of the project. */
const FOLDERS = [process.env.ALIGNODE_DATA, join(import.meta.dirname, '../../../shared/data')];

/**
 * The folder that has a file, and, where there is none, why tests of it are skipped. Such data is no tool that a machine
 * could be made to have, so a clean machine skips them too.
 */
export function sharedData(file: string): { folder: string; missing: string | undefined } {
  const folder = FOLDERS.find((one) => one !== undefined && existsSync(join(one, file)));
  const missing = `needs ${file} in the folder that ALIGNODE_DATA names, or in ../shared/data`;
  return folder === undefined ? { folder: '', missing } : { folder, missing: undefined };
}

/** The name of tests of a set, with what they lack. */
export const named = (set: string, missing: string | undefined): string =>
  missing === undefined ? set : `${set}: skipped, ${missing}`;
