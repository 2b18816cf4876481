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
