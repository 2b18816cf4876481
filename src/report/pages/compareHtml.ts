import { escaped, labelHtml } from '../../draw/index.ts';
import type { Comparison } from '../../shallow/compare/index.ts';
import { howMany } from '../../support/howMany.ts';
import { version } from '../../support/version.ts';
import { comparisonInWords } from '../tables/comparisonWords.ts';
import { compareFigures, type Figure } from './compareFigures.ts';
import { factsTable, literal, pageHtml, sentence } from './html.ts';

/**
 * A comparison as a page of its own: the verdict in words, figures, and what was compared. It contains plotly's source
 * and needs no network; words and tables can be read without plotly. The same comparison makes the same bytes.
 */
export function compareHtml(comparison: Comparison, plotlySource: string): string {
  const [verdict, ...rest] = comparisonInWords(comparison);
  const { agrees } = comparison.verdict;
  const mood = agrees === null ? 'undecided' : agrees ? 'agrees' : 'differs';
  const figures = compareFigures(comparison);
  return pageHtml({
    title: 'alignode: theory and students',
    style: '.figure { height: 26rem; }\n',
    body: `<h1>Theory and students</h1>
<p class="verdict ${mood}">${sentence(verdict)}</p>
${rest.map((line) => `<p>${sentence(line)}</p>`).join('\n')}
${figures.map(section).join('\n')}
<h2>What was compared</h2>
${table(comparison)}
<p class="made">alignode ${escaped(version)}</p>`,
    scripts: [plotlySource, drawing(figures)],
  });
}

const drawing = (figures: readonly Figure[]): string => `
const figures = ${literal(figures)};
figures.forEach(({ data, layout }, i) => {
  Plotly.newPlot('figure' + i, data, layout, { responsive: true, displaylogo: false });
});
`;

const section = ({ title, caption }: Figure, i: number): string =>
  `<h2>${labelHtml(title)}</h2>
<figure><div class="figure" id="figure${i}"></div><figcaption>${escaped(caption)}</figcaption></figure>`;

function table({ problem, settings, simulation, verdict, scaling }: Comparison): string {
  const { alpha, ...rest } = problem;
  const rows: [string, unknown][] = [
    ...Object.entries(rest),
    ['alpha', `${howMany(alpha.length, 'time')} from ${alpha[0]} to ${alpha[alpha.length - 1]}`],
    ...Object.entries(settings).filter(([, value]) => !Array.isArray(value)),
    ['runs in the mean', simulation.runs],
    ['sizes of the scaling', scaling ? scaling.sizes.map(({ N }) => N).join(', ') : 'none'],
    ['tests corrected for', verdict.tests],
    ['p after correction', verdict.p],
  ];
  return factsTable(rows.map(([name, value]) => [name, show(value)]));
}

const show = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
