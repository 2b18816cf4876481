import { Script } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { galleryHtml } from '../../src/report/pages/index.ts';
import { readable, readableRows } from '../../src/report/pages/readable.ts';
import { workRows } from '../../src/report/pages/workRows.ts';
import { figureFiles, galleryManifest } from '../../src/report/tables/index.ts';
import { drawing, entry, facts } from '../support/panels.ts';

const page = galleryHtml([entry()], facts());

describe('the gallery', () => {
  it('asks nothing of any network: its one file lies beside it', () => {
    expect(page).not.toMatch(/https?:|src="\/|href="\/|\/\/\w+\.\w|@import|url\(/);
    expect([...page.matchAll(/src="([^"]*)"/g)].map(([, src]) => src)).toEqual(['plotly.min.js']);
    expect(page).toContain('<link rel="icon" href="data:,">');
  });

  it('has scripts that parse, and that no text of a figure can end', () => {
    const scripts = [...page.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, source]) => source);
    expect(page.match(/<script/g)).toHaveLength(scripts.length + 1);
    expect(page.match(/<\/script/g)).toHaveLength(scripts.length + 1);
    for (const source of scripts) expect(() => new Script(source)).not.toThrow();
  });

  it('shows text as it is, tags and all', () => {
    expect(page).toContain('<figcaption>A caption &lt;/script&gt;&lt;!-- &quot;quoted&quot;.</figcaption>');
    expect(page).toContain('All &amp; sundry');
    expect(page).toContain('It is &lt; 1.');
    expect(page).toContain('const a = &quot;&lt;/script&gt;&lt;b&gt;&quot;;');
    expect(page).not.toContain('<b>mark');
    expect(page).toContain('<p>A note &amp; more: R<sub>12</sub>.</p>');
    expect(page).toContain('<p class="found">v<sub>1</sub> = 3</p>');
  });

  it('has one title, a heading and an anchor for each figure, and a place for each panel', () => {
    expect(page.match(/<h1/g)).toHaveLength(1);
    expect(page).toMatch(/<section id="all">\s*<h2><a href="#all">all<\/a>/);
    expect(page).toContain('<li><a href="#all">');
    expect(page.match(/class="plot"/g)).toHaveLength(2);
    expect(page).toContain('aria-label="Every &lt;b&gt;mark&lt;/b&gt;: test error ε_g against time α"');
  });

  it('gives each claim its verdict in words, and counts them', () => {
    const verdicts = [
      ...page.matchAll(/<li class="\w+"><p><span class="mark \w+"><span[^>]*>(.)<\/span> ([^<]*)/g),
    ];
    expect(verdicts.map(([, sign, words]) => `${sign} ${words}`)).toEqual([
      '✓ holds',
      '✓ holds',
      '≠ not as printed',
      '✗ does not hold',
      '? undecided',
    ]);
    for (const count of ['2 hold', '1 not as printed', '1 does not hold', '1 undecided'])
      expect(page).toContain(`</span> ${count}</span>`);
    expect(page).toContain('<b>The paper:</b>');
    expect(page).toContain('<p class="found">p = 0.4</p>');
  });

  it('leads to what the book says of a figure, and of misprints, where the book lies beside it', () => {
    expect(page).not.toContain('In the book');
    const html = galleryHtml([entry()], { ...facts(), book: 'book/index.html' });
    expect(html).toContain('<a href="book/paper.html#our-own-figures">In the book</a>');
    expect(html).toContain('<a href="book/errata.html">Errata</a>');
    const claims = drawing().claims.filter(({ holds }) => holds !== 'not as printed');
    const sound = {
      ...entry(),
      figure: { ...entry().figure, name: '3b' },
      drawing: { ...drawing(), claims },
    };
    const other = galleryHtml([sound], { ...facts(), book: 'book/index.html' });
    expect(other).toContain('<a href="book/paper.html#figure-3b-align-then-memorise">In the book</a>');
    expect(other).not.toContain('Errata');
  });

  it('has the command, the data, and the pictures that there are', () => {
    expect(page).toContain('<code>npx alignode reproduce all --full</code>');
    for (const file of ['all.csv', 'all.json', 'all-marks.svg', 'all-marks.png', 'all-plane.svg'])
      expect(page).toContain(`href="all/${file}"`);
    const without = galleryHtml([{ ...entry(), png: false, size: 'quick' }], {
      ...facts(),
      images: 'No PNG: no <renderer>.',
    });
    expect(without).toContain('href="all/all-plane.svg"');
    expect(without).not.toMatch(/\.png"|--full/);
    expect(without).toContain('No PNG: no &lt;renderer&gt;.');
  });

  it('says where and how it was made', () => {
    for (const words of ['1.2.3', 'linux x64', 'v20.19.0', '2 min 10 s', '2026-01-02T03:04:05Z', 'none used'])
      expect(page).toContain(words);
    expect(galleryHtml([], { ...facts(), adapter: 'Some GPU' })).toContain('<td>Some GPU</td>');
  });

  it('is the same for the same figures', () => {
    expect(galleryHtml([entry()], facts())).toBe(page);
  });
});

it('the manifest tells of every figure and its files', () => {
  const { figures, ...rest } = galleryManifest([entry(), { ...entry(), png: false }], facts());
  expect(rest).toEqual(facts());
  expect(figures[0]).toMatchObject({
    name: 'all',
    seconds: 65,
    claims: drawing().claims,
    work: entry().work,
  });
  const { csv, json, pictures } = figureFiles('all', drawing());
  expect(figures[0].files).toEqual([csv, json, ...pictures.flatMap(({ svg, png }) => [svg, png])]);
  expect(figures[1].files).toEqual([csv, json, ...pictures.map(({ svg }) => svg)]);
});

it('parameters are words, not JSON', () => {
  expect(readableRows({ ...drawing().parameters, small: { M: 2, N: 500 }, none: null, on: true })).toEqual([
    ['problem: activation', 'erf'],
    ['problem: teacher', 'draw (M 2, seed 6)'],
    ['problem: feedback', '0.8, -0.5'],
    ['problem: alpha', '1, 2'],
    ['seeds', '1, 2, 3'],
    ['small', 'M 2, N 500'],
    ['none', 'none'],
    ['on', 'yes'],
  ]);
  expect(
    readable([
      [1, 0],
      [0, 1],
    ]),
  ).toBe('[1, 0], [0, 1]');
  expect(readable(Array.from({ length: 100 }, (_, i) => i / 10))).toBe('100 values, 0 to 9.9');
  expect(readable(1 / 3)).toBe('0.333333');
});

it('simulations of one kind are one row, with what they share and what differs', () => {
  const [first] = entry().work;
  const gpu = { ...first, seconds: 100, device: { name: 'Some GPU', driver: '', software: false } };
  expect(workRows([...entry().work, { ...first, seconds: 2 }, gpu])).toEqual([
    { what: 'one trained student, 3 times', settings: 'N 500, seed 1, 2', seconds: '3.5 s' },
    { what: 'one trained student', settings: 'N 500, seed 1, GPU Some GPU', seconds: '1 min 40 s' },
  ]);
});
