import { axis } from './axis.ts';
import { escaped } from './html.ts';
import { COLOURS } from './palette.ts';

export interface Series {
  name: string;
  x: readonly number[];
  y: readonly number[];
  /** Draw points instead of a line. */
  points?: boolean;
}

export interface LineChart {
  title?: string;
  x: { label: string; log?: boolean };
  y: { label: string; log?: boolean };
  series: readonly Series[];
  width?: number;
  height?: number;
}

/** Black first, as one line alone is best in black. */
const PENS = [...COLOURS.slice(-1), ...COLOURS.slice(0, -1)];
const MARGIN = { left: 74, right: 20, top: 40, bottom: 54 };

/** A picture as an SVG document: the same numbers make the same bytes. */
export function lineChart({ title, x, y, series, width = 640, height = 400 }: LineChart): string {
  const across = axis(
    series.flatMap((s) => s.x),
    x.log ?? false,
  );
  const up = axis(
    series.flatMap((s) => s.y),
    y.log ?? false,
  );
  const inner = { width: width - MARGIN.left - MARGIN.right, height: height - MARGIN.top - MARGIN.bottom };
  const px = (value: number): number => MARGIN.left + inner.width * across.place(value);
  const py = (value: number): number => MARGIN.top + inner.height * (1 - up.place(value));
  const bottom = MARGIN.top + inner.height;
  const right = MARGIN.left + inner.width;

  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="13">`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
  ];
  if (title) parts.push(text(width / 2, 22, title, 'middle', 'font-size="15"'));
  for (const { at, label } of across.ticks) {
    parts.push(line(px(at), MARGIN.top, px(at), bottom, '#dddddd'));
    parts.push(text(px(at), bottom + 18, label, 'middle'));
  }
  for (const { at, label } of up.ticks) {
    parts.push(line(MARGIN.left, py(at), right, py(at), '#dddddd'));
    parts.push(text(MARGIN.left - 8, py(at) + 4, label, 'end'));
  }
  parts.push(
    `<rect x="${MARGIN.left}" y="${MARGIN.top}" width="${inner.width}" height="${inner.height}" fill="none" stroke="#333333"/>`,
    text(MARGIN.left + inner.width / 2, height - 12, x.label, 'middle'),
    `<text transform="translate(18 ${MARGIN.top + inner.height / 2}) rotate(-90)" text-anchor="middle">${escaped(y.label)}</text>`,
  );
  series.forEach((s, i) => {
    const colour = PENS[i % PENS.length];
    parts.push(s.points ? dots(s, px, py, colour) : path(s, px, py, colour));
    if (series.length === 1) return;
    const top = MARGIN.top + 18 + 18 * i;
    parts.push(
      `<line x1="${MARGIN.left + 12}" y1="${top - 4}" x2="${MARGIN.left + 34}" y2="${top - 4}" stroke="${colour}" stroke-width="2.5"/>`,
      text(MARGIN.left + 40, top, s.name, 'start'),
    );
  });
  parts.push('</svg>');
  return `${parts.join('\n')}\n`;
}

type Place = (value: number) => number;

/** The points that can be shown, as pixel pairs; a gap where one cannot. */
function* pixels({ x, y }: Series, px: Place, py: Place): Generator<[string, string] | undefined> {
  for (let i = 0; i < x.length; i++) {
    const [a, b] = [px(x[i]), py(y[i])];
    yield Number.isFinite(a) && Number.isFinite(b) ? [a.toFixed(1), b.toFixed(1)] : undefined;
  }
}

function path(s: Series, px: Place, py: Place, colour: string): string {
  let d = '';
  let pen = 'M';
  for (const point of pixels(s, px, py)) {
    if (point) d += `${pen}${point[0]} ${point[1]}`;
    pen = point ? 'L' : 'M';
  }
  return `<path d="${d}" fill="none" stroke="${colour}" stroke-width="2"/>`;
}

function dots(s: Series, px: Place, py: Place, colour: string): string {
  return [...pixels(s, px, py)]
    .filter((point) => point !== undefined)
    .map(([x, y]) => `<circle cx="${x}" cy="${y}" r="3" fill="${colour}"/>`)
    .join('');
}

const line = (x1: number, y1: number, x2: number, y2: number, colour: string): string =>
  `<line x1="${x1.toFixed(1)}" y1="${y1.toFixed(1)}" x2="${x2.toFixed(1)}" y2="${y2.toFixed(1)}" stroke="${colour}"/>`;

const text = (x: number, y: number, value: string, anchor: string, more = ''): string =>
  `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}" ${more}>${escaped(value)}</text>`;
