import { cosNearZero, LARGEST_ANGLE, quarterTurns, rest, sinNearZero } from './turn.ts';

/** The sine of an angle of at most 2^20; NaN beyond, where nothing here needs one. */
export function sin(x: number): number {
  const size = Math.abs(x);
  if (!(size <= LARGEST_ANGLE)) return Number.NaN;
  // Also zero with its sign.
  if (size < 2 ** -27) return x;
  const turns = quarterTurns(x);
  const value = turns & 1 ? cosNearZero(rest[0], rest[1]) : sinNearZero(rest[0], rest[1]);
  return turns & 2 ? -value : value;
}
