import { expect, test } from 'vitest';
import { differences } from '../support/notebookOutputs.ts';
import type { Cell, Output } from '../support/notebooks.ts';

const cellOf = (...outputs: Output[]): Cell[] => [
  { cell_type: 'markdown', id: 'a', source: ['Text'] },
  { cell_type: 'code', id: 'b', source: ['const x = 1;\n', 'x;'], outputs },
];
const printed = (text: string, name = 'stdout'): Output => ({ output_type: 'stream', name, text: [text] });
const shown = (y: number[], more: { name?: string; cx?: string; fill?: string } = {}): Output => ({
  output_type: 'execute_result',
  data: {
    'application/vnd.plotly.v1+json': { data: [{ name: more.name ?? 'a', y }] },
    'image/svg+xml': [`<circle cx="${more.cx ?? '10.0'}" r="3" `, `fill="${more.fill ?? 'none'}"/>`],
    'text/plain': ['a plot'],
  },
});

test('outputs that are the same, but for the last digits of plots, do not differ', () => {
  expect(
    differences(cellOf(printed('1\n'), shown([1, 2e-9])), cellOf(printed('1\n'), shown([1, 2e-9]))),
  ).toEqual([]);
  expect(
    differences(cellOf(shown([1, 2e-9])), cellOf(shown([1 + 9e-7, 2e-9 * (1 - 9e-7)], { cx: '10.1' }))),
  ).toEqual([]);
});

test.each([
  ['text', printed('1.0\n'), printed('1.1\n'), 'stored is\n1.0\n\nfound is\n1.1\n'],
  ['the stream', printed('1'), printed('1', 'stderr'), 'stored is stdout, found stderr'],
  ['a number of a plot', shown([1, 2]), shown([1, 2 + 5e-6]), 'plot.data.0.y.1: stored is 2, found 2.000005'],
  ['a word of a plot', shown([1]), shown([1], { name: 'b' }), 'plot.data.0.name: stored is "a", found "b"'],
  ['how many points a plot has', shown([1]), shown([1, 2]), 'plot.data.0.y: stored has 0, found has 0, 1'],
  ['a gap of a plot', shown([1]), shown([null as never]), 'plot.data.0.y.0: stored is 1, found null'],
  [
    'a place of the SVG',
    shown([1]),
    shown([1], { cx: '10.5' }),
    'number 1 of the SVG: stored is 10, found 10.5',
  ],
  ['a part of the SVG', shown([1]), shown([1], { fill: 'red' }), 'the SVG has other parts'],
  [
    'how it is shown',
    shown([1]),
    { output_type: 'execute_result', data: { 'text/plain': ['a plot'] } } as Output,
    'stored is application/vnd.plotly.v1+json, image/svg+xml, text/plain, found text/plain',
  ],
])('a difference is told with its cell: %s', (_what, stored, found, words) => {
  expect(differences(cellOf(stored), cellOf(found))).toEqual([`cell 2 (const x = 1;): ${words}`]);
});

test('an output more or less is a difference', () => {
  const [two, one] = [cellOf(printed('1'), shown([1])), cellOf(printed('1'))];
  const words = 'cell 2 (const x = 1;): stored are 2 outputs (stdout, execute_result), found 1 (stdout)';
  expect(differences(two, one)).toEqual([words]);
  expect(differences(one, two)).toHaveLength(1);
  expect(differences(one, [])).toHaveLength(1);
});
