import { labelHtml } from '../../draw/index.ts';
import type { Claim } from '../../figures/index.ts';

/** How a verdict is shown: by a sign and words, so that nothing depends on colour alone. */
const MARKS: Record<Claim['holds'], { style: string; sign: string; one: string; some: string }> = {
  yes: { style: 'holds', sign: '✓', one: 'holds', some: 'hold' },
  'not as printed': { style: 'printed', sign: '≠', one: 'not as printed', some: 'not as printed' },
  no: { style: 'fails', sign: '✗', one: 'does not hold', some: 'do not hold' },
  undecided: { style: 'open', sign: '?', one: 'undecided', some: 'undecided' },
};

const SPEAKERS: Record<Claim['by'], string> = { paper: 'The paper', alignode: 'alignode' };

/** Each claim with its verdict and the numbers. */
export const verdictsHtml = (claims: readonly Claim[]): string =>
  `<ul class="claims">\n${claims.map(verdictHtml).join('\n')}\n</ul>`;

function verdictHtml({ by, says, holds, found }: Claim): string {
  const { style, sign, one } = MARKS[holds];
  return `<li class="${style}"><p>${mark(style, sign, one)} <b>${SPEAKERS[by]}:</b> ${labelHtml(says)}</p>
<p class="found">${labelHtml(found)}</p></li>`;
}

/** How many hold, and how many do not: "✓ 2 hold ≠ 1 not as printed". */
export const summaryHtml = (claims: readonly Claim[]): string =>
  Object.entries(MARKS)
    .map(([holds, { style, sign, one, some }]) => {
      const count = claims.filter((claim) => claim.holds === holds).length;
      return count === 0 ? '' : mark(style, sign, `${count} ${count === 1 ? one : some}`);
    })
    .filter((text) => text !== '')
    .join(' ');

const mark = (style: string, sign: string, words: string): string =>
  `<span class="mark ${style}"><span aria-hidden="true">${sign}</span> ${words}</span>`;

export const VERDICT_STYLE = `
.mark { display: inline-block; padding: 0 .5rem; border: 1px solid; border-radius: .3rem; font-size: .875rem; white-space: nowrap; }
.mark.holds { color: #00553b; background: #e6f5ee; } .mark.fails { color: #8a2f00; background: #fdeae0; }
.mark.printed { color: #6b4b00; background: #fdf4dc; } .mark.open { color: #333; background: #eee; }
.claims { list-style: none; padding: 0; margin: 0; }
.claims li { border-left: .3rem solid #999; padding-left: .7rem; margin: .8rem 0; break-inside: avoid; }
.claims li.holds { border-color: #009e73; } .claims li.fails { border-color: #d55e00; } .claims li.printed { border-color: #e69f00; }
.claims p { margin: .2rem 0; } .found { color: #333; font-size: .95rem; overflow-wrap: anywhere; }
`;
