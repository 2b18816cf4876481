import { cosNearZero, LARGEST_ANGLE, quarterTurns, rest, sinNearZero } from './turn.ts';

/** The sine of an angle of at most 2^20; NaN beyond, where nothing here needs one. */
export function sin(x: number): number {
  if (!(Math.abs(x) <= LARGEST_ANGLE)) return Number.NaN;
  const turns = quarterTurns(x);
  const value = (turns & 1 ? cosNearZero : sinNearZero)(rest.high, rest.low);
  return turns & 2 ? -value : value;
}
