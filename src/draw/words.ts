/** Numbers as people write them, for captions and verdicts. */

/** Three digits: "0.0123", "2.13·10⁷", "10⁻⁶"; powers of ten where there would be many zeros. */
export function short(x: number): string {
  const rounded = Number(x.toPrecision(3));
  const size = Math.abs(rounded);
  if (!Number.isFinite(rounded) || size === 0 || (size >= 1e-4 && size < 1e5)) return String(rounded);
  const [digits, exponent] = rounded.toExponential().split('e');
  const power = `10${superscript(Number(exponent))}`;
  return Math.abs(Number(digits)) === 1 ? digits.replace('1', power) : `${digits}·${power}`;
}

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';
/** "⁻¹²". */
export const superscript = (n: number): string =>
  `${n < 0 ? '⁻' : ''}${[...String(Math.abs(n))].map((digit) => SUPERSCRIPTS[Number(digit)]).join('')}`;

/** "1, 2 and 3". */
export function listed(items: readonly (string | number)[]): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} and ${items[items.length - 1]}`;
}

/** "F = (0.8, −0.5)". */
export const vector = (name: string, x: readonly number[]): string =>
  `${name} = (${x.map((value) => short(value).replace('-', '−')).join(', ')})`;
