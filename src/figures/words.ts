/** Numbers as people write them, for captions and verdicts. */

/** Three digits: "0.0123", "1.2e-5". */
export const short = (x: number): string => String(Number(x.toPrecision(3)));

/** "1, 2 and 3". */
export function listed(items: readonly (string | number)[]): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} and ${items[items.length - 1]}`;
}

/** "F = (0.8, −0.5)". */
export const vector = (name: string, x: readonly number[]): string =>
  `${name} = (${x.map((value) => short(value).replace('-', '−')).join(', ')})`;
