import { log10, power } from '../../numbers/index.ts';

/** How a slider goes over its numbers: its places are linear, from `first` to `last`. */
export interface Scale {
  first: number;
  last: number;
  step: number;
  /** The place of a number; of one beyond the ends, the end. */
  place(value: number): number;
  value(place: number): number;
}

const within = (x: number, first: number, last: number): number => Math.min(last, Math.max(first, x));

export function linear(first: number, last: number, step: number): Scale {
  return {
    first,
    last,
    step,
    place: (value) => within(value, first, last),
    // So that 0.30000000000000004 becomes 0.3.
    value: (place) => Number(place.toPrecision(12)),
  };
}

/** Places of a decade, and how far below the smallest number zero stands. */
const STEP = 0.01;
const ZERO = 0.25;

/** Equal ratios at equal distances; with `zero` the first place is 0. */
export function log(least: number, most: number, { zero = false } = {}): Scale {
  const lowest = log10(least);
  const first = zero ? lowest - ZERO : lowest;
  const last = log10(most);
  return {
    first,
    last,
    step: STEP,
    place: (value) => (value > 0 ? within(log10(value), lowest, last) : first),
    value: (place) => (zero && place < lowest - STEP / 2 ? 0 : tidy(power(10, Math.max(place, lowest)))),
  };
}

const tidy = (x: number): number => Number(x.toPrecision(3));
