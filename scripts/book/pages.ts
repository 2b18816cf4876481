import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type DeskOptions, deskOf, type Promised } from './desk.ts';
import { pageFrom } from './page.ts';
import { pageOf } from './paths.ts';
import type { Contents, Page } from './types.ts';

export interface ReadOptions extends Pick<DeskOptions, 'root' | 'write' | 'fault'> {
  contents: Contents;
}

/** The pages of the contents and, as links lead there, of other files of the repository, by their paths there. */
export function readPages({ contents, ...options }: ReadOptions): Map<string, Page> {
  const { root, fault } = options;
  const listed = contents.sections.flatMap((section) => section.pages);
  for (const source of unlisted(root, 'docs', '.md', listed))
    fault(`${source} is not in the contents of the book`);

  const pages = new Map<string, Page>();
  const wanted = new Set(listed);
  const promised: Promised[] = [];
  const open = {
    ...options,
    want: (to: string) => wanted.add(to),
    promise: (one: Promised) => promised.push(one),
  };
  // Iterating over a set also visits what is added on the way.
  for (const source of wanted) {
    const file = join(root, source);
    if (!existsSync(file)) fault(`${source} is in the contents of the book and does not exist`);
    else pages.set(source, pageFrom(source, pageOf(source), contentOf(file), deskOf(source, open)));
  }
  for (const { source, href, to, anchor } of promised)
    if (!pages.get(to)?.headings.some(({ id }) => id === anchor))
      fault(`${source}: the link ${href} leads to no heading of ${to}`);
  return pages;
}

/** Of a folder, the names in it. */
const contentOf = (path: string): string | string[] =>
  statSync(path).isDirectory()
    ? readdirSync(path, { withFileTypes: true }).map((entry) => entry.name + (entry.isDirectory() ? '/' : ''))
    : readFileSync(path, 'utf8');

/** Notebooks that the contents do not name: the reader's own. */
export const leftOut = (root: string, { sections }: Contents): string[] =>
  unlisted(
    root,
    'notebooks',
    '.ipynb',
    sections.flatMap(({ pages }) => pages),
  );

const unlisted = (root: string, folder: string, ending: string, listed: readonly string[]): string[] =>
  existsSync(join(root, folder))
    ? readdirSync(join(root, folder))
        .filter((name) => name.endsWith(ending))
        .map((name) => `${folder}/${name}`)
        .filter((source) => !listed.includes(source))
    : [];
