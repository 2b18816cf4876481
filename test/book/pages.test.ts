import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildBook } from '../../scripts/book/book.ts';
import type { Contents } from '../../scripts/book/types.ts';
import { bracketed, faultsOf, filesOf, temporaryFolder } from '../support/site.ts';

const fixture = join(import.meta.dirname, '../fixtures/book');
const contents: Contents = {
  sections: [
    { title: 'Start', pages: ['docs/index.md', 'docs/second.md'] },
    { title: 'Notebooks', pages: ['docs/notebooks.md', 'notebooks/sample.ipynb'] },
  ],
};

const folder = temporaryFolder();
const book = join(folder, 'book');
beforeAll(() => buildBook({ root: fixture, out: book, contents }));

const html = (path: string) => readFileSync(join(book, path), 'utf8');
const article = (path: string) => /<article>([\s\S]*)<\/article>/.exec(html(path))![1];

describe('a book', () => {
  it('is made of the pages of the contents and of the files that they link to, and nothing in it leads nowhere', () => {
    expect(filesOf(book).filter((path) => !path.startsWith('assets/'))).toEqual([
      'files/NOTES.md.html',
      'files/scripts.html',
      'files/scripts/sample.mjs.html',
      'images/dot.svg',
      'index.html',
      'notebooks.html',
      'notebooks/sample-1.svg',
      'notebooks/sample-2.js',
      'notebooks/sample-3.png',
      'notebooks/sample.html',
      'notebooks/sample.ipynb',
      'second.html',
    ]);
    expect(faultsOf(book)).toEqual([]);
  });

  it('has pages that name no other machine, hold no script and let none in', () => {
    for (const path of filesOf(book).filter((name) => name.endsWith('.html'))) {
      expect(
        html(path)
          .match(/(?<=(?:src|href)=")(?:\w+:|\/)[^"]*/g)
          ?.filter((url) => url !== 'data:,'),
      ).toEqual(path === 'index.html' ? ['https://example.org/'] : []);
      expect(html(path)).not.toMatch(/<script(?! src=)|<[^>]* on\w+=/);
      expect(html(path)).toMatch(
        /Content-Security-Policy" content="default-src 'none'; script-src 'self' file:;/,
      );
    }
  });

  it('leads from each page to the next, says where the reader is, and lists what is on the page', () => {
    const page = html('second.html');
    expect(page).toMatch(/rel="prev" href="index.html"><span>Previous<\/span> A small book</);
    expect(page).toMatch(/rel="next" href="notebooks.html"><span>Next<\/span> Notebooks</);
    expect(page.match(/aria-current/g)).toHaveLength(1);
    expect(page).toContain('<a href="second.html" aria-current="page">The second page</a>');
    expect(html('index.html')).toMatch(
      /On this page[\s\S]*<a href="#a-table">A table<\/a>[\s\S]*<a href="#a-table-1">/,
    );
    expect(html('notebooks/sample.html')).toContain('<a href="../second.html">The second page</a>');
  });

  it('leads from a file that is named in code to that file, and from no other code', () => {
    const code = '<code>scripts/sample.mjs</code>';
    expect(article('second.html')).toContain(`<a href="files/scripts/sample.mjs.html">${code}</a>`);
    expect(article('second.html')).toContain(`<a href="files/NOTES.md.html">${code}</a>`);
    expect(article('second.html')).toContain('none: <code>scripts/none.mjs</code>');
  });

  it('is the same for the same sources, replaces the one before, and leaves nothing beside it', async () => {
    const files = filesOf(book);
    const before = files.map((path) => readFileSync(join(book, path), 'base64'));
    writeFileSync(join(book, 'old.html'), '');
    await buildBook({ root: fixture, out: book, contents });
    expect(filesOf(book)).toEqual(files);
    expect(files.map((path) => readFileSync(join(book, path), 'base64'))).toEqual(before);
    expect(readdirSync(folder)).toEqual(['book']);
  });

  it('leaves out a notebook that is not in its contents, and says which', async () => {
    const sections = [{ title: 'Start', pages: ['docs/index.md', 'docs/second.md', 'docs/notebooks.md'] }];
    const root = join(temporaryFolder(), 'root');
    cpSync(fixture, root, { recursive: true });
    cpSync(join(root, 'notebooks/sample.ipynb'), join(root, 'notebooks/mine.ipynb'));
    const out = join(root, '../book');
    const { leftOut } = await buildBook({ root, out, contents: { sections } });
    expect(leftOut).toEqual(['notebooks/mine.ipynb', 'notebooks/sample.ipynb']);
    expect(existsSync(join(out, 'notebooks/mine.html'))).toBe(false);
  });

  it('does not take the place of a folder that is no book', async () => {
    const precious = join(temporaryFolder(), 'precious');
    mkdirSync(precious);
    writeFileSync(join(precious, 'thesis.tex'), 'words');
    await expect(buildBook({ root: fixture, out: precious, contents })).rejects.toThrow(
      'exists and is no book; a book would replace all that is in it: name another folder',
    );
    expect(readdirSync(precious)).toEqual(['thesis.tex']);
  });
});

