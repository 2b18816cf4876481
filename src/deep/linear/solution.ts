import { tProduct } from '../../numbers/matrix.ts';
import { isPositive, POSITIVE_TOLERANCE } from '../../numbers/positive.ts';
import { dop853, type Segment, segments } from '../../ode/index.ts';
import type { ResolvedDeepProblem } from '../problem/index.ts';
import type { DeepStats } from './curve.ts';
import { symmetricEigen } from './eigen.ts';
import type { Equations } from './equations.ts';
import { diverged, noNumber, outOfReach, tooManySteps } from './failures.ts';
import type { Moments } from './moments.ts';
import { sizeOf, tolerancesOf } from './tolerances.ts';

/** Growth beyond this, measured by the largest number of the start and the targets, is divergence. */
const BLOW_UP = 1e10;
/** Weights that would change by less than this of themselves to the end stay as they are. */
const STILL = 1e-16;
/** An error has died out after so many of the times in which it would fall to zero at its present rate. */
const DYING = 100;
/** How often it is estimated whether the steps left reach the end. */
const ESTIMATE_EVERY = 1000;
/** So much smaller than what no map can fit, whatever is looked at of it, an error is no longer seen in ⟨eeᵀ⟩. */
const UNSEEN = 1e-18;

/** The least eigenvalue of a covariance: no linear look at the errors sees less of them. */
const least = (S: Float64Array, m: number): number => Math.max(0, Math.min(...symmetricEigen(S, m).values));

/**
 * Whether no part of the error can grow any more while the weights stay as they are: dΔ/dt = −Σ_l Y_l D_l ΔΛ P_lᵀP_l with
 * P_l = W_{l−1} … W_1 and Y_l = W_L … W_{l+1}, so it is enough that no Y_l D_l has a direction in which it is negative. An
 * error of 1e-30 would do that grows where weights are against the feedback.
 */
function isStable({ look }: Equations, m: number, y: ArrayLike<number>): boolean {
  return look(y).signals.every(({ rule, bp }) => {
    const YD = new Float64Array(m * m);
    tProduct(YD, bp, rule, m, rule.length / m, m);
    const symmetric = YD.map((x, at) => x + YD[(at % m) * m + Math.floor(at / m)]);
    return isPositive(symmetric, m, POSITIVE_TOLERANCE);
  });
}

/** The pieces of the solution from `from` to `end`. */
export function solution(
  problem: ResolvedDeepProblem,
  equations: Equations,
  moments: Moments,
  from: number,
  start: Float64Array,
  stats: DeepStats,
  maxSteps: number,
  end: number,
): Generator<Segment> {
  const { size, layers, units, error, motion } = equations;
  const bound = BLOW_UP * Math.max(1, sizeOf(start, { from: 0, rows: 1, columns: size }));
  const seen = UNSEEN * least(moments.residual, moments.outputs);
  let now = from;
  let estimated = from;
  /** How long weights go on as they do: where all learn of an error that dies out, no longer than that takes. */
  const toGo = (y: ArrayLike<number>, dy: ArrayLike<number>): number =>
    problem.rule === 'drtp' ? end - now : Math.min(end - now, (DYING * sizeOf(y, error)) / sizeOf(dy, error));
  const moves = (y: ArrayLike<number>, dy: ArrayLike<number>): boolean => {
    const left = toGo(y, dy);
    return layers.some((block) => sizeOf(dy, block) * left > STILL * sizeOf(y, block));
  };
  /** The error is not seen, dies out long before the end, and no part of it grows. */
  const isOver = (y: ArrayLike<number>, dy: ArrayLike<number>): boolean => {
    let largest = 0;
    let square = 0;
    let growth = 0;
    for (let at = 0; at < error.rows * error.columns; at++) {
      const variance = moments.values[at % moments.rank];
      const Delta = y[error.from + at];
      largest = Math.max(largest, Delta * Delta * variance);
      square += Delta * Delta * variance;
      growth += 2 * Delta * dy[error.from + at] * variance;
    }
    if (square === 0) return true;
    if (largest > seen || DYING * square > -growth * (end - now)) return false;
    return problem.rule === 'drtp' || isStable(equations, moments.outputs, y);
  };
  return segments({
    method: dop853,
    size,
    motion,
    from,
    start,
    end,
    rtol: stats.rtol,
    maxSteps,
    counts: stats,
    ...tolerancesOf(equations, moments, stats.atol),
    isStill: (y, dy) => !moves(y, dy) && isOver(y, dy),
    isAtRest: () => false,
    check(y, time) {
      now = time;
      // By DRTP hidden layers grow for ever, and with them the stiffness of the last: steps only become shorter.
      if (problem.rule === 'drtp' && stats.steps % ESTIMATE_EVERY === 0) {
        const length = (time - estimated) / ESTIMATE_EVERY;
        if (end - time > length * Math.max(0, maxSteps - stats.steps))
          throw outOfReach(time, length, end, maxSteps, problem);
        estimated = time;
      }
      [...layers, error].forEach((block, l) => {
        const most = sizeOf(y, block) * (l < layers.length ? units[l] : 1);
        if (!(most <= bound))
          throw diverged(l < layers.length ? `W_${l + 1}` : 'the error of the map', most, time, problem);
      });
    },
    tooManySteps: (time) => tooManySteps(time, maxSteps, problem),
    noNumber: (_y, time) => noNumber(time, problem),
  });
}
