import type { ResolvedProblem } from '../problem/index.ts';

/** A learning curve at the times asked for. */
export interface Curve {
  /** The problem that was solved, resolved: explicit overlaps, every default filled in. */
  problem: ResolvedProblem;
  alpha: number[];
  /** The test error without noise; never negative, and below `stats.egFloor` no digit is promised. */
  eg: number[];
  /** Q[i][k][l] at alpha[i]. */
  Q: number[][][];
  R: number[][][];
  v: number[][];
  /** cos(v, F), or cos(v, f) without feedback weights; NaN where v is zero. */
  weightAlignment: number[];
  /** The cosine between the first layer's updates and those of BP; see `Observables`. */
  updateAlignment: number[];
  stats: CurveStats;
}

/** What a curve took, and how far it can be trusted. */
export interface CurveStats {
  rtol: number;
  atol: number;
  steps: number;
  /**
   * Evaluations of the equations by the integrator. To test whether the state is at rest takes one more for each step,
   * and some where steps stall.
   */
  evaluations: number;
  /**
   * The time from which the state was held, because it had stopped to rounding or its steps stalled at rest; null if it
   * moved to the end.
   */
  heldFrom: number | null;
  /**
   * The time at which, by rounding, two teacher units became alike to the student (see `symmetryWatch`): from then on
   * the curve is that of a symmetric student. Null if that did not happen.
   */
  symmetricFrom: number | null;
  /**
   * The absolute floor of eg near perfect learning, where Q, R and T cancel in it: of values below this no digit is
   * promised. The largest along the curve, and so coarse for one that falls by many orders; a smaller rtol lowers it.
   */
  egFloor: number;
}
