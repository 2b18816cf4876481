import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const { files, scripts } = JSON.parse(read('package.json')) as {
  files: string[];
  scripts: Record<string, string>;
};

test('the README leads only to files that are packed', () => {
  const links = [...read('README.md').matchAll(/\]\(([^)#]+)[^)]*\)/g)].map(([, link]) => link);
  expect(links.length).toBeGreaterThan(20);
  for (const link of links) {
    const packed = files.some((file) => link === file || link.startsWith(`${file}/`));
    expect([link, packed, existsSync(join(root, link))]).toEqual([link, true, true]);
  }
});

test('an installation runs no script of the package, and npm has none to warn of', () => {
  // npm counts "prepare" where a package is no registry's. "dependencies" runs in a clone alone.
  const run = ['preinstall', 'install', 'postinstall', 'prepublish', 'preprepare', 'prepare', 'postprepare'];
  expect(run.filter((name) => name in scripts)).toEqual([]);
});
