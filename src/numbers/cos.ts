import { cosNearZero, LARGEST_ANGLE, quarterTurns, rest, sinNearZero } from './turn.ts';

/** The cosine of an angle of at most 2^20; NaN beyond, where nothing here needs one. */
export function cos(x: number): number {
  if (!(Math.abs(x) <= LARGEST_ANGLE)) return Number.NaN;
  const turns = quarterTurns(x);
  const value = turns & 1 ? sinNearZero(rest[0], rest[1]) : cosNearZero(rest[0], rest[1]);
  return (turns + 1) & 2 ? -value : value;
}
