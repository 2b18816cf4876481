import { escaped } from '../../draw/index.ts';
import { duration } from '../../support/duration.ts';
import type { GalleryEntry, GalleryFacts } from '../tables/index.ts';
import { COPY_SCRIPT, COPY_STYLE } from './copyButtons.ts';
import { galleryFigure } from './galleryFigure.ts';
import { factsTable, pageHtml } from './html.ts';
import { PLOT_STYLE, plotsScript } from './plots.ts';
import { summaryHtml, VERDICT_STYLE } from './verdicts.ts';

/**
 * The page of all figures. It draws with the `plotly.min.js` that lies beside it, and needs no network; words, tables
 * and verdicts can be read without plotly. The same figures make the same bytes.
 */
export function galleryHtml(entries: readonly GalleryEntry[], facts: GalleryFacts): string {
  const claims = entries.flatMap(({ drawing }) => drawing.claims);
  return pageHtml({
    title: 'alignode: figures',
    style: `${STYLE}${VERDICT_STYLE}${PLOT_STYLE}${COPY_STYLE}`,
    body: `<header>
<h1>Align, then memorise: the figures</h1>
<p>What two-layer students and deep networks do by back-propagation (BP) and by direct feedback alignment (DFA), after Refinetti et al. 2021: two-layer students with their theory; each figure with its data, what makes it, and whether it bears out what is said of it.</p>
${bookHtml(facts)}</header>
<nav aria-label="Figures">
<ul>
${entries.map(contents).join('\n')}
</ul>
<p>In all: ${summaryHtml(claims)}</p>
</nav>
<details><summary>Made by alignode ${escaped(facts.version)} in ${duration(facts.seconds)}, ${facts.size === 'full' ? 'in full' : 'the quick way'}: where and how</summary>
${factsTable(factsRows(facts))}
</details>
<main>
${entries.map((entry) => galleryFigure(entry, facts)).join('\n')}
</main>`,
    scripts: [
      { file: 'plotly.min.js' },
      plotsScript(entries.flatMap(({ drawing }) => drawing.panels)),
      COPY_SCRIPT,
      // On paper nothing can be unfolded.
      `addEventListener('beforeprint', () => document.querySelectorAll('details').forEach((part) => { part.open = true; }));`,
    ],
  });
}

const bookHtml = ({ book }: GalleryFacts): string =>
  book === null
    ? ''
    : `<p><a href="${escaped(book)}">The book</a>: the model, the equations, how far each number can be trusted, and the paper against the program.</p>\n`;

const contents = ({ figure: { name, title }, drawing }: GalleryEntry): string =>
  `<li><a href="#${escaped(name)}">${escaped(name)} ${escaped(title)}</a> ${summaryHtml(drawing.claims)}</li>`;

const factsRows = (facts: GalleryFacts): [string, string][] => [
  ['alignode', facts.version],
  ['size', facts.size === 'full' ? 'full: the sizes of the paper, and more' : 'quick: minutes on two cores'],
  ['started', facts.started],
  ['took', duration(facts.seconds)],
  ['platform', facts.platform],
  ['Node.js', facts.node],
  ['threads', String(facts.threads)],
  ['GPU', facts.adapter ?? 'none used'],
  ['SVG and PNG', facts.images ? `SVG of every panel; ${facts.images}` : 'of every panel'],
];

const STYLE = `
body { max-width: 76rem; margin: 1.5rem auto; }
h1 { font-size: 1.7rem; line-height: 1.25; } h2 { font-size: 1.3rem; } h3 { font-size: 1rem; margin: 1rem 0 .3rem; }
header p, .source, figcaption { max-width: 46rem; } .source a { margin-left: .8rem; } .source { margin-top: -.6rem; color: #444; }
a { color: #005a8e; } h2 a { text-decoration: none; }
:focus-visible { outline: 3px solid #0072b2; outline-offset: 2px; }
nav ul { list-style: none; padding: 0; } nav li { margin: .35rem 0; }
section { border-top: 1px solid #999; margin-top: 2.5rem; }
figure { break-inside: auto; }
.panels { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 33.75rem), 1fr)); gap: 1rem 1.5rem; }
.panel { margin: 0; width: 100%; max-width: 42rem; break-inside: avoid; }
.panel figcaption p { margin: .2rem 0; } .links a { margin-right: .6rem; }
.sides { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); gap: 0 2rem; }
.sides > div { min-width: 0; }
.scroll { overflow-x: auto; } summary { cursor: pointer; margin: .6rem 0; }
@media print { .panels { display: block; } a { color: #000; } .mark { print-color-adjust: exact; } @page { margin: 12mm; } }
`;
