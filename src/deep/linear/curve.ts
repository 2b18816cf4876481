import type { ResolvedDeepProblem } from '../problem/index.ts';
import type { LayerAlignments } from './observables.ts';

/** A learning curve of a deep linear network at the times asked for. */
export interface DeepCurve {
  /** The problem that was solved, every default filled in. */
  problem: ResolvedDeepProblem;
  /** t = η·steps, for η → 0. */
  time: number[];
  trainLoss: number[];
  /** NaN where there is nothing to test on. */
  testLoss: number[];
  /** ∠(F_l F_{l−1}ᵀ, W_l) at time[i] in layers[i][l − 1]; NaN where there is none, as for layer 1 or without feedback. */
  weightAlignment: AlignmentCurves;
  /** The cosine of δa_l with that of BP over all examples, likewise; NaN for the output layer. */
  gradientAlignment: AlignmentCurves;
  /**
   * A_l at time[i] in A[i][l − 2], for l = 2 … L, where the reduced equations were solved: W_l = F_l A_l F_{l−1}ᵀ, and
   * W_L = A_L F_{L−1}ᵀ. Otherwise null.
   */
  alignmentMatrices: number[][][][] | null;
  stats: DeepStats;
}

export interface AlignmentCurves {
  layers: LayerAlignments['layers'][];
  total: LayerAlignments['total'][];
}

/** What a curve took. */
export interface DeepStats {
  rtol: number;
  atol: number;
  /** "reduced": those of the alignment matrices, exact for DFA, FA and DRTP from zero weights; "full": those of the weights. */
  equations: 'reduced' | 'full';
  /** Numbers that move. */
  unknowns: number;
  steps: number;
  evaluations: number;
  /** The time from which nothing moved any more, to rounding; null if it moved to the end. */
  heldFrom: number | null;
}
