import type { Token } from 'markdown-it';
import { type Mark, plainText } from './headings.ts';
import type { Passage } from './types.ts';

/** The text of a page under each of its headings. Only short formulas count as words: Q_kl does, TeX does not. */
export function passages(tokens: readonly Token[]): Passage[] {
  const found = [{ id: '', title: '', words: [] as string[], code: [] as string[] }];
  for (const [i, token] of tokens.entries()) {
    if (token.type === 'heading_open') {
      const { id, text } = token.meta as unknown as Mark;
      found.push({ id, title: text, words: [], code: [] });
    } else if (token.type === 'fence') found.at(-1)!.code.push(token.content);
    else if (token.type === 'inline' && tokens[i - 1].type !== 'heading_open')
      found.at(-1)!.words.push(plainText(token, readable));
  }
  return found
    .map(({ words, code, ...rest }) => ({ ...rest, text: oneLine(words), code: oneLine(code) }))
    .filter(({ title, text, code }) => title || text || code);
}

const oneLine = (parts: readonly string[]): string => parts.join(' ').replace(/\s+/g, ' ').trim();

const GREEK: Record<string, string> = Object.fromEntries(
  'alpha α beta β gamma γ delta δ Delta Δ epsilon ε varepsilon ε eta η theta θ kappa κ lambda λ mu μ xi ξ pi π rho ρ sigma σ Sigma Σ tau τ phi φ chi χ psi ψ omega ω'
    .split(' ')
    .flatMap((word, i, all) => (i % 2 === 0 ? [[word, all[i + 1]]] : [])),
);
const SIGNS: Record<string, string> = {
  ...GREEK,
  to: '→',
  times: '×',
  cdot: '·',
  le: '≤',
  ge: '≥',
  ne: '≠',
  approx: '≈',
  pm: '±',
  infty: '∞',
  sqrt: '√',
  dots: '…',
  ldots: '…',
  ll: '≪',
  gg: '≫',
  partial: '∂',
  langle: '⟨',
  rangle: '⟩',
};

/** TeX as text, where it is nothing but letters, signs and indices. */
export function readable(tex: string): string {
  const plain = tex
    .replace(/\\(?:mathrm|mathbf|text|operatorname)\{(\w+)\}/g, '$1')
    .replace(/\\[,;!:]/g, ' ')
    .replace(/\\([A-Za-z]+)\s*/g, (whole, name: string) => SIGNS[name] ?? whole);
  return plain.includes('\\') ? '…' : plain.replace(/[{}]/g, '');
}
