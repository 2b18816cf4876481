import { expect, it } from 'vitest';
import { labelHtml, labelSvg, lettersOf } from '../../src/draw/label.ts';
import { plotlyText, widthOf, wrapped } from '../../src/draw/plotlyText.ts';
import { lineChart } from '../../src/index.ts';

it.each([
  ['R_12', 'R<sub>12</sub>'],
  ['test error ε_g', 'test error ε<sub>g</sub>'],
  ['|F_k|^(−1)', '|F<sub>k</sub>|^(−1)'],
  ['dR_km/dα, x_{k+1}y', 'dR<sub>km</sub>/dα, x<sub>k+1</sub>y'],
  ['Q_1_2 and R_1_12', 'Q<sub>12</sub> and R<sub>1,12</sub>'],
  ['Q̇_kl', 'Q̇<sub>kl</sub>'],
])('"%s" has subscripts', (label, html) => {
  expect(labelHtml(label)).toBe(html);
  expect(plotlyText(label)).toBe(html);
  expect(lettersOf(label)).toBe(html.replace(/<[^>]*>/g, ''));
});

it.each(['my_run', 'a_', '_k', 'x_ k', 'a_1_x', 'k__1', 'x_{a b}', 'run_1', '2a_1'])(
  '"%s" stays as it is',
  (label) => {
    expect(labelHtml(label)).toBe(label);
    expect(labelSvg(label)).toBe(label);
  },
);

it('in an SVG subscripts are small and lowered, and what follows is raised again', () => {
  expect(labelSvg('|F_k| < R_12', 20)).toBe(
    '|F<tspan dy="5" font-size="15">k</tspan><tspan dy="-5">| &lt; R</tspan><tspan dy="5" font-size="15">12</tspan>',
  );
});

it('tags of the one who writes a label are words, in subscripts too', () => {
  expect(plotlyText('x_{<b>} & <i>')).toBe('x<sub>&lt;b&gt;</sub> &amp; &lt;i&gt;');
  expect(labelSvg('x_{<b>}')).toContain('&lt;b&gt;</tspan>');
});

it('what writes a subscript takes no room', () => {
  expect(widthOf(plotlyText('R_{12}'), 10)).toBe(widthOf('R12', 10));
  expect(wrapped(plotlyText('R_12 R_21'), 7)).toBe('R<sub>12</sub> R<sub>21</sub>');
});

it('a chart has them in its title, axes, legend, and names of bands and lines', () => {
  const svg = lineChart({
    title: 'a_1',
    x: { label: 'a_2' },
    y: { label: 'a_3' },
    series: [4, 5].map((i) => ({ name: `a_${i}`, x: [0, 1], y: [i, 1] })),
    bands: [{ from: 0, to: 1, label: 'a_6' }],
    lines: [
      { x: 0.5, label: 'a_7' },
      { y: 2, label: 'a_8' },
    ],
  });
  const found = [...svg.matchAll(/>a<tspan [^>]*>(\d)</g)].map(([, digit]) => digit);
  expect(found.toSorted()).toEqual(['1', '2', '3', '4', '5', '6', '7', '8']);
});
