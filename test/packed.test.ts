import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const { files, scripts } = JSON.parse(read('package.json')) as {
  files: string[];
  scripts: Record<string, string>;
};

const isPacked = (path: string): boolean =>
  ['README.md', 'LICENSE', 'package.json'].includes(path) ||
  files.some((file) => path === file || path.startsWith(`${file}/`));
const pages = [
  'README.md',
  ...readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.md') && !/(^|\/)(node_modules|build|dist|book)\//.test(path))
    .filter((path) => path !== 'README.md' && isPacked(path)),
];

test.each(pages)('%s leads only to files that are packed', (page) => {
  // What stands in code is no link.
  const text = read(page)
    .replace(/^```[\s\S]*?^```$/gm, '')
    .replace(/`[^`\n]*`/g, '');
  const links = [...text.matchAll(/\]\(([^)\s]*)\)/g)].map(([, link]) => link.replace(/#.*$/, ''));
  const inside = links.filter((link) => link !== '' && !/^[a-z]+:/.test(link));
  const leadsNowhere = inside
    .map((link) => posix.join(posix.dirname(page), link).replace(/\/$/, ''))
    .filter((path) => !isPacked(path) || !existsSync(join(root, path)));
  expect(leadsNowhere).toEqual([]);
});

test('these are the pages of the documentation, with links in them', () => {
  expect(pages).toEqual(expect.arrayContaining(['docs/tests.md', 'CONTRIBUTING.md', 'CHANGELOG.md']));
  expect(read('README.md').match(/\]\(/g)!.length).toBeGreaterThan(20);
});

test('an installation runs no script of the package, and npm has none to warn of', () => {
  // npm counts "prepare" where a package is no registry's. "dependencies" runs in a clone alone.
  const run = ['preinstall', 'install', 'postinstall', 'prepublish', 'preprepare', 'prepare', 'postprepare'];
  expect(run.filter((name) => name in scripts)).toEqual([]);
});
