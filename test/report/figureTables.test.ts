import { expect, it } from 'vitest';
import type { Trace } from '../../src/draw/index.ts';
import { figureToJson, tracesToCsv } from '../../src/report/tables/index.ts';
import { drawing, entry } from '../support/panels.ts';

/** Fields of a line as RFC 4180 has them. */
const fields = (line: string): string[] =>
  [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)].map(([, quoted, plain]) =>
    quoted === undefined ? plain : quoted.replace(/""/g, '"'),
  );

const odd: Trace = {
  name: 'seed 1, "a" #2',
  mark: 'points',
  colour: 0,
  x: [0.1 + 0.2, 1e-300],
  y: [Number.NaN, -1 / 3],
  low: [1, 2],
};

it('every point of a figure can be read back from its CSV, to the last bit', () => {
  const all = { ...entry(), drawing: { ...drawing(), panels: [{ ...drawing().panels[0], traces: [odd] }] } };
  const lines = tracesToCsv(all).trimEnd().split('\n');
  const rows = lines.filter((line) => !line.startsWith('#')).map(fields);
  expect(rows).toEqual([
    ['panel', 'trace', 'mark', 'x', 'y', 'low', 'high'],
    ['all-marks', odd.name, 'points', String(odd.x[0]), 'NaN', '1', ''],
    ['all-marks', odd.name, 'points', '1e-300', String(odd.y[1]), '2', ''],
  ]);
  expect(rows.slice(1).map((row) => Number(row[3]))).toEqual(odd.x);
});

it.each(['a, b', 'a "b"', '# a', 'a\r', 'plain'])('a name is one field of the CSV, be it %j', (name) => {
  const panel = { ...drawing().panels[0], traces: [{ ...odd, name }] };
  const lines = tracesToCsv({ ...entry(), drawing: { ...drawing(), panels: [panel] } }).split('\n');
  expect(fields(lines[4])).toHaveLength(7);
  expect(fields(lines[4])[1]).toBe(name);
  expect(lines[4].includes('"')).toBe(name !== 'plain');
});

it('the CSV has a line for every point of every trace, and begins with what made them', () => {
  const lines = tracesToCsv(entry()).trimEnd().split('\n');
  const points = drawing().panels.flatMap(({ traces }) => traces.flatMap(({ x }) => x)).length;
  expect(lines.filter((line) => !line.startsWith('#'))).toHaveLength(1 + points);
  expect(lines[0]).toMatch(/^# alignode \d/);
  const { script: _, ...words } = entry().figure;
  expect(JSON.parse(lines[1].replace('# figure ', ''))).toEqual(words);
  expect(JSON.parse(lines[2].replace('# parameters ', ''))).toEqual(drawing().parameters);
});

it('the JSON holds everything; what is not a number is null', () => {
  const all = entry();
  const read = JSON.parse(figureToJson(all));
  expect(read).toMatchObject({ size: 'full', seconds: 65, work: all.work, ...all.figure });
  const { panels, ...words } = all.drawing;
  expect(read).toMatchObject(words);
  expect(read.panels[0].traces[3].y).toEqual([0.5, null]);
  expect(read.panels.map((panel: { name: string }) => panel.name)).toEqual(panels.map(({ name }) => name));
});
