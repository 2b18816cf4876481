import type { LineChart } from './chart.ts';
import type { Frame } from './chartFrame.ts';
import { across, covered, paint, type Segment } from './chartMarks.ts';
import { FONT, text } from './label.ts';
import type { Look } from './look.ts';
import type { Mark } from './panel.ts';
import { dashSvg, type Pen } from './pen.ts';
import { widthOf } from './plotlyText.ts';
import { short } from './svg.ts';
import { symbolSvg } from './symbols.ts';

/** One name in a legend, and how its sample is drawn. */
export interface Entry {
  name: string;
  pen: Pen;
  mark: Mark;
  /** Which series it names; none for a line across. */
  series?: number;
}

/**
 * Where the sample of each name begins, and its line of text; `below` is the height that a legend below the plot takes.
 */
export interface Legend {
  places: { x: number; y: number }[];
  below: number;
  /** What it covers of the frame, if it is there. */
  box?: Box;
}

const LINE = 18;
/** Length of a sample; the larger one shows the pattern of a dashed line. */
const SAMPLE = { plain: 22, distinct: 44 };
/** From a sample to its name. */
const GAP = 6;
const PAD = 12;
/** From the label of x to the names below it, besides a line. */
const APART = 14;

/**
 * Places the legend in a corner of the frame without data; below the plot if it has many names, or if there is data in
 * all four corners.
 */
export function placeLegend(
  entries: readonly Entry[],
  frame: Frame,
  { series, lines = [] }: LineChart,
  { width, from, sample }: { width: number; from: number; sample: number },
): Legend {
  const widest = sample + GAP + Math.max(...entries.map(({ name }) => widthOf(name, FONT)));
  const high = LINE * entries.length;
  if (high < 0.5 * (frame.bottom - frame.top) && widest < 0.6 * (frame.right - frame.left)) {
    const pieces = [
      ...series.flatMap((one) => covered(one, frame)),
      ...lines.map((one) => across(one, frame)),
    ];
    const corners = [
      { x: frame.left + PAD, y: frame.top + LINE },
      { x: frame.left + PAD, y: frame.bottom - high + 6 },
      { x: frame.right - PAD - widest, y: frame.top + LINE },
      { x: frame.right - PAD - widest, y: frame.bottom - high + 6 },
    ];
    const boxAt = ({ x, y }: { x: number; y: number }): Box => ({
      left: x - 4,
      right: x + widest + 4,
      top: y - 15,
      bottom: y - 15 + high + 4,
    });
    const free = corners.find((corner) => !pieces.some((piece) => meets(piece, boxAt(corner))));
    if (free)
      return {
        places: entries.map((_, i) => ({ x: free.x, y: free.y + LINE * i })),
        below: 0,
        box: boxAt(free),
      };
  }
  const columns = Math.max(1, Math.min(entries.length, Math.floor((width - 2 * PAD) / (widest + PAD))));
  const step = (width - 2 * PAD) / columns;
  return {
    places: entries.map((_, i) => ({
      x: PAD + step * (i % columns),
      y: from + LINE * Math.floor(i / columns) + APART,
    })),
    below: LINE * Math.ceil(entries.length / columns) + APART,
  };
}

/** What makes the grid paler under a legend. */
export const backingSvg = ({ left, right, top, bottom }: Box, { paper }: Look): string =>
  `<rect x="${short(left)}" y="${short(top)}" width="${short(right - left)}" height="${short(bottom - top)}" fill="${paper}" opacity="0.8"/>`;

export const sampleOf = ({ distinct }: Look): number => (distinct ? SAMPLE.distinct : SAMPLE.plain);

export const legendSvg = (entry: Entry, { x, y }: { x: number; y: number }, look: Look): string =>
  `${sampleSvg(entry, x, y - 4, look)}\n${text(x + sampleOf(look) + GAP, y, entry.name, 'start')}`;

function sampleSvg({ mark, pen, series }: Entry, left: number, middle: number, look: Look): string {
  const [x, y, right] = [left + sampleOf(look) / 2, middle, left + sampleOf(look)].map(short);
  const { colour } = pen;
  const size = look.distinct ? Math.max(7, pen.size) : pen.size;
  // A dot is a line of no length with round ends.
  const dot = look.distinct
    ? symbolSvg(pen.symbol, x, y, size, paint({ ...pen, opacity: 1 }, false, look.paper))
    : `<line x1="${x}" y1="${y}" x2="${x}" y2="${y}" stroke="${colour}" stroke-width="7" stroke-linecap="round"/>`;
  if (mark === 'points') return dot;
  if (mark === 'open points')
    return symbolSvg(pen.symbol, x, y, size, paint({ ...pen, opacity: 1 }, true, look.paper));
  const width = series === undefined ? 1.5 : 2.5;
  return `<line x1="${short(left)}" y1="${y}" x2="${right}" y2="${y}" stroke="${colour}" stroke-width="${width}"${dashSvg(pen.dash)}/>${mark === 'line and points' ? dot : ''}`;
}

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** Whether a straight piece meets a box (Liang & Barsky, ACM Trans. Graphics, 1984). */
function meets([x1, y1, x2, y2]: Segment, box: Box): boolean {
  let [enters, leaves] = [0, 1];
  for (const [step, room] of [
    [x1 - x2, x1 - box.left],
    [x2 - x1, box.right - x1],
    [y1 - y2, y1 - box.top],
    [y2 - y1, box.bottom - y1],
  ]) {
    if (step === 0 && room < 0) return false;
    if (step < 0) enters = Math.max(enters, room / step);
    if (step > 0) leaves = Math.min(leaves, room / step);
  }
  return enters <= leaves;
}
