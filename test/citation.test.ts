import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { version } from '../src/support/version.ts';

const read = (file: string): string => readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');

test('the citation is that of this version, in its file and in the book', () => {
  expect(/^version: (.*)$/m.exec(read('CITATION.cff'))?.[1]).toBe(version);
  expect(/^ {2}version = \{(.*)\},$/m.exec(read('docs/cite.md'))?.[1]).toBe(version);
});

test('the book and its file name the same papers', () => {
  const names = [...read('CITATION.cff').matchAll(/family-names: (.*)/g)].map(([, name]) => name);
  expect(names).toEqual(['Refinetti', "d'Ascoli", 'Ohana', 'Goldt', 'Saad', 'Solla', 'Biehl', 'Schwarze']);
  for (const name of names) expect(read('docs/cite.md')).toContain(name);
});
