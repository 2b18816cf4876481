import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { outputFault } from './files.ts';
import { packageFolder } from './packageFolder.ts';
import { FIRST_PAGE, isBuilt } from './site.ts';

/** Where `npm run docs` puts the book; the packed package has it too. */
export const BOOK = join(packageFolder, 'book');

/**
 * Copies a built book into a folder, so that the folder can be moved with it; other files there stay. Returns the path
 * of the book's first page from the folder, or null where no book was built or copying failed; `say` gets the reason of
 * a failure.
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