describe('a page', () => {
  it('has its formulas typeset, with MathML; code and escaped dollars are as they were', () => {
    const page = article('index.html');
    expect(page.match(/class="katex"/g)).toHaveLength(3);
    expect(page.match(/<math /g)).toHaveLength(3);
    expect(page).toMatch(/<div class="formula scroll" data-label="Formula"><span class="katex-display">/);
    for (const words of [
      '<code>$x$</code>',
      '<code>$y$</code>',
      'a price of $5,',
      'What it printed, $not a formula$',
    ])
      expect(page).toContain(words);
    expect(article('second.html').match(/<math /g)).toHaveLength(4);
  });

  it('ends no line between a short formula and the comma or bracket that touches it', () => {
    expect(article('index.html')).toMatch(/a bracket <span class="whole">\(<span class="katex">/);
    expect(article('index.html')).toMatch(/<\/span>\),<\/span> a price/);
    expect(bracketed(html('second.html'))).toEqual([]);
    expect(article('second.html')).toMatch(/of <span class="whole">[\s\S]*<\/span><\/span><\/a>, there/);
  });

  it('has the anchors that code hosts give', () => {
    const ids = (path: string) => [...article(path).matchAll(/<h\d id="([^"]*)"/g)].map(([, id]) => id);
    expect(ids('index.html')).toEqual(['a-small-book', 'a-table', 'code', 'a-table-1']);
    expect(ids('second.html')).toEqual([
      'the-second-page',
      'a-heading-with-code',
      'about-eta_2-or-η₂-it-is-a_b',
    ]);
  });

  it('has tables without empty headings, each in a box that scrolls', () => {
    const [first, second] = article('index.html').match(
      /<div class="scroll" data-label="Table"><table>[\s\S]*?<\/table>/g,
    )!;
    expect(first).toMatch(/<thead>\s*<tr>\s*<td><\/td>\s*<th scope="col">alpha<\/th>/);
    expect(second).not.toContain('<thead>');
    expect(first).toContain('<code class="short">first</code>');
    expect(first).toMatch(/<code>aVeryLong/);
  });

  it('has its code in colours, with a button that copies it and the name it is saved under; output has none', () => {
    const page = article('index.html');
    expect(page.match(/class="copy"/g)).toHaveLength(8);
    expect(page).toContain('<p class="name">mine.mts</p>');
    expect(page).toMatch(/<span class="hljs-keyword">import<\/span> \{ integrate \}/);
    expect(page).toMatch(/<span class="hljs-keyword">@article<\/span>/);
    expect(page).toMatch(/<div class="output"><pre[^>]*><code>What it printed/);
  });

  it('does not show comments of those who write', () => {
    expect(html('index.html')).not.toContain('Not to be seen');
  });

  it('may be any file of the repository', () => {
    expect(article('files/NOTES.md.html')).toMatch(
      /<h1 id="notes">[\s\S]*<a href="..\/index.html">the book<\/a>/,
    );
    expect(article('files/scripts/sample.mjs.html')).toMatch(/hljs-comment">\/\/ A script that a page shows/);
    expect(article('files/scripts.html')).toContain('<li><code>sample.mjs</code></li>');
  });
});

describe('a notebook', () => {
  const page = () => article('notebooks/sample.html');

  it('is a page of words, code and what the code gave', () => {
    expect(page()).toMatch(/<h1 id="a-sample-notebook">[\s\S]*<math [\s\S]*<h2 id="what-it-gives">/);
    expect(page()).toMatch(
      /hljs-keyword">const<\/span>[\s\S]*<div class="output"><pre[^>]*><code>42<\/code>/,
    );
    expect(page()).toContain('<code>zebra</code>');
    expect(page()).toContain('<code>careful</code>');
    expect(page()).toMatch(
      /<div class="failure"><div class="output"><pre[^>]*><code>TypeError: boom is not a function\n/,
    );
    expect(page()).not.toContain('unseen');
    expect(page()).not.toContain('\u001b');
  });

  it('has its pictures as files, with their words, and plots that wait for the reader', () => {
    expect(page()).toContain('<img src="sample-1.svg" alt="A line at 50">');
    expect(page()).toContain('<img src="sample-3.png" alt="A point">');
    expect(page().match(/<button type="button" class="plot"/g)).toHaveLength(1);
    expect(html('notebooks/sample-2.js')).toMatch(
      /^\(window\.bookPlots \?\?= \{\}\)\["sample-2"\] = \{"data"/,
    );
    expect(readFileSync(join(book, 'notebooks/sample-3.png')).subarray(1, 4).toString()).toBe('PNG');
  });

  it('can be taken away as it is', () => {
    expect(page()).toContain('<a href="sample.ipynb" download>');
    expect(html('notebooks/sample.ipynb')).toBe(
      readFileSync(join(fixture, 'notebooks/sample.ipynb'), 'utf8'),
    );
  });
});

describe('a book is not made', () => {
  const root = join(temporaryFolder(), 'root');
  const out = join(root, '../book');
  const made = async (path: string, text: string, from = contents) => {
    for (const rest of [root, out]) rmSync(rest, { recursive: true, force: true });
    cpSync(fixture, root, { recursive: true });
    if (text) writeFileSync(join(root, path), text);
    else if (path) renameSync(join(root, path), join(root, 'gone'));
    const error = await buildBook({ root, out, contents: from }).then(
      () => undefined,
      (failure: Error) => failure,
    );
    expect(existsSync(out)).toBe(false);
    expect(readdirSync(join(root, '..'))).toEqual(['root']);
    return error?.message;
  };

  it.each([
    ['a link to no file', '[x](gone.md)', 'the link gone.md leads to docs/gone.md, which does not exist'],
    [
      'a link to no heading',
      '[x](index.md#gone)',
      'the link index.md#gone leads to no heading of docs/index.md',
    ],
    ['a link to no heading of its own', '[x](#gone)', 'the link #gone leads to no heading of docs/second.md'],
    ['a link out of the repository', '[x](../../x.md)', 'the link ../../x.md leads out of the repository'],
    [
      'a picture that is not there',
      '![x](gone.svg)',
      'the link gone.svg leads to docs/gone.svg, which does not exist',
    ],
    [
      'a picture without words',
      '![](images/dot.svg)',
      'the picture images/dot.svg has no words for those who cannot see it',
    ],
    [
      'a formula that TeX does not know',
      'Of $\\nosuch{x}$.',
      'the formula \\nosuch{x}: KaTeX parse error: Undefined control sequence: \\nosuch',
    ],
    [
      'a formula of its own that TeX does not know',
      '$$\n\\frac{1}\n$$',
      'the formula \\frac{1}: KaTeX parse error',
    ],
    ['half a formula', 'It costs $5.', 'a dollar that begins or ends no formula: $5.'],
    ['half a formula of its own', '$$\nx', 'a formula that begins with $$ and does not end'],
    ['code in no language', '```\nx\n```', 'a block of code in no language'],
    ['code in an unknown language', '```fortran\nx\n```', 'a block of code in the language "fortran"'],
    ['a heading that skips a level', '#### x', 'the heading "x" is of level 4 and follows one of level 2'],
    ['a second title', '# x', 'a second title, "x"'],
    ['HTML', '<b>x</b>', 'HTML, which pages do not have: <b>'],
  ])('with %s', async (_, text, fault) => {
    expect(await made('docs/second.md', `# Second\n\n## A heading with code\n\n${text}\n`)).toContain(
      `\n  docs/second.md: ${fault}`,
    );
  });

  it('with a page that has no title', async () => {
    expect(await made('docs/second.md', 'Words.\n')).toContain('docs/second.md: it has no title');
  });

  it('with a page that is not in the contents', async () => {
    const fewer = { sections: [{ title: 'Start', pages: ['docs/index.md'] }] };
    const message = await made('', '', fewer);
    expect(message).toContain('\n  docs/second.md is not in the contents of the book');
    expect(message).not.toContain('notebooks/');
  });

  it('with a page of the contents that does not exist', async () => {
    expect(await made('docs/second.md', '')).toContain(
      '\n  docs/second.md is in the contents of the book and does not exist',
    );
  });

  it('and every fault is told at once', async () => {
    const message = await made(
      'docs/second.md',
      '# Second\n\n## A heading with code\n\n$5 and [x](gone.md)\n',
    );
    expect(message?.split('\n')).toHaveLength(3);
  });
});
