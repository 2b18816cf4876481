import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { pngRenderer } from '../../src/cli/png.ts';
import { panelSvg } from '../../src/draw/index.ts';
import { everyMark, plane } from '../support/panels.ts';

it.each([everyMark(), plane()])('the picture of $name is as it was looked at', async (panel) => {
  await expect(panelSvg(panel)).toMatchFileSnapshot(`snapshots/${panel.name}.svg`);
});

it('colours are told apart by symbols, and lines without points by their rhythm', () => {
  const line = (colour: number, mark: 'line' | 'points') => ({
    name: `${colour}`,
    mark,
    colour,
    x: [1, 2],
    y: [colour, colour + 1],
  });
  const svg = panelSvg({
    name: 'lines',
    title: '',
    x: { label: 'x' },
    y: { label: 'y' },
    traces: [line(0, 'line'), line(1, 'line'), line(2, 'points'), line(3, 'points')],
  });
  const dashes = [...svg.matchAll(/<path [^>]*\/>/g)].map(([path]) => /dasharray="([^"]*)"/.exec(path)?.[1]);
  expect(dashes).toEqual([undefined, '20 3']);
  const corners = [...svg.matchAll(/<polygon points="([^"]*)"/g)].map(
    ([, points]) => points.split(' ').length,
  );
  // Two points and a sample of each.
  expect(corners.toSorted()).toEqual([3, 3, 3, 4, 4, 4]);
});

it('linear axes of a large picture have as many ticks as there is room for, and a darker line at 0', () => {
  const svg = panelSvg({
    ...plane(),
    x: { label: 'x', range: [-1.8, 1.8] },
    y: { label: 'y', range: [-1.8, 1.8] },
  });
  const ticks = [...svg.matchAll(/text-anchor="middle" >([−\d.]+)</g)].map(([, label]) => label);
  expect(ticks).toEqual(['−1.5', '−1', '−0.5', '0', '0.5', '1', '1.5']);
  const places = (colour: string): string[] =>
    [...svg.matchAll(new RegExp(`<line x1="([\\d.]+)" y1="([\\d.]+)"[^>]*stroke="${colour}"`, 'g'))].map(
      ([, x, y]) => `${x},${y}`,
    );
  expect(places('#999999')).toHaveLength(2);
  expect(places('#dddddd')).toEqual(expect.arrayContaining(places('#999999')));
  const counted = panelSvg({ ...everyMark(), x: { label: 'K', whole: true, range: [2, 10] } });
  expect(counted.match(/text-anchor="middle" >\d+</g)).toHaveLength(9);
  const error = panelSvg(everyMark());
  expect(error).not.toContain('#999999');
});

it('the grid is paler under a legend among the data, and a legend below needs nothing', () => {
  const paler = /<rect [^>]*fill="#ffffff" opacity="0.8"\/>/g;
  const svg = panelSvg(plane());
  expect(svg.match(paler)).toHaveLength(1);
  // Over the grid and under the names.
  expect(svg.search(paler)).toBeGreaterThan(svg.lastIndexOf('#dddddd'));
  expect(svg.search(paler)).toBeLessThan(svg.indexOf('>F<'));
  expect(panelSvg(everyMark()).match(paler)).toBeNull();
});

it('a PNG has twice the pixels, letters of its own, and the same bytes each time', async () => {
  const png = await pngRenderer();
  if ('missing' in png) throw new Error(png.missing);
  const svg = panelSvg(plane());
  const bytes = Buffer.from(png.draw(svg));
  expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([1440, 1440]);
  const hash = (some: Uint8Array): string => createHash('sha256').update(some).digest('hex');
  expect(hash(png.draw(svg))).toBe(hash(bytes));
  expect(hash(png.draw(svg.replaceAll('A plane', '')))).not.toBe(hash(bytes));
});
