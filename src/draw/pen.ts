import { markOf, type Series } from './chart.ts';
import type { Look } from './look.ts';
import { DASHES, type Dash, rhythms } from './rhythms.ts';
import { type PointSymbol, SYMBOLS } from './symbols.ts';

/** What a series is drawn with. */
export interface Pen {
  colour: string;
  dash: Dash;
  symbol: PointSymbol;
  /** Pixels of a point. */
  size: number;
  opacity: number;
  /** Pixels of paper around a point. */
  edge: number;
}

const DOT = { symbol: 'circle', size: 6, opacity: 1, edge: 0 } as const;
/**
 * Up to FEW points are large; above that they are translucent, so that lines and other points show through; above CROWD
 * they are small.
 */
const FEW = 40;
const CROWD = 300;

/** How large the points of a series are, and how translucent. */
export function pointsOf(count: number): { scale: number; opacity: number; edge: number } {
  if (count <= FEW) return { scale: 1.4, opacity: 1, edge: 0.75 };
  return { scale: count > CROWD ? 0.7 : 1, opacity: 0.55, edge: 0 };
}

/** A pen for each series. Where the look is distinct, by more than its colour. */
export function pensOf(series: readonly Series[], look: Look): Pen[] {
  const marked = series.map((one, i) => ({
    mark: markOf(one),
    colour: (one.colour ?? i) % look.pens.length,
  }));
  const rhythm = rhythms(marked);
  return marked.map((one, i) => {
    const colour = look.pens[one.colour];
    if (!look.distinct) return { colour, dash: DASHES[one.mark] ?? [], ...DOT };
    const { symbol, size } = SYMBOLS[(one.colour + SYMBOLS.length - 1) % SYMBOLS.length];
    const { scale, ...rest } = pointsOf(series[i].x.length);
    return { colour, dash: rhythm(one), symbol, size: size * scale, ...rest };
  });
}

export const dashSvg = (dash: Dash): string =>
  dash.length > 0 ? ` stroke-dasharray="${dash.join(' ')}"` : '';
