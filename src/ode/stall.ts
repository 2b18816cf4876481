/** Steps in a row that lead nowhere before odex is said to stall. */
const STEPS = 10;
/** A short step is this much shorter than steps were before. */
const SHORT = 1 / 8;
/** The weight of the newest step in the mean length. */
const NEWEST = 0.02;

export interface StallWatch {
  /** Whether odex stalls, after a step of this length that took the state from `before` to `after`. */
  stalls(length: number, before: ArrayLike<number>, after: ArrayLike<number>): boolean;
  /** The mean length of the last fifty steps or so that led somewhere. */
  pace(): number;
}

/**
 * Watches for a fault of odex near fixed points. To keep the explicit method stable, odex halves a step when |f(y +
 * (h/2) f(y)) − f(y)|² > 4 |f(y)|², each component measured by its tolerance. Near a fixed point a component that goes
 * to zero is measured by atol alone, and there f is mostly rounding: the test fails at random. Once short steps leave
 * the state unchanged to the last bit, it fails for ever, however short the step.
 */
export function stallWatch(): StallWatch {
  let mean = 0;
  let nowhere = 0;
  return {
    stalls(length, before, after) {
      if (length < SHORT * mean && !movedBeyondRounding(before, after)) {
        if (++nowhere < STEPS) return false;
        nowhere = 0;
        return true;
      }
      nowhere = 0;
      mean += NEWEST * (length - mean);
      return false;
    },
    pace: () => mean,
  };
}

/** Whether any order parameter changed by more than the rounding of the largest. */
function movedBeyondRounding(before: ArrayLike<number>, after: ArrayLike<number>): boolean {
  let largest = 0;
  let change = 0;
  for (let i = 0; i < after.length; i++) {
    largest = Math.max(largest, Math.abs(after[i]));
    change = Math.max(change, Math.abs(after[i] - before[i]));
  }
  return change > Number.EPSILON * largest;
}
