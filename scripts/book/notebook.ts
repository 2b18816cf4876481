import { textOf } from '../notebooks/file.mjs';
import { codeBlock, languageOf } from './code.ts';
import { environment } from './environment.ts';
import { rendered } from './markdown.ts';
import { type Output, outputHtml } from './outputs.ts';
import type { Desk, Page } from './types.ts';

/** The parts of a notebook (nbformat 4) that a book shows. */
interface Notebook {
  metadata: { language_info?: { name?: string; file_extension?: string } };
  cells: readonly Cell[];
}

type Cell =
  | { cell_type: 'markdown'; source: string | string[] }
  | { cell_type: 'code'; source: string | string[]; outputs: readonly Output[] }
  | { cell_type: 'raw' };

/** A notebook as a page: its text, its code, and the outputs of its last run. */
export function notebookPage(source: string, path: string, text: string, desk: Desk): Page {
  const { cells, metadata } = JSON.parse(text) as Notebook;
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/\.html$/, '');
  const language = languageOf(metadata.language_info?.file_extension ?? '.ts');
  const env = environment(desk);
  const passages: Page['passages'][number][] = [];
  const plots = counter(name);
  const html = cells.map((cell) => {
    if (cell.cell_type === 'raw') return '';
    const content = textOf(cell.source);
    if (cell.cell_type === 'markdown') {
      const words = rendered(content, env);
      // Text before the first heading of a cell belongs under the last heading before that cell.
      for (const passage of words.passages) {
        const last = passages.at(-1);
        if (passage.id === '' && last) {
          last.text += ` ${passage.text}`;
          last.code += ` ${passage.code}`;
        } else passages.push(passage);
      }
      return words.html;
    }
    const last = passages.at(-1);
    if (last) last.code = `${last.code ?? ''} ${content.replace(/\s+/g, ' ')}`;
    if (content.trim() === '') return '';
    return (
      codeBlock(content, language) + cell.outputs.map((output) => outputHtml(output, plots, desk)).join('')
    );
  });
  const copy = desk.file(`${name}.ipynb`, text);
  const note = `<p class="note">This page is a notebook, as it was last run. <a href="${copy}" download>${copy}</a> is the notebook itself; <a href="${desk.link('../docs/notebooks.md')}">how to open and run it</a>.</p>\n`;
  return {
    source,
    path,
    title: env.headings[0]?.text ?? '',
    html: html.join('').replace(/(?<=<\/h1>\n)/, note),
    headings: env.headings,
    passages,
    scripts: html.some((part) => part.includes('data-plot=')) ? ['plots.js'] : [],
  };
}

/** Names for the files of a notebook, in order. */
const counter = (name: string) => {
  let n = 0;
  return () => `${name}-${++n}`;
};
