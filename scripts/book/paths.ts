import { posix } from 'node:path';

/**
 * Where the book shows a file of the repository: pages and notebooks under their own names, any other file under
 * files/.
 */
export function pageOf(source: string): string {
  const own = /^docs\/([^/]+)\.md$/.exec(source) ?? /^(notebooks\/[^/]+)\.ipynb$/.exec(source);
  return own ? `${own[1]}.html` : `files/${source}.html`;
}

/** Where the book keeps a copy of a file of the repository. */
export const copyOf = (source: string): string =>
  source.startsWith('docs/') ? source.slice('docs/'.length) : `files/${source}`;

/** From a page of the book to another file of it. */
export const relative = (from: string, to: string): string => posix.relative(posix.dirname(from), to);

/** The way from a page up to the book's folder: '' or '../' and so on. */
export const up = (path: string): string => '../'.repeat(path.split('/').length - 1);

/** The file of the repository that a link in another one means, and the anchor there. */
export function linked(from: string, href: string): { source: string; anchor: string } {
  const [path, anchor = ''] = href.split('#');
  return { source: path === '' ? from : posix.join(posix.dirname(from), path).replace(/\/$/, ''), anchor };
}
