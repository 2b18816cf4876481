import { escaped } from '../../draw/index.ts';
import type { PLearn } from '../../shallow/plearn/index.ts';
import { version } from '../../support/version.ts';
import { COLUMNS } from '../tables/plearnCsv.ts';
import { plearnInWords } from '../tables/plearnWords.ts';
import { factsTable, pageHtml, sentence } from './html.ts';
import { plearnPanel } from './plearnPanel.ts';
import { PLOT_STYLE, plotHtml, plotsScript } from './plots.ts';

/** P(learn) as a page of its own, which contains plotly's source and needs no network. */
export function plearnHtml(found: PLearn, plotlySource: string): string {
  const { settings, points, backend } = found;
  const panel = plearnPanel(found);
  const facts = Object.entries({ ...settings, ...(backend && { backend }) }).map(
    ([name, value]) =>
      [
        name,
        Array.isArray(value) ? value.join(', ') : typeof value === 'number' ? readable(value) : value,
      ] as const,
  );
  return pageHtml({
    title: 'alignode: P(learn)',
    style: `${PLOT_STYLE}.wide { overflow-x: auto; } .wide th, .wide td { text-align: right; white-space: nowrap; }`,
    body: `<h1>P(learn): how often random feedback lets a relu student learn</h1>
${plearnInWords(found)
  .map((line) => `<p>${sentence(line)}</p>`)
  .join('\n')}
<figure>${plotHtml(panel)}<figcaption>Line: at least as many feedback weights of each sign as the teacher has output weights of it. Points: the part of the students who learned, with intervals that hold the true value with a chance of 99% (Clopper &amp; Pearson) and count undecided students both ways.</figcaption></figure>
<div class="wide"><table>
<tr>${Object.keys(COLUMNS)
      .map((name) => `<th>${escaped(name)}</th>`)
      .join('')}</tr>
${points
  .map(
    (point) =>
      `<tr>${Object.values(COLUMNS)
        .map((pick) => `<td>${readable(pick(point))}</td>`)
        .join('')}</tr>`,
  )
  .join('\n')}
</table></div>
<h2>What was asked</h2>
${factsTable(facts)}
<p class="made">alignode ${escaped(version)}</p>`,
    scripts: [plotlySource, plotsScript([panel])],
  });
}

/** As many digits as are easy to read; all of them are in the CSV and JSON. */
const readable = (value: number | null | undefined): string =>
  value === null || value === undefined
    ? ''
    : String(Number.isInteger(value) ? value : Number(value.toPrecision(4)));
