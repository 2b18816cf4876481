import type { Comparison } from '../compare/index.ts';
import { version } from '../version.ts';
import { compareFigures, type Figure } from './compareFigures.ts';
import { comparisonInWords } from './comparisonWords.ts';

/**
 * A comparison as a page of its own: the verdict in words, figures, and what was compared. It holds plotly's source and
 * asks nothing of any network; words and tables stand without it too. The same comparison makes the same bytes.
 */
export function compareHtml(comparison: Comparison, plotlySource: string): string {
  const [verdict, ...rest] = comparisonInWords(comparison);
  const { agrees } = comparison.verdict;
  const mood = agrees === null ? 'undecided' : agrees ? 'agrees' : 'differs';
  const figures = compareFigures(comparison);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>alignode: theory and students</title>
<style>${STYLE}</style>
</head>
<body>
<h1>Theory and students</h1>
<p class="verdict ${mood}">${sentence(verdict)}</p>
${rest.map((line) => `<p>${sentence(line)}</p>`).join('\n')}
${figures.map(section).join('\n')}
<h2>What was compared</h2>
${table(comparison)}
<p class="made">alignode ${html(version)}</p>
<script>${scriptSafe(plotlySource)}</script>
<script>
const figures = ${data(figures)};
figures.forEach(({ data, layout }, i) => {
  Plotly.newPlot('figure' + i, data, layout, { responsive: true, displaylogo: false });
});
</script>
</body>
</html>
`;
}

const STYLE = `
body { font: 16px/1.5 sans-serif; color: #000; background: #fff; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2rem; }
.verdict { padding: .7rem 1rem; border-left: .5rem solid; background: #f4f4f4; font-size: 1.1rem; }
.agrees { border-color: #009e73; } .differs { border-color: #d55e00; } .undecided { border-color: #e69f00; }
.figure { height: 26rem; }
figure { margin: 1rem 0; break-inside: avoid; } figcaption { font-size: .95rem; }
table { border-collapse: collapse; } tr { break-inside: avoid; }
th, td { text-align: left; vertical-align: top; padding: .15rem 1rem .15rem 0; border-bottom: 1px solid #ddd; font-size: .95rem; }
td { font-family: monospace; overflow-wrap: anywhere; }
.made { color: #555; }
@media print { body { max-width: none; margin: 0; font-size: 11pt; } .verdict { print-color-adjust: exact; } }
`;

const section = ({ title, caption }: Figure, i: number): string =>
  `<h2>${html(title)}</h2>
<figure><div class="figure" id="figure${i}"></div><figcaption>${html(caption)}</figcaption></figure>`;

function table({ problem, settings, simulation, verdict, scaling }: Comparison): string {
  const { alpha, ...rest } = problem;
  const rows: [string, unknown][] = [
    ...Object.entries(rest),
    ['alpha', `${alpha.length} times from ${alpha[0]} to ${alpha[alpha.length - 1]}`],
    ...Object.entries(settings).filter(([, value]) => !Array.isArray(value)),
    ['runs in the mean', simulation.runs],
    ['sizes of the scaling', scaling ? scaling.sizes.map(({ N }) => N).join(', ') : 'none'],
    ['tests', verdict.tests],
    ['p after correction', verdict.p],
  ];
  return `<table>\n${rows.map(([name, value]) => `<tr><th>${html(name)}</th><td>${html(show(value))}</td></tr>`).join('\n')}\n</table>`;
}

const show = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

const sentence = (text: string): string => html(`${text[0].toUpperCase()}${text.slice(1)}.`);

const html = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');

/** The end tag of a script ends it wherever it stands. In strings and patterns of JavaScript "\/" is "/". */
const scriptSafe = (source: string): string =>
  source.replace(/<\/(?=script)/gi, '<\\/').replace(/<!--/g, '<\\!--');

const data = (value: unknown): string => JSON.stringify(value).replace(/</g, '\\u003c');
