import type { MarkdownIt } from 'markdown-it';
import { escaped } from '../../src/draw/index.ts';
import { of } from './environment.ts';

/**
 * Resolves links and pictures through the book, which knows where every file lies. A picture alone in its paragraph is
 * a figure.
 */
export function links(md: MarkdownIt): void {
  md.renderer.rules.link_open = (tokens, i, _, env) =>
    `<a href="${escaped(of(env).desk.link(decodeURI(String(tokens[i].attrGet('href') ?? ''))))}">`;
  md.renderer.rules.image = (tokens, i, _, env) => {
    const { desk } = of(env);
    const src = String(tokens[i].attrGet('src') ?? '');
    if (tokens[i].content === '') desk.fault(`the picture ${src} has no words for those who cannot see it`);
    return `<img src="${escaped(desk.picture(decodeURI(src)))}" alt="${escaped(tokens[i].content)}">`;
  };
  md.core.ruler.push('figures', ({ tokens }) => {
    for (const [i, { type, children }] of tokens.entries()) {
      if (type !== 'inline' || children?.length !== 1 || children[0].type !== 'image') continue;
      if (tokens[i - 1].type !== 'paragraph_open') continue;
      tokens[i - 1].tag = tokens[i + 1].tag = 'figure';
      tokens[i - 1].hidden = tokens[i + 1].hidden = false;
    }
  });
}
