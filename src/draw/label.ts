import { escaped, xmlText } from './svg.ts';

/*
 * Words of pictures, with subscripts: "R_12", "ε_g", "|F_k|", "x_{k+1}", and "R_1_12" as the columns of tables are
 * called. Only a single letter, or its change as in "dR_12", has a subscript: names such as "my_run" stay as they are.
 */
const SUBSCRIPT =
  /(?<![\p{L}\p{M}\d_])(d?\p{L}\p{M}*)_(?:\{([^{}\s]+)\}|(\d+(?:_\d+)+|[\p{L}\d]+)(?![\p{L}\p{M}\d_]))/gu;

/** Of what the pattern has found. */
const subscript = ([, , braced, plain]: readonly string[]): string => braced ?? together(plain);

/** "12" for "1_2"; with a comma between where a number has two digits. */
function together(indices: string): string {
  const each = indices.split('_');
  return each.join(each.some((index) => index.length > 1) ? ',' : '');
}

const replaced = (label: string, write: (subscript: string) => string): string =>
  label.replace(SUBSCRIPT, (...found) => found[1] + write(subscript(found)));

/** The letters that are shown. */
export const lettersOf = (label: string): string => replaced(label, (subscript) => subscript);

/** As HTML and Plotly have it, of words that are escaped already. */
export const withSubs = (words: string): string => replaced(words, (subscript) => `<sub>${subscript}</sub>`);

/** A label as HTML. */
export const labelHtml = (label: string): string => withSubs(escaped(label));

/** Pixels of a picture's letters, where nothing else is said. */
export const FONT = 13;

/** A label in an SVG, at a place in pixels. */
export const text = (x: number, y: number, label: string, anchor: string, size = FONT): string =>
  `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}" ${size === FONT ? '' : `font-size="${size}"`}>${labelSvg(label, size)}</text>`;

/**
 * A label as it stands in a text of SVG whose letters have so many pixels. Not every renderer knows `baseline-shift`:
 * subscripts are lowered by dy, and the words after them raised again.
 */
export function labelSvg(label: string, size = FONT): string {
  const [small, down] = [Math.round(0.75 * size), Math.round(0.25 * size)];
  const words = xmlText(label);
  let svg = '';
  let at = 0;
  const upTo = (end: number): void => {
    const part = words.slice(at, end);
    svg += at > 0 && part !== '' ? `<tspan dy="${-down}">${part}</tspan>` : part;
  };
  for (const found of words.matchAll(SUBSCRIPT)) {
    upTo(found.index + found[1].length);
    svg += `<tspan dy="${down}" font-size="${small}">${subscript(found)}</tspan>`;
    at = found.index + found[0].length;
  }
  upTo(words.length);
  return svg;
}
