/** The plural of what is counted: "rows of finite numbers". */
export const plural = (one: string): string =>
  one.endsWith('series')
    ? one
    : one.endsWith('matrix')
      ? one.replace(/matrix$/, 'matrices')
      : one.replace(/ of |$/, (rest) => `s${rest}`);

/** "1 row", "2 rows": a count and what is counted. `written` is the number as it stands in the text. */
export const howMany = (n: number, one: string, written = String(n)): string =>
  `${written} ${n === 1 ? one : plural(one)}`;
