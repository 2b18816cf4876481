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
import { Solver } from './solver.ts';
import { stallWatch } from './stall.ts';
import { startOf } from './start.ts';
import { stepLengths } from './stepLengths.ts';
import { symmetryWatch } from './symmetry.ts';
import { tolerancesOf } from './tolerances.ts';

/** Growth beyond this, measured by the largest number of the problem, is divergence. */
const BLOW_UP = 1e10;
/** How far, relative to the largest squared length, a state may leave the positive cone at most. */
const MOST_OUTSIDE = 1e-3;
/** No step takes more evaluations than this. */
const MOST_EVALUATIONS = 200;
/** Steps in a row at which the state must be still before it is held. */
const STILL_STEPS = 3;

/** The solution from x0 to x1: the state at x1, and each component in between. */
export interface Segment {
  x0: number;
  x1: number;
  y: ArrayLike<number>;
  f: (component: number, x: number) => number;
}

/** Thrown out of a trial step that met NaN. */
class NoNumber extends Error {}

/**
 * The pieces of the solution from 0 to the last time asked for: odex, under watch. odex takes a NaN for a small error
 * and creeps at a state that has stopped, so both are caught here. A trial step that meets NaN is tried again with a
 * shorter step; a state that is still to rounding is held to the end. Where odex stalls (see `stallWatch`), a state
 * that is at rest to the tolerance is held too, and any other goes on at its previous pace, without odex's test of
 * stability.
 */
export function* segments(
  problem: ResolvedProblem,
  shape: Layout,
  stats: CurveStats,
  maxSteps: number,
): Generator<Segment> {
  const end = problem.alpha[problem.alpha.length - 1];
  const motion = equationsOfMotion(problem);
  const isStill = stillness(problem);
  const isAtRest = restTest(problem, motion, stats);
  const watch = stallWatch();
  const lengths = stepLengths(end, watch.pace);
  const isSymmetric = symmetryWatch(problem);
  const bound = divergenceBound(problem);
  const dy = new Float64Array(shape.size);
  const { absolute, longestStep } = tolerancesOf(problem, stats);
  /** odex reads them at each step. */
  const tolerances = new Array<number>(shape.size);
  const start = startOf(problem, motion);
  let alpha = start.alpha;
  let y = Array.from(start.y);
  let still = 0;

  const equations = (_alpha: number, y: number[], out: number[]): void => {
    // odex does not count the trials of a first or last step that it rejects.
    if (++stats.evaluations > MOST_EVALUATIONS * maxSteps) throw tooManySteps(alpha, maxSteps, problem);
    motion(y, out);
    for (let i = 0; i < shape.size; i++) if (!Number.isFinite(out[i])) throw new NoNumber();
  };
  const most = (): number => Math.min(lengths.most(), longestStep(y, dy));
  const odex = (): Solver =>
    new Solver(equations, shape.size, {
      rawFunction: true,
      relativeTolerance: stats.rtol,
      absoluteTolerance: tolerances,
      maxSteps: maxSteps - stats.steps + 1,
      maxStepSize: most(),
      ...lengths.now(),
    });

  /** Steps to the end, or until their lengths are to be chosen again. Returns whether the state is to be held. */
  function* steps(): Generator<Segment, boolean> {
    motion(y, dy);
    if (isStill(y, dy)) return true;
    absolute(y, tolerances);
    const solver = odex();
    for (const segment of solver.solutionSegments(alpha, y, end)) {
      stats.steps++;
      // Sums of steps may miss the end by a rounding.
      if (Math.abs(end - segment.x1) <= 1e-12 * end) segment.x1 = end;
      checkState(segment.y, segment.x1, problem, shape, bound, stats);
      yield segment;
      const before = y;
      const length = segment.x1 - segment.x0;
      alpha = segment.x1;
      y = segment.y;
      absolute(y, tolerances);
      if (stats.symmetricFrom === null && isSymmetric(y)) stats.symmetricFrom = alpha;
      if (alpha >= end) return false;
      motion(y, dy);
      still = isStill(y, dy) ? still + 1 : 0;
      if (still >= STILL_STEPS) return true;
      if (stats.steps >= maxSteps) throw tooManySteps(alpha, maxSteps, problem);
      if (!lengths.arePrescribed() && watch.stalls(length, before, y)) {
        if (isAtRest(y, dy)) return true;
        lengths.prescribe();
        return false;
      }
      if (lengths.endAfter(length)) return false;
      solver.limitStep(most());
    }
    return false;
  }

  if (alpha > 0) {
    const [from, to] = [pack(problem), start.y];
    yield { x0: 0, x1: alpha, y: to, f: (i, x) => from[i] + (x / alpha) * (to[i] - from[i]) };
  }
  while (alpha < end) {
    try {
      const isHeld = yield* steps();
      if (isHeld) {
        stats.heldFrom = alpha;
        const state = y;
        yield { x0: alpha, x1: end, y: state, f: (i) => state[i] };
        return;
      }
      lengths.free();
    } catch (error) {
      if (error instanceof NoNumber) {
        if (!lengths.shorten()) throw noNumber(y, alpha, problem, shape);
      } else if (error instanceof Error && error.message.startsWith('maximum allowed steps')) {
        throw tooManySteps(alpha, maxSteps, problem);
      } else throw error;
    }
  }
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
