/** Text escaped for plotly, which interprets tags of its own. */
export const plotlyText = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

/** Words in lines of at most so many letters, where they allow it. */
export const wrapped = (text: string, letters: number): string => linesOf(text, letters).join('<br>');

export function linesOf(text: string, letters: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/ +/)) {
    const last = lines.at(-1);
    if (last !== undefined && lettersOf(`${last} ${word}`) <= letters)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** An entity is one letter. */
const lettersOf = (text: string): number => text.replace(/&\w+;/g, '.').length;

/** The width of a letter as a part of its height, in the widest of the fonts that "sans-serif" stands for. */
const WIDE = 0.56;

/** Pixels that a line takes at most. */
export const widthOf = (line: string, size: number): number => WIDE * size * lettersOf(line);

/** Letters that so many pixels hold. */
export const lettersIn = (pixels: number, size: number): number => Math.floor(pixels / (WIDE * size));
