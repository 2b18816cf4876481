import type { Mark } from './panel.ts';

/** Pieces of lines and gaps, in pixels, in turn; none: the line is solid. */
export type Dash = readonly number[];

export const DASHES: Partial<Record<Mark, Dash>> = { dashed: [7, 5], dotted: [2, 4] };

/** Of the lines at a height, in turn. */
const LEVELS: readonly Dash[] = [
  [2, 4],
  [8, 3, 2, 3],
  [5, 5],
];
export const levelDash = (place: number): Dash => LEVELS[place % LEVELS.length];

/** For lines that no points go with, a rhythm of long pieces, far from dashes and dots. */
const RHYTHMS: readonly Dash[] = [
  [],
  [20, 3],
  [14, 3, 3, 3],
  [10, 3, 3, 3, 3, 3],
  [10, 2],
  [20, 3, 8, 3],
  [20, 3, 3, 3, 3, 3, 3, 3],
];

interface Marked {
  mark: Mark;
  colour: number;
}

/** Dashes for arrows, and for solid lines whose colour has no points: in grey, several colours look alike. */
export function rhythms(all: readonly Marked[]): (one: Marked) => Dash {
  const colours = (some: (mark: Mark) => boolean): number[] => [
    ...new Set(all.filter(({ mark }) => some(mark)).map(({ colour }) => colour)),
  ];
  const pointed = colours((mark) => mark.includes('points'));
  const lines = colours((mark) => mark === 'line');
  const alike = {
    line: lines.length > 1 ? lines.filter((colour) => !pointed.includes(colour)) : [],
    arrow: colours((mark) => mark === 'arrow'),
  };
  return ({ mark, colour }) => {
    if (mark !== 'line' && mark !== 'arrow') return DASHES[mark] ?? [];
    return RHYTHMS[Math.max(0, alike[mark].indexOf(colour)) % RHYTHMS.length];
  };
}
