import katex from 'katex';
import type { MarkdownIt, StateBlock, StateInline } from 'markdown-it';
import { of } from './environment.ts';
import type { Desk } from './types.ts';

/**
 * Formulas between dollars: $a$ within a line, $$ alone on the lines before and after a displayed formula. As on code
 * hosts, an inline formula neither begins nor ends with a space, no letter or digit touches its dollars from outside,
 * and code takes precedence.
 */
export function math(md: MarkdownIt): void {
  md.inline.ruler.before('escape', 'formula', inline);
  md.block.ruler.before('fence', 'formula', block, { alt: ['paragraph', 'reference', 'blockquote', 'list'] });
  md.renderer.rules.formula = (tokens, i, _, env) => {
    const { content, meta } = tokens[i];
    const whole = `${meta!.before}${typeset(content, false, of(env).desk)}${meta!.after}`;
    return content.length > 40 ? whole : `<span class="whole">${whole}</span>`;
  };
  md.renderer.rules.formula_block = (tokens, i, _, env) =>
    `<div class="formula scroll" data-label="Formula">${typeset(tokens[i].content, true, of(env).desk)}</div>\n`;
}

const INLINE = /\$(?![\s$])((?:\\.|[^\\$`])*?(?:\\.|[^\\$`\s]))\$(?![\w$])/uy;

function inline(state: StateInline, silent: boolean): boolean {
  if (state.src[state.pos] !== '$') return false;
  const { src, pos } = state;
  INLINE.lastIndex = pos;
  const found = /[\w$]/.test(src[pos - 1] ?? ' ') ? null : INLINE.exec(src);
  if (!found) {
    if (!silent)
      of(state.env).desk.fault(`a dollar that begins or ends no formula: ${src.slice(pos, pos + 40)}`);
    return false;
  }
  state.pos = INLINE.lastIndex;
  if (!silent) {
    // A short formula and the bracket or comma that touches it stay on one line.
    const before = /[([]*$/.exec(state.pending)![0];
    // Where the text of a link ends, the bracket is the link's.
    const after = /^[.,;:!?)\]]*/.exec(src.slice(state.pos, state.posMax))![0];
    state.pending = state.pending.slice(0, state.pending.length - before.length);
    state.pos += after.length;
    const token = state.push('formula', '', 0);
    token.content = found[1];
    token.meta = { before, after };
  }
  return true;
}

function block(state: StateBlock, start: number, end: number, silent: boolean): boolean {
  const line = (n: number) => state.src.slice(state.bMarks[n] + state.tShift[n], state.eMarks[n]).trim();
  if (line(start) !== '$$' || state.sCount[start] - state.blkIndent >= 4) return false;
  let last = start + 1;
  while (last < end && line(last) !== '$$') last++;
  if (last >= end) {
    if (!silent) of(state.env).desk.fault('a formula that begins with $$ and does not end');
    return false;
  }
  if (silent) return true;
  state.push('formula_block', '', 0).content = state.getLines(start + 1, last, state.sCount[start], false);
  state.line = last + 1;
  return true;
}

function typeset(tex: string, displayMode: boolean, desk: Desk): string {
  try {
    return katex.renderToString(tex, { displayMode, output: 'htmlAndMathml', strict: 'error' });
  } catch (error) {
    desk.fault(`the formula ${tex.trim()}: ${(error as Error).message}`);
    return '';
  }
}
