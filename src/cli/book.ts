import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { outputFault } from './files.ts';
import { packageFolder } from './packageFolder.ts';
import { FIRST_PAGE, isBuilt } from './site.ts';

/** Where `npm run docs` puts the book; the packed package has it too. */
export const BOOK = join(packageFolder, 'book');

/**
 * Puts a copy of a built book into a folder, so that the folder can be moved with it; whatever else is there stays. Gives its
 * first page as seen from the folder, or null where no book was built, or where it found no room: then `say` gets the reason.
 */
export function copyBook(book: string, folder: string, say: (line: string) => void): string | null {
  if (!isBuilt(book)) return null;
  const place = join(folder, 'book');
  try {
    cpSync(book, place, { recursive: true });
    return `book/${FIRST_PAGE}`;
  } catch (error) {
    say(`no book beside the figures: ${place}: ${outputFault(error as NodeJS.ErrnoException)}`);
    return null;
  }
}
