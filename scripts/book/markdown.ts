import MarkdownIt from 'markdown-it';
import { code } from './code.ts';
import { type Environment, given, of } from './environment.ts';
import { headings } from './headings.ts';
import { links } from './links.ts';
import { math } from './math.ts';
import { passages } from './passages.ts';
import { tables } from './tables.ts';
import type { Passage } from './types.ts';

const md = new MarkdownIt({ html: true }).use(math).use(code).use(headings).use(tables).use(links);
for (const kind of ['html_block', 'html_inline'])
  md.renderer.rules[kind] = (tokens, i, _, env) => {
    // Comments are for authors, and are left out.
    if (!/^<!--[\s\S]*-->\s*$/.test(tokens[i].content))
      of(env).desk.fault(`HTML, which pages do not have: ${tokens[i].content.trim().slice(0, 40)}`);
    return '';
  };

/** Markdown as HTML, with the text for the search index. */
export function rendered(text: string, env: Environment): { html: string; passages: Passage[] } {
  const tokens = md.parse(text, given(env));
  return { html: md.renderer.render(tokens, md.options, given(env)), passages: passages(tokens) };
}
