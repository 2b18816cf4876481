import type { MarkdownIt, Token } from 'markdown-it';
import { escaped } from '../../src/draw/index.ts';
import { of } from './environment.ts';
import type { Heading } from './types.ts';

/**
 * The anchor that code hosts give a heading: lower case, hyphens for spaces, no punctuation; -1, -2 where it is taken.
 */
export function slug(text: string, taken: Set<string>): string {
  const plain = text
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
    .replaceAll(' ', '-');
  let id = plain;
  for (let n = 1; taken.has(id); n++) id = `${plain}-${n}`;
  taken.add(id);
  return id;
}

/** Text without marks; a formula as `ofFormula` has it. */
export const plainText = (token: Token, ofFormula = (tex: string) => tex): string =>
  (token.children ?? []).map((child) => words(child, ofFormula)).join('');

function words({ type, content, meta }: Token, ofFormula: (tex: string) => string): string {
  if (type === 'formula') return `${meta!.before}${ofFormula(content)}${meta!.after}`;
  if (/break$/.test(type)) return ' ';
  return /^(text|code_inline)$/.test(type) ? content : '';
}

/** What a heading's first token knows. */
export interface Mark {
  id: string;
  text: string;
}

/** Gives every heading its anchor, and a link to it; collects them in `env.headings`. */
export function headings(md: MarkdownIt): void {
  md.core.ruler.push('headings', (state) => {
    const { tokens } = state;
    const env = of(state.env);
    for (const [i, token] of tokens.entries()) {
      if (token.type !== 'heading_open') continue;
      const level = Number(token.tag.slice(1));
      const text = plainText(tokens[i + 1]);
      const last: Heading | undefined = env.headings.at(-1);
      if (level > (last?.level ?? 0) + 1)
        env.desk.fault(
          `the heading "${text}" is of level ${level} and follows one of level ${last?.level ?? 0}`,
        );
      if (level === 1 && last) env.desk.fault(`a second title, "${text}"`);
      const id = slug(text, env.ids);
      env.headings.push({ id, level, text });
      token.attrSet('id', id);
      token.meta = { id, text };
    }
  });
  md.renderer.rules.heading_close = (tokens, i) => {
    let open = i;
    while (tokens[open].type !== 'heading_open') open--;
    const { id, text } = tokens[open].meta as unknown as Mark;
    const link =
      tokens[i].tag === 'h1'
        ? ''
        : ` <a class="anchor" href="#${escaped(id)}" aria-label="Link to: ${escaped(text)}">#</a>`;
    return `${link}</${tokens[i].tag}>\n`;
  };
}
