/** Lines of WGSL, one for each of 0 … n−1, written out: indices that a compiler knows keep arrays in registers. */
export const each = (n: number, line: (i: number) => string, between = '\n'): string =>
  Array.from({ length: n }, (_, i) => line(i)).join(between);

/** A number as a literal of WGSL: the nearest float. */
export const float = (x: number): string => {
  const text = String(Math.fround(x));
  return /[.e]/.test(text) ? `${text}f` : `${text}.0f`;
};

/** The text without the empty lines that empty parts leave in it. */
export const tidy = (text: string): string =>
  text
    .replace(/\n{2,}(?= {2})/g, '\n')
    .replace(/\n+\}/g, '\n}')
    .replace(/\n{3,}/g, '\n\n');
