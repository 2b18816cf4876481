import { short as plain } from '../../draw/index.ts';

/** Three digits with a minus that is as long as a plus; "none" where there is no number. */
export const short = (x: number): string => (Number.isNaN(x) ? 'none' : plain(x).replace('-', '−'));

/** As many digits behind the point whatever the number, for what stands in columns. */
export function fixed(x: number, places: number): string {
  if (!Number.isFinite(x)) return Number.isNaN(x) ? '–' : x > 0 ? '∞' : '−∞';
  if (Math.abs(x) >= 1000) return short(x);
  const digits = x.toFixed(places);
  // What rounds to zero has no sign.
  return Number(digits) === 0 ? digits.replace('-', '') : digits.replace('-', '−');
}

const SUBSCRIPTS = '₀₁₂₃₄₅₆₇₈₉';
/** "₁₂". */
export const subscript = (n: number): string =>
  [...String(n)].map((digit) => SUBSCRIPTS[Number(digit)]).join('');

/** "1,094". */
export const counted = (n: number): string => n.toLocaleString('en');
