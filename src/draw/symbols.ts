import { short } from './svg.ts';

/** How points of two colours differ where there is no colour. */
export type PointSymbol =
  | 'circle'
  | 'square'
  | 'diamond'
  | 'triangle-up'
  | 'triangle-down'
  | 'cross'
  | 'star'
  | 'x';

/** In the order of the palette; the sizes look alike. */
export const SYMBOLS: readonly { symbol: PointSymbol; size: number }[] = [
  { symbol: 'circle', size: 6 },
  { symbol: 'square', size: 6 },
  { symbol: 'diamond', size: 7 },
  { symbol: 'triangle-up', size: 8 },
  { symbol: 'triangle-down', size: 8 },
  { symbol: 'cross', size: 8 },
  { symbol: 'star', size: 9 },
  { symbol: 'x', size: 7 },
];

type Corner = readonly [x: number, y: number];

/** Corners around (0, 0) of what is no circle, for a size of 2. */
const CORNERS: Readonly<Record<Exclude<PointSymbol, 'circle'>, readonly Corner[]>> = {
  square: [
    [-1, -1],
    [1, -1],
    [1, 1],
    [-1, 1],
  ],
  diamond: [
    [0, -1.3],
    [1.3, 0],
    [0, 1.3],
    [-1.3, 0],
  ],
  'triangle-up': [
    [0, -1.15],
    [1.15, 0.85],
    [-1.15, 0.85],
  ],
  'triangle-down': [
    [0, 1.15],
    [1.15, -0.85],
    [-1.15, -0.85],
  ],
  cross: plus(0.4),
  x: plus(0.4).map(([x, y]): Corner => [(x - y) * Math.SQRT1_2, (x + y) * Math.SQRT1_2]),
  star: Array.from({ length: 10 }, (_, i): Corner => {
    const [angle, radius] = [(Math.PI * i) / 5, i % 2 === 0 ? 1.2 : 0.5];
    return [radius * Math.sin(angle), -radius * Math.cos(angle)];
  }),
};

function plus(half: number): Corner[] {
  return [
    [-half, -1],
    [half, -1],
    [half, -half],
    [1, -half],
    [1, half],
    [half, half],
    [half, 1],
    [-half, 1],
    [-half, half],
    [-1, half],
    [-1, -half],
    [-half, -half],
  ];
}

/** A symbol of so many pixels around a place; `more` says how it is painted. */
export function symbolSvg(symbol: PointSymbol, x: number, y: number, size: number, more: string): string {
  if (symbol === 'circle')
    return `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="${short(size / 2)}" ${more}/>`;
  const corners = CORNERS[symbol].map(
    ([a, b]) => `${(x + (a * size) / 2).toFixed(1)},${(y + (b * size) / 2).toFixed(1)}`,
  );
  return `<polygon points="${corners.join(' ')}" ${more}/>`;
}
