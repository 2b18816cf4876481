import { realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';

/**
 * The names in the path of a request, decoded; the last is empty where a folder is meant. Undefined if it is not a
 * path, or not one that the pages link to: with a step up, with a separator or a NUL hidden in a name, or with bad
 * percent-encoding.
 */
export function namesIn(target: string): string[] | undefined {
  if (!target.startsWith('/')) return undefined;
  try {
    const names = target
      .slice(1)
      .replace(/[?#].*$/s, '')
      .split('/')
      .map(decodeURIComponent);
    return names.every((name, i) => isName(name, i === names.length - 1)) ? names : undefined;
  } catch {
    return undefined;
  }
}

/** The colon is for Windows, where it names drives and hidden parts of files. */
const isName = (name: string, last: boolean): boolean =>
  (name !== '' || last) && name !== '.' && name !== '..' && !/[/\\:\0]/.test(name);

/**
 * Where names lead from a folder, with all links followed; undefined if nothing is there, or if it is outside the
 * folder.
 */
export async function placeIn(folder: string, names: readonly string[]): Promise<string | undefined> {
  try {
    const home = await realpath(folder);
    const place = await realpath(join(home, ...names));
    return place === home || place.startsWith(home + sep) ? place : undefined;
  } catch {
    return undefined;
  }
}
