import type { Token } from 'markdown-it';
import { type Mark, plainText } from './headings.ts';
import type { Passage } from './types.ts';

/** The words of a page under each of its headings. Of formulas the short ones: Q_kl is a word, TeX is not. */
export function passages(tokens: readonly Token[]): Passage[] {
  const found = [{ id: '', title: '', words: [] as string[] }];
  for (const [i, token] of tokens.entries()) {
    if (token.type === 'heading_open') {
      const { id, text } = token.meta as unknown as Mark;
      found.push({ id, title: text, words: [] });
    } else if (token.type === 'fence') found.at(-1)!.words.push(token.content);
    else if (token.type === 'inline' && tokens[i - 1].type !== 'heading_open')
      found.at(-1)!.words.push(plainText(token, readable));
  }
  return found
    .map(({ words, ...rest }) => ({ ...rest, text: words.join(' ').replace(/\s+/g, ' ').trim() }))
    .filter(({ title, text }) => title || text);
}

const readable = (tex: string): string => (tex.includes('\\') ? '…' : tex.replace(/[{}]/g, ''));
