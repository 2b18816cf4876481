import { exp, ln } from '../../numbers/index.ts';

/**
 * Positions on the axis that is shown: at constant speed there, a player takes as long for each decade of a log axis.
 */
export interface AxisTime {
  /** From 0 at the first time to 1 at the last. */
  place(alpha: number): number;
  /** The time there. */
  at(place: number): number;
}

/** The axis of a list of times; a log axis begins at the first that is above 0. */
export function axisTime(alpha: readonly number[], log: boolean): AxisTime {
  const last = alpha[alpha.length - 1];
  const scale = log ? ln : (x: number): number => x;
  const value = log ? exp : (x: number): number => x;
  const first = scale(alpha.find((a) => !log || a > 0) ?? last);
  const span = scale(last) - first;
  return {
    place: (a) => (span > 0 ? Math.min(1, Math.max(0, (scale(a) - first) / span)) : 1),
    at: (place) => (place >= 1 ? last : value(first + place * span)),
  };
}
