import { extname } from 'node:path';
import { escaped } from '../../src/draw/index.ts';
import { codeBlock, languageOf } from './code.ts';
import { environment } from './environment.ts';
import { rendered } from './markdown.ts';
import { notebookPage } from './notebook.ts';
import type { Desk, Page } from './types.ts';

/**
 * A file of the repository as a page of the book: Markdown and notebooks are typeset, a folder is listed, anything else
 * is shown as it is.
 */
export function pageFrom(source: string, path: string, text: string | readonly string[], desk: Desk): Page {
  if (typeof text !== 'string') return folderPage(source, path, text);
  const page =
    extname(source) === '.ipynb'
      ? notebookPage(source, path, text, desk)
      : extname(source) === '.md'
        ? markdownPage(source, path, text, desk)
        : filePage(source, path, text);
  if (page.headings[0]?.level !== 1) desk.fault('it has no title: a page begins with a line "# Title"');
  return page;
}

function markdownPage(source: string, path: string, text: string, desk: Desk): Page {
  const env = environment(desk);
  const { html, passages } = rendered(text, env);
  return { source, path, title: env.headings[0]?.text ?? '', html, headings: env.headings, passages };
}

const filePage = (source: string, path: string, text: string): Page =>
  asItStands(source, path, codeBlock(text, languageOf(source)));

const folderPage = (source: string, path: string, names: readonly string[]): Page =>
  asItStands(
    `${source}/`,
    path,
    `<ul>${names.map((name) => `<li><code>${escaped(name)}</code></li>`).join('\n')}</ul>`,
  );

const asItStands = (title: string, path: string, html: string): Page => ({
  source: title,
  path,
  title,
  html: `<h1 id="file"><code>${escaped(title)}</code></h1>\n${html}`,
  headings: [{ id: 'file', level: 1, text: title }],
  passages: [{ id: '', title, text: '' }],
});
