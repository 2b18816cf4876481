import type { Curve } from '../../shallow/theory/index.ts';

/** A curve's error as far down as it is known: from where rounding decides on, there is nothing to show. */
export function knownPart({ alpha, eg, stats }: Curve): { alpha: number[]; eg: number[] } {
  const unknown = eg.findIndex((value) => value < stats.egFloor);
  const end = unknown < 0 ? eg.length : unknown;
  return { alpha: alpha.slice(0, end), eg: eg.slice(0, end) };
}
