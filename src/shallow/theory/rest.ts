import { EigenvalueDecomposition, Matrix, solve } from 'ml-matrix';
import { hypot } from '../../numbers/index.ts';
import type { Motion } from '../../ode/index.ts';
import { activations } from '../gaussian/index.ts';
import { layoutOf, type ResolvedProblem } from '../problem/index.ts';
import { differentiate } from './jacobian.ts';
import { tolerancesOf } from './tolerances.ts';

/** Rates below this, relative to the largest, are zeros seen through finite differences. */
const ZERO = 1e-7;
/** The most units for which eigenvalues are computed. */
const LARGEST = 12;
/** How far the state may still have to move, in units of the tolerance. */
const LEFT = 0.1;

/**
 * Tests whether y is so close to an attracting fixed point that from here the exact curve never moves by more than the
 * tolerance, which shrinks with short vectors. Every eigenvalue of the Jacobian J must have a negative real part, and
 * the deviation J⁻¹ dy/dα, expanded in eigenvectors, must be small in the sum of its parts, so that it is small at all
 * later times.
 *
 * A plateau has a positive eigenvalue and is never taken for rest, however close to it the student is. Nor is a state
 * on a line of fixed points, nor any state of relu, whose Jacobian is not smooth at the edge of the positive cone.
 */
export function restTest(
  problem: ResolvedProblem,
  motion: Motion,
  { rtol, atol }: { rtol: number; atol: number },
): (y: ArrayLike<number>, dy: ArrayLike<number>) => boolean {
  const { K, M, size } = layoutOf(problem);
  if (!activations[problem.activation].smoothAtZero || Math.max(K, M) > LARGEST) return () => false;
  const { absolute } = tolerancesOf(problem, { atol });
  const tolerances = new Array<number>(size);
  return (y, dy) => {
    const full = differentiate(motion, y, size);
    if (!full.flat().every(Number.isFinite)) return false;
    // Components that never move, such as a second layer that is not trained, are not among the unknowns.
    const moving = full.flatMap((row, i) => (dy[i] !== 0 || row.some((x) => x !== 0) ? [i] : []));
    if (moving.length === 0) return true;
    const jacobian = new Matrix(moving.map((i) => moving.map((j) => full[i][j])));
    const {
      realEigenvalues: re,
      imaginaryEigenvalues: im,
      eigenvectorMatrix: vectors,
    } = new EigenvalueDecomposition(jacobian);
    const largest = Math.max(...re.map((x, j) => hypot(x, im[j])));
    if (!re.every((x) => x < -ZERO * largest)) return false;
    const deviation = solve(jacobian, Matrix.columnVector(moving.map((i) => dy[i])), true);
    const parts = solve(vectors, deviation, true).to1DArray().map(Math.abs);
    // Two eigenvectors of a complex pair turn into each other.
    const most = parts.map((part, j) => part + (im[j] === 0 ? 0 : parts[j + Math.sign(im[j])]));
    absolute(y, tolerances);
    return moving.every((i, at) => {
      const left = most.reduce((sum, part, j) => sum + Math.abs(vectors.get(at, j)) * part, 0);
      return left <= LEFT * (tolerances[i] + rtol * Math.abs(y[i]));
    });
  };
}
