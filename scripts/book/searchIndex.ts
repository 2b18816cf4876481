import MiniSearch from 'minisearch';
import type { Contents, Page } from './types.ts';

/** What the search finds: a passage, and where it stands. The page's script knows these names too. */
interface Entry {
  id: number;
  title: string;
  page: string;
  text: string;
  path: string;
}

/** A script that hands the search its index; loaded when somebody first searches. */
export function searchIndex(pages: readonly Page[], contents: Contents): string {
  const listed = new Set(contents.sections.flatMap((section) => section.pages));
  const index = new MiniSearch<Entry>({
    fields: ['title', 'page', 'text'],
    storeFields: ['title', 'page', 'text', 'path'],
    tokenize: (text) => text.split(SEPARATORS).flatMap(withParts),
  });
  const entries = pages.flatMap((page) =>
    page.passages.map(({ id, title, text }) => ({
      title: title || page.title,
      page: page.path.startsWith('api/') ? 'API' : listed.has(page.source) ? page.title : 'File',
      text,
      path: id ? `${page.path}#${id}` : page.path,
    })),
  );
  index.addAll(entries.map((entry, id) => ({ id, ...entry })));
  return `window.bookIndex = ${JSON.stringify(index)};\n`;
}

const SEPARATORS = /[^\p{L}\p{N}\p{M}]+/u;

/** learnProbability is found by either of its words too. */
const withParts = (word: string): string[] => {
  const parts = word.split(/(?<=\p{Ll})(?=\p{Lu})/u);
  return parts.length > 1 ? [word, ...parts] : [word];
};
