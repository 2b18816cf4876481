import type { MarkdownIt, Token } from 'markdown-it';

/** Puts every table into a scrolling box, and drops heads without text. */
export function tables(md: MarkdownIt): void {
  md.core.ruler.push('tables', (state) => {
    state.tokens = withoutEmptyHeads(state.tokens);
    keepShortCode(state.tokens);
  });
  md.renderer.rules.table_open = () => '<div class="scroll" data-label="Table"><table>\n';
  md.renderer.rules.table_close = () => '</table></div>\n';
  md.renderer.rules.th_open = (tokens, i, options, _, self) => {
    tokens[i].attrSet('scope', 'col');
    return self.renderToken(tokens, i, options);
  };
}

/** The longest code in a cell that stays on one line, in letters. */
const SHORT = 26;

/** The name of an option is not broken over two lines. */
function keepShortCode(tokens: readonly Token[]): void {
  let inCell = false;
  for (const { type, children } of tokens) {
    if (/^t[hd]_/.test(type)) inCell = type.endsWith('open');
    if (!inCell) continue;
    for (const one of children ?? [])
      if (one.type === 'code_inline' && one.content.length <= SHORT) one.attrJoin('class', 'short');
  }
}

function withoutEmptyHeads(tokens: Token[]): Token[] {
  const kept: Token[] = [];
  for (let i = 0; i < tokens.length; i++) {
    if (tokens[i].type !== 'thead_open') {
      kept.push(tokens[i]);
      continue;
    }
    const end = tokens.findIndex(({ type }, at) => at > i && type === 'thead_close');
    const head = tokens.slice(i, end + 1);
    for (const [at, { type }] of head.entries())
      if (type === 'th_open' && head[at + 1].content === '')
        for (const cell of [head[at], head[at + 2]]) asData(cell);
    if (head.some(({ type }) => type === 'th_open')) kept.push(...head);
    i = end;
  }
  return kept;
}

const asData = (cell: Token): void => {
  cell.type = cell.type.replace('th', 'td');
  cell.tag = 'td';
};
