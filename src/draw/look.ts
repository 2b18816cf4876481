import { COLOURS } from './palette.ts';

/** The colours of a picture. */
export interface Look {
  paper: string;
  /** Of words; black if not given. */
  ink?: string;
  grid: string;
  frame: string;
  /** Of the lines where x or y is 0; as the grid if not given. */
  zero?: string;
  /** Of lines across the picture. */
  across: string;
  bands: readonly string[];
  /** Of series, in the order of `Series.colour`: that of the ink first, as one line alone is best in it. */
  pens: readonly string[];
  /** Points of each colour have a symbol of their own, and solid lines a rhythm: they differ in grey, too. */
  distinct?: boolean;
  /** Under a legend among the data the grid is paler, so that it crosses out no words. */
  backed?: boolean;
}

const COLOURED = COLOURS.slice(0, -1);

export const LIGHT: Look = {
  paper: '#ffffff',
  grid: '#dddddd',
  frame: '#333333',
  across: '#444444',
  bands: ['#ececec', '#f7f3e3'],
  pens: [COLOURS[COLOURS.length - 1], ...COLOURED],
};

/** For pictures in papers. */
export const PRINT: Look = { ...LIGHT, distinct: true, zero: '#999999', backed: true };

/** For dark screens: of the palette's colours the two that are too dark there are made lighter. */
export const DARK: Look = {
  paper: '#16181d',
  ink: '#e4e6eb',
  grid: '#33373f',
  frame: '#9aa0aa',
  across: '#b4bac4',
  bands: ['#20242b', '#2a2719'],
  pens: [
    '#e4e6eb',
    ...COLOURED.map((colour) => ({ '#0072b2': '#4aa8e0', '#8c6d1f': '#c9a24a' })[colour as string] ?? colour),
  ],
};
