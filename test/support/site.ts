import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join, posix } from 'node:path';
import { afterAll } from 'vitest';

/** A folder that lives as long as the tests of a file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'alignode-book-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Every file of a site, by its path in it. */
export const filesOf = (site: string): string[] =>
  readdirSync(site, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => posix.relative(site, posix.join(entry.parentPath, entry.name)))
    .sort();

const decoded = (text: string): string =>
  text
    .replace(/&quot;/g, '"')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');

const attributes = (html: string, names: string): string[] =>
  [...html.matchAll(/<[a-z][^>]*>/g)].flatMap(([tag]) =>
    [...tag.matchAll(new RegExp(`\\s(?:${names})="([^"]*)"`, 'g'))].map(([, value]) => decoded(value)),
  );

/** Words of links that a bracket ends, as when a formula takes the bracket that ends the link's text. */
export const bracketed = (html: string): string[] =>
  [...html.matchAll(/<a [^>]*>([\s\S]*?)<\/a>/g)]
    .map(([, words]) => words.replace(/<[^>]*>/g, ''))
    .filter((words) => words.endsWith(']') && !words.includes('['));

/** Links, sources and anchors of a site that lead nowhere, and identifiers that stand twice in a page. */
export function faultsOf(site: string): string[] {
  const files = new Set(filesOf(site));
  const pages = [...files].filter((path) => path.endsWith('.html'));
  const html = new Map(pages.map((path) => [path, readFileSync(join(site, path), 'utf8')]));
  const ids = new Map(pages.map((path) => [path, attributes(html.get(path)!, 'id')]));
  return pages.flatMap((page) => [
    ...ids
      .get(page)!
      .filter((id, i, all) => all.indexOf(id) !== i)
      .map((id) => `${page}: the identifier ${id} twice`),
    ...attributes(html.get(page)!, 'href|src|data-file').flatMap((link) => {
      if (/^(https?|mailto|data):/.test(link)) return [];
      const [path, anchor] = link.split('#');
      const to = path === '' ? page : posix.join(posix.dirname(page), decodeURI(path));
      if (!files.has(to)) return [`${page}: ${link} leads to no file`];
      return anchor === undefined || ids.get(to)?.includes(decodeURIComponent(anchor))
        ? []
        : [`${page}: ${link} leads to no anchor`];
    }),
  ]);
}

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** A web server that has the site in a folder, and nothing else. */
export async function served(site: string): Promise<{ url: string; close(): void }> {
  const files = new Set(filesOf(site));
  const server = createServer(({ url = '' }, response) => {
    const path = decodeURI(new URL(url, 'http://x').pathname).replace('/some/folder/', '');
    if (!files.has(path)) return void response.writeHead(404).end();
    response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'text/plain' });
    response.end(readFileSync(join(site, path)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/some/folder/`,
    close: () => server.close(),
  };
}
