import type { Curve } from '../../shallow/theory/index.ts';

/** A curve's error up to the time from which it is no larger than its rounding. */
export function knownPart({ alpha, eg, stats }: Curve): { alpha: number[]; eg: number[] } {
  const unknown = eg.findIndex((value) => value < stats.egFloor);
  const end = unknown < 0 ? eg.length : unknown;
  return { alpha: alpha.slice(0, end), eg: eg.slice(0, end) };
}
