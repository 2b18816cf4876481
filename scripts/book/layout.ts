import { escaped } from '../../src/draw/index.ts';
import { version } from '../../src/support/version.ts';
import { contentsHtml, type Group, type Neighbours } from './navigation.ts';
import { relative, up } from './paths.ts';
import type { Page } from './types.ts';

/**
 * The policy allows the book's own files only, and no inline scripts. `file:` is for browsers that give a page opened
 * from a file an origin of its own; on a web server it has no effect. Style attributes come from formulas, and plots
 * add rules of their own.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self' file:",
  "style-src 'self' file: 'unsafe-inline'",
  "img-src 'self' file: data: blob:",
  "font-src 'self' file:",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** A page of the book, whole: the same frame for text, notebooks, files and the API. */
export function layout(
  page: Page,
  groups: readonly Group[],
  neighbours: Neighbours,
  explore?: string,
): string {
  const root = up(page.path);
  const to = (path: string) => escaped(relative(page.path, path));
  const script = (name: string) => `<script src="${root}assets/${name}" defer></script>`;
  return `<!doctype html>
<html lang="en" data-root="${root}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>${escaped(page.title.startsWith('alignode') ? page.title : `${page.title} · alignode`)}</title>
<script src="${root}assets/theme.js"></script>
<link rel="stylesheet" href="${root}assets/katex.css">
<link rel="stylesheet" href="${root}assets/book.css">
${['book.js', ...(page.scripts ?? [])].map(script).join('\n')}
</head>
<body>
<a class="skip" href="#book-text">Skip to the text</a>
<header class="bar">
<a class="brand" href="${to('index.html')}">alignode</a>${explore === undefined ? '' : `\n<a class="beside" href="${escaped(root + explore)}">Explore</a>`}
<div class="search" role="search" hidden>
<label class="unseen" for="book-search">Search the book</label>
<input id="book-search" type="search" placeholder="Search ( / )" autocomplete="off" spellcheck="false">
<div class="found" hidden><p role="status"></p><ol></ol></div>
</div>
<button type="button" class="theme" hidden>Theme</button>
</header>
<div class="frame">
<details class="menu"><summary>Contents</summary></details>
<nav class="contents" aria-label="Contents">
${contentsHtml(groups, page.path)}
</nav>
<main id="book-text" tabindex="-1">
<article>
${page.html}
</article>
${neighboursHtml(neighbours, to)}
<footer><p>alignode ${escaped(version)}, MIT licence. <a href="${to('assets/licences.txt')}">Licences of what the book brings along</a></p></footer>
</main>
${hereHtml(page)}
</div>
</body>
</html>
`;
}

function neighboursHtml({ previous, next }: Neighbours, to: (path: string) => string): string {
  if (!previous && !next) return '';
  const link = (rel: string, words: string, page: Neighbours['next']) =>
    page
      ? `<a rel="${rel}" href="${to(page.path)}"><span>${words}</span> ${escaped(page.title)}</a>`
      : '<span></span>';
  return `<nav class="neighbours" aria-label="Previous and next page">${link('prev', 'Previous', previous)}${link('next', 'Next', next)}</nav>`;
}

function hereHtml({ headings }: Page): string {
  const parts = headings.filter(({ level }) => level === 2 || level === 3);
  if (parts.length < 2) return '';
  const item = ({ id, level, text }: (typeof parts)[number]) =>
    `<li class="level-${level}"><a href="#${escaped(id)}">${escaped(text)}</a></li>`;
  return `<nav class="here" aria-label="On this page"><p>On this page</p><ul>\n${parts.map(item).join('\n')}\n</ul></nav>`;
}
