import { dotted, markOf, type Series } from './chart.ts';
import { type Frame, inside } from './chartFrame.ts';
import { dashSvg, type Pen } from './pen.ts';
import { line, short } from './svg.ts';
import { symbolSvg } from './symbols.ts';

/** What is drawn of a series: places in pixels, a gap where a value has none. */
type Place = { x: number; y: number } | undefined;
/** A straight piece. */
export type Segment = readonly [x1: number, y1: number, x2: number, y2: number];

const CAP = 3;
const HEAD = 10;

/** A series as SVG. */
export function drawn(series: Series, frame: Frame, pen: Pen, paper: string): string {
  const mark = markOf(series);
  const parts = [
    bars(series, frame)
      .map((ends) => line(...ends, pen.colour, ' stroke-width="1.5"'))
      .join(''),
  ];
  if (mark === 'arrow') parts.push(cut(arrows(series, frame, pen), frame));
  else if (!dotted(series)) parts.push(cut(path(series, frame, pen), frame));
  if (mark.endsWith('points')) parts.push(dots(series, frame, pen, paper));
  return parts.filter((part) => part !== '').join('\n');
}

/** A picture within a picture ends at its frame. */
function cut(picture: string, { cut, left, top, right, bottom }: Frame): string {
  if (!cut) return picture;
  const box = [left, top, right - left, bottom - top].map(short);
  const [x, y, width, height] = box;
  return `<svg x="${x}" y="${y}" width="${width}" height="${height}" viewBox="${box.join(' ')}">${picture}</svg>`;
}

/** The straight pieces that a series covers: a point is one of no length. */
export function covered(series: Series, frame: Frame): Segment[] {
  const points = places(series, frame);
  const mark = markOf(series);
  const pieces = points.flatMap((b, i): Segment[] => {
    if (!b) return [];
    const a = mark === 'arrow' ? origin(frame) : dotted(series) ? b : points[i - 1];
    return [a ? [a.x, a.y, b.x, b.y] : [b.x, b.y, b.x, b.y]];
  });
  return [...pieces, ...bars(series, frame)];
}

/** A marked line, from frame to frame. */
export const across = (
  { x, y }: { x?: number; y?: number },
  { left, right, top, bottom, px, py }: Frame,
): Segment => (x === undefined ? [left, py(y ?? 0), right, py(y ?? 0)] : [px(x), top, px(x), bottom]);

function places({ x, y }: Series, { px, py }: Frame): Place[] {
  return x.map((value, i) => {
    const [a, b] = [px(value), py(y[i])];
    return Number.isFinite(a) && Number.isFinite(b) ? { x: a, y: b } : undefined;
  });
}

const origin = ({ px, py }: Frame): { x: number; y: number } => ({ x: px(0), y: py(0) });

function path(series: Series, frame: Frame, { colour, dash }: Pen): string {
  let d = '';
  let go = 'M';
  for (const point of places(series, frame)) {
    if (point) d += `${go}${point.x.toFixed(1)} ${point.y.toFixed(1)}`;
    go = point ? 'L' : 'M';
  }
  return `<path d="${d}" fill="none" stroke="${colour}" stroke-width="2"${dashSvg(dash)}/>`;
}

function dots(series: Series, frame: Frame, pen: Pen, paper: string): string {
  const painted = paint(pen, markOf(series) === 'open points', paper);
  return places(series, frame)
    .filter((point) => point !== undefined && inside(frame, point))
    .map((point) => symbolSvg(pen.symbol, point!.x, point!.y, pen.size, painted))
    .join('');
}

/** How a point is painted. */
export function paint({ colour, opacity, edge }: Pen, open: boolean, paper: string): string {
  const through = opacity < 1 ? ` opacity="${opacity}"` : '';
  if (open) return `fill="${paper}" stroke="${colour}" stroke-width="1.5"${through}`;
  return `fill="${colour}"${edge > 0 ? ` stroke="${paper}" stroke-width="${edge}"` : ''}${through}`;
}

/** Error bars, cut where the frame ends: below 0 on a log axis too. An end that is cut has no cap. */
function bars(series: Series, frame: Frame): Segment[] {
  const { low, high } = series;
  if (!low && !high) return [];
  const end = (value: number | undefined, otherwise: number): { at: number; cap: boolean } => {
    const place = value === undefined || Number.isNaN(value) ? otherwise : frame.py(value);
    const at = Number.isNaN(place) ? frame.bottom : Math.min(frame.bottom, Math.max(frame.top, place));
    return { at, cap: at === place };
  };
  return places(series, frame).flatMap((point, i) => {
    if (!point || !inside(frame, point)) return [];
    const [below, above] = [end(low?.[i], point.y), end(high?.[i], point.y)];
    if (!(below.at > above.at)) return [];
    return [
      [point.x, below.at, point.x, above.at] as const,
      ...[below, above]
        .filter(({ cap }) => cap)
        .map(({ at }) => [point.x - CAP, at, point.x + CAP, at] as const),
    ];
  });
}

function arrows(series: Series, frame: Frame, { colour, dash }: Pen): string {
  const from = origin(frame);
  return places(series, frame)
    .map((tip) => {
      const length = tip ? Math.hypot(tip.x - from.x, tip.y - from.y) : 0;
      // An arrow to the origin has no direction.
      if (!tip || length < 1e-6) return '';
      const [ux, uy] = [(tip.x - from.x) / length, (tip.y - from.y) / length];
      const head = Math.min(HEAD, length);
      const [bx, by] = [tip.x - head * ux, tip.y - head * uy];
      const wing = 0.45 * head;
      const corners = [
        [tip.x, tip.y],
        [bx - wing * uy, by + wing * ux],
        [bx + wing * uy, by - wing * ux],
      ].map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`);
      return `${line(from.x, from.y, bx, by, colour, ` stroke-width="2.5"${dashSvg(dash)}`)}<polygon points="${corners.join(' ')}" fill="${colour}"/>`;
    })
    .join('');
}
