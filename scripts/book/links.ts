import type { MarkdownIt, RendererRule, Token } from 'markdown-it';
import { escaped } from '../../src/draw/index.ts';
import { of } from './environment.ts';

/** A path of the repository. */
const NAMED = /^(src|test|scripts|bench|kernel|types)(\/[\w-][\w.-]*)+$/;

/**
 * Resolves links and pictures through the book, which knows where every file lies. A picture alone in its paragraph is
 * a figure. A file that is named in code, as `src/index.ts`, is a link to it: pages are packed, and most of the files
 * they name are not, so that only the book can lead there.
 */
export function links(md: MarkdownIt): void {
  md.renderer.rules.link_open = (tokens, i, _, env) =>
    `<a href="${escaped(of(env).desk.link(decodeURI(String(tokens[i].attrGet('href') ?? ''))))}">`;
  const plain = md.renderer.rules.code_inline as RendererRule;
  md.renderer.rules.code_inline = (tokens, i, options, env, self) => {
    const { content } = tokens[i];
    const html = plain(tokens, i, options, env, self);
    const to = NAMED.test(content) && !isInLink(tokens, i) ? of(env).desk.named(content) : undefined;
    return to === undefined ? html : `<a href="${escaped(to)}">${html}</a>`;
  };
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

function isInLink(tokens: readonly Token[], place: number): boolean {
  for (let i = place - 1; i >= 0; i--) {
    if (tokens[i].type === 'link_close') return false;
    if (tokens[i].type === 'link_open') return true;
  }
  return false;
}
