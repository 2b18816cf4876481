import MiniSearch from 'minisearch';
import { pageOf } from './paths.ts';
import type { Contents, Page } from './types.ts';

/** A search result: a passage, and where it stands. The page's script uses the same names. */
interface Entry {
  id: number;
  title: string;
  page: string;
  text: string;
  code: string;
  path: string;
  /**
   * 0 for the guide, 1 for the API, 2 for files, 3 for those of tests and benches: the order in which hits are shown.
   */
  rank: number;
  /** Queries for which this entry comes first. */
  asked: readonly string[];
}

/** A script that hands the search its index; loaded at the first search. */
export function searchIndex(pages: readonly Page[], contents: Contents): string {
  const listed = new Set(contents.sections.flatMap((section) => section.pages));
  const index = new MiniSearch<Entry>({
    ...FIELDS,
    tokenize: (text) => String(text).split(SEPARATORS).flatMap(withParts),
  });
  const entries = pages.flatMap((page) =>
    page.passages.map(({ id, title, text, code = '' }) => ({
      title: title || page.title,
      page: page.path.startsWith('api/') ? 'API' : listed.has(page.source) ? page.title : 'File',
      text,
      code,
      path: id ? `${page.path}#${id}` : page.path,
      rank: rankOf(page, listed),
    })),
  );
  const asked = Object.entries(contents.asked ?? {}).map(([words, place]) => {
    const [source, anchor] = place.split('#');
    const path = anchor ? `${pageOf(source)}#${anchor}` : pageOf(source);
    // A page is found by its title, which is its first heading.
    const entry = entries.findIndex(
      (one) => one.path === path || (!anchor && one.path.startsWith(`${path}#`)),
    );
    if (entry < 0) throw new Error(`The search: "${words}" leads to ${place}, which the book does not have`);
    return { words, entry };
  });
  index.addAll(
    entries.map((entry, id) => ({
      id,
      ...entry,
      asked: asked.filter((one) => one.entry === id).map(({ words }) => words),
    })),
  );
  return `window.bookIndex = ${JSON.stringify(index)};\n`;
}

/** The page's script uses them too. */
const FIELDS = {
  fields: ['title', 'page', 'text', 'code', 'asked'],
  storeFields: ['title', 'page', 'text', 'code', 'path', 'rank', 'asked'],
};

const rankOf = ({ path, source }: Page, listed: ReadonlySet<string>): number =>
  path.startsWith('api/') ? 1 : listed.has(source) ? 0 : /^(test|bench)\//.test(source) ? 3 : 2;

const SEPARATORS = /[^\p{L}\p{N}\p{M}]+/u;

/** learnProbability is found by either of its words too. */
const withParts = (word: string): string[] => {
  const parts = word.split(/(?<=\p{Ll})(?=\p{Lu})/u);
  return parts.length > 1 ? [word, ...parts] : [word];
};
