/** The name that was probably meant; undefined if none is like it. */
export function nearest(meant: string, names: readonly string[]): string | undefined {
  const word = meant.toLowerCase();
  let found: string | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const name of names) {
    const other = name.toLowerCase();
    const distance = editDistance(word, other);
    // "figure3a" is far from "3a" in letters, and yet names it.
    const like =
      distance <= Math.max(word.length, other.length) / 2 || (/\d|../.test(other) && word.includes(other));
    if (like && distance < least) [found, least] = [name, distance];
  }
  return found;
}

/** " (did you mean 3a?)", or nothing; `before` stands before each name. */
export function meaning(meant: string, names: readonly string[], before = ''): string {
  const name = nearest(meant, names);
  return name === undefined ? '' : ` (did you mean ${before}${name}?)`;
}

/** 'there is no figure "2aa" (did you mean 2a?); the figures are 2a, 2b'. */
export const noSuch = (kind: string, name: string, names: readonly string[]): string =>
  `there is no ${kind} "${name}"${meaning(name, names)}; the ${kind}s are ${names.join(', ')}`;

/** How many letters must be put in, taken out or replaced, or neighbours swapped, to make one word of the other. */
function editDistance(a: string, b: string): number {
  const rows = Array.from({ length: a.length + 1 }, (_, i) =>
    Array.from({ length: b.length + 1 }, (_, j) => i + j),
  );
  for (let i = 1; i <= a.length; i++)
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      rows[i][j] = Math.min(
        rows[i - 1][j] + 1,
        rows[i][j - 1] + 1,
        rows[i - 1][j - 1] + (same ? 0 : 1),
        swapped ? rows[i - 2][j - 2] + 1 : Number.POSITIVE_INFINITY,
      );
    }
  return rows[a.length][b.length];
}
