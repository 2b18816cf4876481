import { activations } from '../gaussian/index.ts';
import { diagonalOfQ, layoutOf, type ResolvedProblem } from '../problem/index.ts';

/** Keeps the quotient of an error and its tolerance a number where nothing moves. */
const LEAST = 1e-290;
/** Squared lengths below this are short: `atol` shrinks with them. */
const SHORT = 1e-3;
/** relu vectors shorter than this count as so long: on the way to underflow they have no digits. */
const SHORTEST = 1e-270;
/** How many times its squared length a short vector may grow by in one step. */
const GROWTH = 8;

/** What the integrator may do at a state: how exact each order parameter must be, and how far a step may go. */
export interface Tolerances {
  /** Writes the absolute tolerance of each order parameter at y into out. */
  absolute(y: ArrayLike<number>, out: number[]): void;
  /** The longest step from y, where the motion is dy. */
  longestStep(y: ArrayLike<number>, dy: ArrayLike<number>): number;
}

/** The absolute tolerance of overlaps, or output weights, of this size. */
export const absoluteTolerance = (atol: number, size: number): number => atol * Math.min(1, size / SHORT);

/**
 * The absolute tolerance of an order parameter is `atol`, and less where vectors are short: then it shrinks with their
 * squared length, so that the curve of a problem whose weights are all of size 1e-6 is as exact as that of any other.
 *
 * The length in question is the largest of the problem for an activation that is smooth at zero. For relu it is that
 * of the two vectors themselves, as its averages depend on the angle between them, however short they are. There, a
 * short vector grows by no more than nine times in one step, since errors within a step are measured at its end.
 */
export function tolerancesOf(problem: ResolvedProblem, { atol }: { atol: number }): Tolerances {
  const shape = layoutOf(problem);
  const { K, M, R, v } = shape;
  const { smoothAtZero } = activations[problem.activation];
  const { T, A } = problem.teacher;
  const longest = T.reduce((most, row, m) => Math.max(most, row[m]), 0);
  const largestOutput = A.reduce((most, a) => Math.max(most, Math.abs(a)), 0);
  const diagonal = diagonalOfQ(shape);
  const lengths = new Float64Array(K + M);
  const toleranceOf = (size: number): number => Math.max(LEAST, absoluteTolerance(atol, size));

  return {
    absolute(y, out) {
      const largest = diagonal.reduce((most, at) => Math.max(most, y[at]), longest);
      const length = (square: number): number =>
        Math.sqrt(smoothAtZero ? largest : Math.max(SHORTEST, square));
      for (let k = 0; k < K; k++) lengths[k] = length(y[diagonal[k]]);
      for (let m = 0; m < M; m++) lengths[K + m] = length(T[m][m]);
      let output = largestOutput;
      for (let k = 0; k < K; k++) output = Math.max(output, Math.abs(y[v + k]));

      let at = 0;
      for (let k = 0; k < K; k++)
        for (let l = k; l < K; l++) out[at++] = toleranceOf(lengths[k] * lengths[l]);
      for (let k = 0; k < K; k++)
        for (let m = 0; m < M; m++) out[R + k * M + m] = toleranceOf(lengths[k] * lengths[K + m]);
      for (let k = 0; k < K; k++) out[v + k] = toleranceOf(output);
    },
    longestStep(y, dy) {
      let step = Number.POSITIVE_INFINITY;
      if (smoothAtZero) return step;
      for (const at of diagonal)
        if (y[at] > 0 && y[at] < SHORT && dy[at] > 0) step = Math.min(step, (GROWTH * y[at]) / dy[at]);
      return step;
    },
  };
}
