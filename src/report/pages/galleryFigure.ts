import { escaped, labelHtml, type Panel } from '../../draw/index.ts';
import { duration } from '../../support/duration.ts';
import { figureFiles, type GalleryEntry, type GalleryFacts } from '../tables/index.ts';
import { copyable } from './copyButtons.ts';
import { bookLinks } from './galleryBook.ts';
import { factsTable } from './html.ts';
import { plotHtml } from './plots.ts';
import { readableRows } from './readable.ts';
import { verdictsHtml } from './verdicts.ts';
import { workRows } from './workRows.ts';

/** One figure with all that belongs to it. */
export function galleryFigure(entry: GalleryEntry, facts: GalleryFacts): string {
  const { figure, drawing, size } = entry;
  const command = `npx alignode reproduce ${figure.name}${size === 'full' ? ' --full' : ''}`;
  return `<section id="${escaped(figure.name)}">
<h2><a href="#${escaped(figure.name)}">${escaped(figure.name)}</a> ${labelHtml(figure.title)}</h2>
<p class="source">${escaped(figure.source)}${bookLinks(entry, facts)}</p>
<figure>
<div class="panels">
${drawing.panels.map((panel, i) => panelHtml(entry, panel, i)).join('\n')}
</div>
<figcaption>${labelHtml(drawing.caption)}</figcaption>
</figure>
<div class="sides">
<div>
<h3>What it shows</h3>
${verdictsHtml(drawing.claims)}
</div>
<div>
<h3>Parameters</h3>
${factsTable(readableRows(drawing.parameters))}
<h3>Data</h3>
${filesHtml(entry, facts)}
</div>
</div>
<h3>Make it yourself</h3>
${copyable('The command', command)}
${copyable('The heart of it with the public API, in TypeScript: save it as mine.mts where alignode is installed, and run npx tsx mine.mts', figure.script)}
${workHtml(entry)}
</section>`;
}

function panelHtml({ figure, drawing, png }: GalleryEntry, panel: Panel, i: number): string {
  const picture = figureFiles(figure.name, drawing).pictures[i];
  const links = `<p class="links">${link(picture.svg, 'SVG')}${png ? ` ${link(picture.png, 'PNG')}` : ''}</p>`;
  const note = panel.note ? `<p>${labelHtml(panel.note)}</p>` : '';
  return `<figure class="panel">
<h3>${labelHtml(panel.title)}</h3>
${plotHtml(panel)}
<figcaption>${note}${links}</figcaption>
</figure>`;
}

function filesHtml({ figure, drawing, png }: GalleryEntry, facts: GalleryFacts): string {
  const { csv, json } = figureFiles(figure.name, drawing);
  const none = png || facts.images === null ? '' : ` ${escaped(facts.images)}`;
  return `<p>${link(csv, 'CSV')}: every point. ${link(json, 'JSON')}: everything.${none}</p>`;
}

const link = (to: string, words: string): string =>
  `<a href="${escaped(to.split('/').map(encodeURIComponent).join('/'))}">${words}</a>`;

function workHtml({ work, seconds }: GalleryEntry): string {
  const took = `<p>Made in ${duration(seconds)}`;
  if (work.length === 0) return `${took}, by theory alone.</p>`;
  const rows = workRows(work).map(
    ({ what, settings, seconds }) =>
      `<tr><th scope="row">${escaped(what)}</th><td>${escaped(settings)}</td><td>${seconds}</td></tr>`,
  );
  return `<details><summary>How it was made: ${work.length} simulation${work.length === 1 ? '' : 's'}</summary>
<div class="scroll" tabindex="0"><table>
<tr><th scope="col">Simulated</th><th scope="col">Settings</th><th scope="col">Time</th></tr>
${rows.join('\n')}
</table></div>
${took}; what was kept from an earlier run took no time anew.</p></details>`;
}
