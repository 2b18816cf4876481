import { escaped } from '../../src/draw/index.ts';
import { relative } from './paths.ts';
import type { Contents, Page } from './types.ts';

/** A section of the contents as it stands in the sidebar. */
export interface Group {
  title: string;
  items: readonly Item[];
}

export interface Item {
  title: string;
  path: string;
  /** Shown while one of them is read. */
  parts?: readonly Group[];
}

export interface Neighbours {
  previous?: Item | undefined;
  next?: Item | undefined;
}

export function groupsOf(
  { sections }: Contents,
  pages: ReadonlyMap<string, Page>,
  api: readonly Group[] | undefined,
): Group[] {
  const groups: Group[] = sections.map(({ title, pages: sources }) => ({
    title,
    items: sources.map((source) => pages.get(source)!),
  }));
  if (api) groups.push({ title: 'API', items: [{ title: 'The API', path: 'api/index.html', parts: api }] });
  return groups;
}

/** The pages before and after, in the order of the contents. */
export function neighboursOf(groups: readonly Group[], path: string): Neighbours {
  const order = groups.flatMap(({ items }) => items);
  const at = order.findIndex((page) => page.path === path);
  return at < 0 ? {} : { previous: order[at - 1], next: order[at + 1] };
}

export const contentsHtml = (groups: readonly Group[], current: string): string =>
  groups.map((group) => groupHtml(group, current)).join('\n');

const groupHtml = ({ title, items }: Group, current: string): string =>
  `<p>${escaped(title)}</p>\n<ul>\n${items.map((item) => itemHtml(item, current)).join('\n')}\n</ul>`;

function itemHtml({ title, path, parts = [] }: Item, current: string): string {
  const link = `<a href="${escaped(relative(current, path))}"${path === current ? ' aria-current="page"' : ''}>${escaped(title)}</a>`;
  const within = path === current || parts.some(({ items }) => items.some((item) => item.path === current));
  return `<li>${link}${within && parts.length > 0 ? `<div class="parts">${contentsHtml(parts, current)}</div>` : ''}</li>`;
}
