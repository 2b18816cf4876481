import { stripVTControlCharacters as plain } from 'node:util';
import { escaped } from '../../src/draw/index.ts';
import { literal } from '../../src/report/pages/html.ts';
import { textOf } from '../notebooks/file.mjs';
import { codeBlock } from './code.ts';
import type { Desk } from './types.ts';

type Text = string | readonly string[];

export type Output =
  | { output_type: 'stream'; name: string; text: Text }
  | { output_type: 'execute_result' | 'display_data'; data: Record<string, unknown> }
  | { output_type: 'error'; ename: string; evalue: string; traceback?: readonly string[] };

const PLOTLY = 'application/vnd.plotly.v1+json';

/** The output of a cell: text as text; a plot as a picture and, on demand, as an interactive plot. */
export function outputHtml(output: Output, name: () => string, desk: Desk): string {
  if (output.output_type === 'stream') return textHtml(textOf(output.text));
  if (output.output_type === 'error')
    return `<div class="failure">${textHtml([`${output.ename}: ${output.evalue}`, ...traceback(output)].join('\n'))}</div>`;
  const { data } = output;
  const words = plain(textOf(data['text/plain'])).trim();
  const picture = pictureFile(data, name, desk);
  if (picture === undefined && !(PLOTLY in data)) return words ? textHtml(words) : '';
  if (words === '') desk.fault('a picture has no text/plain for those who cannot see it');
  const image = picture
    ? `<img src="${escaped(picture)}" alt="${escaped(words)}">`
    : `<p>${escaped(words)}</p>`;
  return `<figure>${image}${PLOTLY in data ? plotHtml(data[PLOTLY], words, name(), desk) : ''}</figure>\n`;
}

function pictureFile(data: Record<string, unknown>, name: () => string, desk: Desk): string | undefined {
  if ('image/svg+xml' in data) return desk.file(`${name()}.svg`, textOf(data['image/svg+xml']));
  if ('image/png' in data)
    return desk.file(`${name()}.png`, Buffer.from(textOf(data['image/png']), 'base64'));
  return undefined;
}

/** The plot's data are in a separate file, which is loaded on demand. */
function plotHtml(plot: unknown, words: string, name: string, desk: Desk): string {
  const file = desk.file(`${name}.js`, `(window.bookPlots ??= {})[${literal(name)}] = ${literal(plot)};\n`);
  return `<button type="button" class="plot" data-plot="${escaped(name)}" data-file="${escaped(file)}" data-label="${escaped(words)}" hidden>Interactive</button>`;
}

const textHtml = (text: string): string => codeBlock(plain(text), 'text');

const traceback = ({ traceback = [] }: { traceback?: readonly string[] }): string[] =>
  traceback.map((line) => plain(line)).filter((line) => line.trim() !== '');
