import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import MarkdownIt from 'markdown-it';
import { expect, it } from 'vitest';
import { environment, given } from '../../scripts/book/environment.ts';
import { math } from '../../scripts/book/math.ts';
import type { Desk } from '../../scripts/book/types.ts';

/* The whole book is built in site.slow.test.ts; here, what stops it most often. */

const docs = join(import.meta.dirname, '../../docs');
const md = new MarkdownIt().use(math);

function faultsOf(text: string): string[] {
  const faults: string[] = [];
  const desk = { fault: (sentence: string) => faults.push(sentence) } as unknown as Desk;
  md.render(text, given(environment(desk)));
  return faults;
}

it.each(readdirSync(docs).filter((name) => name.endsWith('.md')))(
  'every formula of docs/%s can be set',
  (name) => {
    expect(faultsOf(readFileSync(join(docs, name), 'utf8'))).toEqual([]);
  },
);

it('a dollar that touches a word is no formula', () => {
  expect(faultsOf('$t = \\eta\\cdot$steps')).not.toEqual([]);
});
