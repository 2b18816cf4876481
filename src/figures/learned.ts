/** Below this part of the error at the start a student has learned: the exponential fall is under way. */
export const LEARNED = 1e-4;

/** When the error of a curve was first seen below that; undefined if it never was. */
export const learnedAt = ({ alpha, eg }: { alpha: number[]; eg: number[] }): number | undefined =>
  alpha.find((_, i) => eg[i] < LEARNED * eg[0]);
