/** Below this part of the error at the start a student has learned: the exponential fall is under way. */
export const LEARNED = 1e-4;

interface ErrorCurve {
  alpha: number[];
  eg: number[];
}

/** When the error of a curve was first seen below that; undefined if it never was. */
export const learnedAt = ({ alpha, eg }: ErrorCurve): number | undefined =>
  alpha.find((_, i) => eg[i] < LEARNED * eg[0]);

/** What a claim reports of a curve: when it has learned, if it has, and its last known point. */
export type Outcome = { learnedAt: number | null; last: { alpha: number; eg: number } };

export const outcomeOf = (curve: ErrorCurve): Outcome => ({
  learnedAt: learnedAt(curve) ?? null,
  last: { alpha: curve.alpha[curve.alpha.length - 1], eg: curve.eg[curve.eg.length - 1] },
});
