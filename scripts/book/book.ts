import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readApi } from './api.ts';
import { writeAssets } from './assets.ts';
import { layout } from './layout.ts';
import { groupsOf, neighboursOf } from './navigation.ts';
import { leftOut, readPages } from './pages.ts';
import { type Kind, replaced } from './replaced.ts';
import { searchIndex } from './searchIndex.ts';
import type { Contents } from './types.ts';

export interface BookOptions {
  /** The repository. */
  root: string;
  /** The book's folder. Its content is replaced as a whole, or not at all. */
  out: string;
  contents: Contents;
  /** The relative path from the book's folder to the explore page, if that lies beside the book. */
  explore?: string;
}

const BOOK: Kind = { name: 'book', mark: 'assets/search-index.js' };

export interface Built {
  pages: number;
  /** Notebooks that the contents do not name. */
  leftOut: readonly string[];
}

/**
 * Makes the book: every page of the contents, every file that a page links to, the API, and what they need, so that the
 * folder can be read from a disk and moved anywhere. Throws one error that names every fault in the sources.
 */
export const buildBook = ({ root, out, contents, explore }: BookOptions): Promise<Built> =>
  replaced(out, BOOK, async (folder) => {
    const faults: string[] = [];
    const fault = (sentence: string) => void faults.push(sentence);
    const write = (path: string, bytes: string | Uint8Array) => {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), bytes);
    };

    const pages = readPages({ root, contents, write, fault });
    const api = contents.api ? await readApi(join(root, contents.api), fault) : undefined;
    if (faults.length > 0)
      throw new Error(`The book was not made:\n${faults.map((one) => `  ${one}`).join('\n')}`);

    const all = [...pages.values(), ...(api?.pages ?? [])];
    const groups = groupsOf(contents, pages, api?.groups);
    for (const page of all) write(page.path, layout(page, groups, neighboursOf(groups, page.path), explore));
    write('assets/search-index.js', searchIndex(all, contents));
    writeAssets(write);
    return { pages: all.length, leftOut: leftOut(root, contents) };
  });
