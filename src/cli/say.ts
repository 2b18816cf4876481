import type { World } from './command.ts';

/** Characters that a terminal obeys, or that turn the order of others about. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** A text in which they are written as JSON would: a problem or a file's name may contain any. */
export const printable = (text: string): string =>
  text.replace(UNSEEN, (found) =>
    [...Array(found.length).keys()]
      .map((i) => `\\u${found.charCodeAt(i).toString(16).padStart(4, '0')}`)
      .join(''),
  );

/** Writes a line about the work to standard error. */
export function say({ stderr }: Pick<World, 'stderr'>, line: string): void {
  stderr.write(`alignode: ${printable(line)}\n`);
}
