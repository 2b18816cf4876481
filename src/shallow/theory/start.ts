import type { Motion } from '../../ode/index.ts';
import { activations } from '../gaussian/index.ts';
import { covariance, diagonalOfQ, layoutOf, pack, type ResolvedProblem } from '../problem/index.ts';
import { equationsOfMotion } from './equations.ts';

/** A time so early that √α is below any tolerance, in units of that in which squared lengths change. */
const EARLY = 1e-20;
/** A start need not be earlier than this. */
const EARLIEST = 1e-280;
/** Rounds of the iteration below; each halves what is left, or better. */
const ROUNDS = 100;

/**
 * Where the integration starts: at α = 0, or a little later. A relu unit of weights zero has no direction, and the
 * equations are singular there: the correlations of such units jump from undetermined at α = 0 to what they are for
 * all small α > 0. There
 *
 *     Q_kl = q_kl α + O(α^{3/2}),   R_km = r_km α + O(α^{3/2})
 *
 * with q and r the motion at these very overlaps, which depends on q only through q_kl/√(q_kk q_ll). So the overlaps at
 * a first small α are found by iterating y = y(0) + α dy/dα(y). (For two units that are driven alike the correlation
 * solves ρ = ½ + asin(ρ)/π, which is 0.790.)
 */
export function startOf(problem: ResolvedProblem, motion: Motion): { alpha: number; y: Float64Array } {
  const y0 = pack(problem);
  const still = { alpha: 0, y: y0 };
  if (activations[problem.activation].smoothAtZero) return still;
  const shape = layoutOf(problem);
  const { n, size } = shape;
  const dy = new Float64Array(size);
  motion(y0, dy);
  let growth = 0;
  /** In which a unit with weights changes. */
  let time = 1;
  for (const at of diagonalOfQ(shape)) {
    if (y0[at] === 0) growth = Math.max(growth, dy[at]);
    else if (dy[at] !== 0) time = Math.min(time, Math.abs(y0[at] / dy[at]));
  }
  if (!(growth > 0 && growth < Number.POSITIVE_INFINITY)) return still;

  const C = covariance(problem, y0);
  let longest = 0;
  for (let i = 0; i < n; i++) longest = Math.max(longest, C[i * n + i]);
  const end = problem.alpha[problem.alpha.length - 1];
  const alpha = Math.min(end, Math.max(EARLIEST, EARLY * Math.min(time, (longest || 1) / growth)));
  const y = y0.slice();
  for (let round = 0; round < ROUNDS; round++) {
    for (let i = 0; i < size; i++) y[i] = y0[i] + alpha * dy[i];
    motion(y, dy);
  }
  return { alpha, y };
}

/**
 * The first unit, from 0, of weights exactly zero that theory moves and no student does: g'(0) = 0 in relu students,
 * where theory takes the limit of small weights. Undefined if there is none.
 */
export function stuckUnit(problem: ResolvedProblem): number | undefined {
  if (activations[problem.activation].smoothAtZero) return undefined;
  const y = pack(problem);
  const diagonal = diagonalOfQ(layoutOf(problem));
  if (diagonal.every((at) => y[at] !== 0)) return undefined;
  const dy = new Float64Array(y.length);
  equationsOfMotion(problem)(y, dy);
  const unit = diagonal.findIndex((at) => y[at] === 0 && dy[at] > 0);
  return unit < 0 ? undefined : unit;
}
