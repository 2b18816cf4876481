import { join } from 'node:path';
import { type BookOptions, type Built, buildBook } from '../book/book.ts';
import { type Kind, replaced } from '../book/replaced.ts';

const SITE: Kind = { name: 'site', mark: 'book/assets/search-index.js' };

export interface SiteOptions extends Pick<BookOptions, 'root' | 'out' | 'contents'> {
  /** Puts the explore page into a folder; its links to the book begin with `book/`. */
  buildPage(folder: string): Promise<void>;
}

/** Makes the explore page with the book in a folder below it: plain files for any web server, at any place of it. */
export const buildSite = ({ root, out, contents, buildPage }: SiteOptions): Promise<Built> =>
  replaced(out, SITE, async (folder) => {
    // The page first: what builds it may empty the folder.
    await buildPage(folder);
    return buildBook({ root, out: join(folder, 'book'), contents, explore: '../index.html' });
  });
