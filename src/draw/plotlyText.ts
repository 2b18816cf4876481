import { lettersOf, withSubs } from './label.ts';

/** A label as plotly takes it, which interprets tags: escaped, and with those of subscripts. */
export const plotlyText = (label: string): string =>
  withSubs(label.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;'));

/** Words in lines of at most so many letters, where they allow it. */
export const wrapped = (text: string, letters: number): string => linesOf(text, letters).join('<br>');

export function linesOf(text: string, most: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/ +/)) {
    const last = lines.at(-1);
    if (last !== undefined && letters(`${last} ${word}`) <= most) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** How many letters are shown, of a label or of what plotly takes: an entity is one letter, and tags are none. */
const letters = (text: string): number =>
  lettersOf(text)
    .replace(/<\/?sub>/g, '')
    .replace(/&\w+;/g, '.').length;

/** The width of a letter as a part of its height, in the widest of the fonts that "sans-serif" stands for. */
const WIDE = 0.56;

/** Pixels that a line takes at most. */
export const widthOf = (line: string, size: number): number => WIDE * size * letters(line);

/** Letters that so many pixels hold. */
export const lettersIn = (pixels: number, size: number): number => Math.floor(pixels / (WIDE * size));
