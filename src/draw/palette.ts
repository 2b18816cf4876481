/**
 * Okabe & Ito's colours, which everyone can distinguish. Their yellow, too light for lines on white, is made brown;
 * black is last.
 */
export const COLOURS = [
  '#0072b2',
  '#d55e00',
  '#009e73',
  '#cc79a7',
  '#e69f00',
  '#56b4e9',
  '#8c6d1f',
  '#000000',
] as const;

/** The colour at a place in the palette, which begins anew after its last. */
export const colourAt = (place: number): string => COLOURS[place % COLOURS.length];
