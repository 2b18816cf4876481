import { type Segment, segments } from '../../ode/index.ts';
import {
  componentName,
  covariance,
  isPositive,
  type Layout,
  negativePart,
  pack,
  type ResolvedProblem,
} from '../problem/index.ts';
import type { CurveStats } from './curve.ts';
import { equationsOfMotion } from './equations.ts';
import { diverged, noNumber, notPositive, tooManySteps } from './failures.ts';
import { restTest } from './rest.ts';
import { stillness } from './rounding.ts';
import { startOf } from './start.ts';
import { symmetryWatch } from './symmetry.ts';
import { tolerancesOf } from './tolerances.ts';

/** Growth beyond this, measured by the largest number of the problem, is divergence. */
const BLOW_UP = 1e10;
/** How far, relative to the largest squared length, a state may leave the positive cone at most. */
const MOST_OUTSIDE = 1e-3;

/** The pieces of the solution from 0 to the last time asked for. */
export function* curveSegments(
  problem: ResolvedProblem,
  shape: Layout,
  stats: CurveStats,
  maxSteps: number,
): Generator<Segment> {
  const motion = equationsOfMotion(problem);
  const isSymmetric = symmetryWatch(problem);
  const bound = divergenceBound(problem);
  const { alpha, y } = startOf(problem, motion);
  if (alpha > 0) {
    const from = pack(problem);
    yield {
      x0: 0,
      x1: alpha,
      y,
      at(x, out) {
        for (let i = 0; i < shape.size; i++) out[i] = from[i] + (x / alpha) * (y[i] - from[i]);
      },
    };
  }
  yield* segments({
    size: shape.size,
    motion,
    from: alpha,
    start: y,
    end: problem.alpha[problem.alpha.length - 1],
    rtol: stats.rtol,
    maxSteps,
    counts: stats,
    ...tolerancesOf(problem, stats),
    isStill: stillness(problem),
    isAtRest: restTest(problem, motion, stats),
    check(y, alpha) {
      checkState(y, alpha, problem, shape, bound, stats);
      if (stats.symmetricFrom === null && isSymmetric(y)) stats.symmetricFrom = alpha;
    },
    tooManySteps: (alpha) => tooManySteps(alpha, maxSteps, problem),
    noNumber: (y, alpha) => noNumber(y, alpha, problem, shape),
  });
}

function checkState(
  y: ArrayLike<number>,
  alpha: number,
  problem: ResolvedProblem,
  shape: Layout,
  bound: number,
  stats: CurveStats,
): void {
  for (let i = 0; i < shape.size; i++) {
    if (Math.abs(y[i]) <= bound) continue;
    throw diverged(y[i], alpha, componentName(i, shape), problem);
  }
  // On the edge of the cone errors accumulate along a plateau's neutral directions, far beyond rtol for each step.
  const C = covariance(problem, y);
  if (!isPositive(C, shape.n, Math.min(Math.sqrt(stats.rtol), MOST_OUTSIDE))) {
    const found = `its smallest eigenvalue is ${negativePart(C, shape.n).toPrecision(2)} of the largest squared length`;
    throw notPositive(alpha, found, '[[Q,R],[Rᵀ,T]]', stats);
  }
}

/** The size of an order parameter beyond which a curve, or a student, is said to diverge. */
export function divergenceBound(problem: ResolvedProblem): number {
  const { T, A } = problem.teacher;
  const numbers = [...pack(problem), ...T.flat(), ...A];
  return BLOW_UP * numbers.reduce((most, x) => Math.max(most, Math.abs(x)), 1);
}
