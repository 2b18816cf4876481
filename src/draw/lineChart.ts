import { dotted, type LineChart, markOf } from './chart.ts';
import { type Frame, frameOf, heightBelow, inside, NOTE, ROW, TITLE } from './chartFrame.ts';
import { backingSvg, type Entry, type Legend, legendSvg, placeLegend, sampleOf } from './chartLegend.ts';
import { across, drawn } from './chartMarks.ts';
import { checkChart } from './checkChart.ts';
import { FONT, labelSvg, text } from './label.ts';
import { LIGHT, type Look } from './look.ts';
import { dashSvg, type Pen, pensOf } from './pen.ts';
import { DASHES, type Dash, levelDash } from './rhythms.ts';
import { line, short } from './svg.ts';

const NO_LEGEND: Legend = { places: [], below: 0 };

/** A picture as an SVG document: the same numbers make the same bytes. */
export const lineChart = (chart: LineChart): string => drawChart(chart).svg;

/** The same, with the frame of the data, for a page that draws more on top of it. */
export function drawChart(chart: LineChart, look: Look = LIGHT): { svg: string; frame: Frame } {
  checkChart(chart);
  const { series, width = chart.square ? 520 : 640 } = chart;
  const pens = pensOf(series, look);
  const entries = entriesOf(chart, pens, look);
  let frame = frameOf(chart, width, chart.height);
  const legendOf = (): Legend =>
    entries.length < 2
      ? NO_LEGEND
      : placeLegend(entries, frame, chart, { width, from: heightBelow(frame), sample: sampleOf(look) });
  let legend = legendOf();
  if (chart.height !== undefined && legend.below > 0) {
    frame = frameOf(chart, width, chart.height - legend.below);
    legend = legendOf();
  }
  const height = chart.height ?? heightBelow(frame) + legend.below;
  const names = legend.places.map((place, i) => legendSvg(entries[i], place, look));

  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${short(height)}" viewBox="0 0 ${width} ${short(height)}" font-family="sans-serif" font-size="${FONT}"${look.ink ? ` fill="${look.ink}"` : ''}>`,
    `<rect width="${width}" height="${short(height)}" fill="${look.paper}"/>`,
    ...frame.title.map((words, i) => text(width / 2, 22 + TITLE.line * i, words, 'middle', TITLE.size)),
    ...axesSvg(chart, frame, look),
    ...(legend.box && look.backed ? [backingSvg(legend.box, look)] : []),
  ];
  // Lines over points, each with its name.
  const order = [...series.keys()].sort((i, j) => Number(dotted(series[j])) - Number(dotted(series[i])));
  for (const i of order)
    parts.push(drawn(series[i], frame, pens[i], look.paper), ...nameOf(entries, names, i));
  parts.push(...nameOf(entries, names, undefined), '</svg>');
  return { svg: `${parts.join('\n')}\n`, frame };
}

/** What the legend names: series, and lines at a height, which have no room for words beside them. */
const entriesOf = ({ series, lines = [] }: LineChart, pens: readonly Pen[], look: Look): Entry[] => [
  ...series.flatMap((one, i) =>
    one.silent ? [] : [{ name: one.name, pen: pens[i], mark: markOf(one), series: i }],
  ),
  ...lines.flatMap((one, i) =>
    one.y === undefined
      ? []
      : [{ name: one.label, pen: acrossPen(look, dashOf(lines, i)), mark: 'dotted' as const }],
  ),
];

const acrossPen = ({ across }: Look, dash: Dash): Pen => ({
  colour: across,
  dash,
  symbol: 'circle',
  size: 0,
  opacity: 1,
  edge: 0,
});

/** The dashes of a marked line: upright ones have their names beside them, others differ by their dashes. */
const dashOf = (lines: NonNullable<LineChart['lines']>, i: number): Dash =>
  lines[i].y === undefined
    ? DASHES.dashed!
    : levelDash(lines.slice(0, i).filter(({ y }) => y !== undefined).length);

const nameOf = (entries: readonly Entry[], names: readonly string[], series: number | undefined): string[] =>
  names.filter((_, i) => entries[i].series === series);

/** Everything but the data: bands under the grid, the frame, marked lines, and the words at all of them. */
function axesSvg({ x, y, lines = [] }: LineChart, frame: Frame, look: Look): string[] {
  const { left, right, top, bottom, px, py } = frame;
  const middle = (top + bottom) / 2;
  const marked = lines
    .map((one, i) => ({ ends: across(one, frame), dash: dashOf(lines, i) }))
    .filter(({ ends: [x, y] }) => inside(frame, { x, y }));
  return [
    ...frame.bands.map(
      ({ from, to }, i) =>
        `<rect x="${short(from)}" y="${short(top)}" width="${short(to - from)}" height="${short(bottom - top)}" fill="${look.bands[i % look.bands.length]}"/>`,
    ),
    ...frame.x.ticks.flatMap(({ at, label }) => [
      line(px(at), top, px(at), bottom, look.grid),
      text(px(at), bottom + 18, label, 'middle'),
    ]),
    ...frame.y.ticks.flatMap(({ at, label }) => [
      line(left, py(at), right, py(at), look.grid),
      text(left - 8, py(at) + 4, label, 'end'),
    ]),
    ...zeroLines(frame, look),
    `<rect x="${short(left)}" y="${short(top)}" width="${short(right - left)}" height="${short(bottom - top)}" fill="none" stroke="${look.frame}"/>`,
    text((left + right) / 2, bottom + 42, x.label, 'middle'),
    ...(frame.note ? [text(right, bottom + 42 + NOTE.line, frame.note, 'end', NOTE.size)] : []),
    `<text transform="translate(18 ${short(middle)}) rotate(-90)" text-anchor="middle">${labelSvg(y.label)}</text>`,
    ...marked.map(({ ends, dash }) => line(...ends, look.across, ` stroke-width="1.5"${dashSvg(dash)}`)),
    ...frame.labels.map(({ at, row, anchor, label }) => text(at, top - 6 - ROW * row, label, anchor)),
  ];
}

function zeroLines({ left, right, top, bottom, x, y, px, py }: Frame, { zero }: Look): string[] {
  if (zero === undefined) return [];
  const has = ({ ticks }: Frame['x']): boolean => ticks.some(({ at }) => at === 0);
  return [
    ...(has(x) ? [line(px(0), top, px(0), bottom, zero)] : []),
    ...(has(y) ? [line(left, py(0), right, py(0), zero)] : []),
  ];
}
