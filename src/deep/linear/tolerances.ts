import type { Course } from '../../ode/index.ts';
import type { Block, Equations } from './equations.ts';
import type { Moments } from './moments.ts';

/** Keeps the quotient of an error and its tolerance a number where nothing moves. */
const LEAST = 1e-290;
/** Blocks whose largest element is below this are small: `atol` shrinks with it. */
const SMALL = 1e-3;
/** How many times its size a small block may grow by in one step. */
const GROWTH = 8;

/** The largest element of a block. */
export function sizeOf(y: ArrayLike<number>, { from, rows, columns }: Block): number {
  let most = 0;
  for (let i = from; i < from + rows * columns; i++) most = Math.max(most, Math.abs(y[i]));
  return most;
}

/**
 * The absolute tolerance of an element is `atol`, and less where its whole matrix is small: from zero weights layer l
 * grows as t^{2^{l−1}}, and the alignments are to be exact while it is 1e-30. The error Δ of the map goes to zero: what
 * counts of it is |Δ_j|√λ_j along each axis of the inputs, measured by the largest of them.
 */
export function tolerancesOf(
  { layers, error }: Equations,
  { values, rank }: Moments,
  atol: number,
): Pick<Course, 'absolute' | 'longestStep'> {
  const roots = values.map(Math.sqrt);
  const least = roots.reduce((min, x) => (x > 0 ? Math.min(min, x) : min), Number.POSITIVE_INFINITY);
  /** √λ_j; along axes without variance, that of the least, and 1 where there is none. */
  const weights = roots.map((x) => (x > 0 ? x : least < Number.POSITIVE_INFINITY ? least : 1));
  const toleranceOf = (size: number): number => Math.max(LEAST, atol * Math.min(1, size / SMALL));
  return {
    absolute(y, out) {
      for (const block of layers) {
        const size = sizeOf(y, block);
        // A layer of zeros has no size yet.
        const tolerance = size > 0 ? toleranceOf(size) : atol;
        for (let i = block.from; i < block.from + block.rows * block.columns; i++) out[i] = tolerance;
      }
      let largest = 0;
      const { from, rows, columns } = error;
      for (let at = 0; at < rows * columns; at++)
        largest = Math.max(largest, Math.abs(y[from + at]) * weights[at % rank]);
      for (let at = 0; at < rows * columns; at++) out[from + at] = toleranceOf(largest / weights[at % rank]);
    },
    longestStep(y, dy) {
      let step = Number.POSITIVE_INFINITY;
      for (const block of layers) {
        const size = sizeOf(y, block);
        if (size > 0 && size < SMALL) step = Math.min(step, (GROWTH * size) / sizeOf(dy, block));
      }
      return step;
    },
  };
}
