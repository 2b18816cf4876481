/** The middle one of some numbers; of two in the middle, the smaller. */
export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[(values.length - 1) >> 1];
