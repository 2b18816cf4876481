import { between, type Field, optional, value } from '../../support/check.ts';
import { AlignodeError } from '../../support/error.ts';
import { checkOptions } from '../../support/options.ts';
import {
  componentName,
  covariance,
  isBuiltIn,
  isPositive,
  type Layout,
  layoutOf,
  negativePart,
  type Problem,
  pack,
  type ResolvedProblem,
  resolveProblem,
  ruleName,
  ruleOf,
  unpackQ,
  unpackR,
  unpackV,
} from '../problem/index.ts';
import { equationsOfMotion } from './equations.ts';
import { observer } from './observables.ts';
import { restTest } from './rest.ts';
import { stillness } from './rounding.ts';
import { Solver } from './solver.ts';
import { stallWatch } from './stall.ts';
import { symmetryWatch } from './symmetry.ts';

/** How exact a curve is to be. */
export interface IntegrateOptions {
  /** Relative tolerance of each order parameter; 1e-9 if not given. */
  rtol?: number;
  /** Absolute tolerance of each order parameter; 1e-12 if not given. */
  atol?: number;
  /** Most steps of the integrator before it gives up; 200,000 if not given. */
  maxSteps?: number;
}

/** A learning curve at the times asked for. */
export interface Curve {
  /** The problem that was solved, resolved: explicit overlaps, every default filled in. */
  problem: ResolvedProblem;
  alpha: number[];
  /** The test error without noise; never negative, and nothing below `stats.egFloor` is known. */
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
  /** Evaluations of the equations by the integrator; looking whether the state rests takes one more a step, and some where steps stall. */
  evaluations: number;
  /** Where the state had stopped to rounding, or its steps stalled at rest, and was held from then on; null if it moved to the end. */
  heldFrom: number | null;
  /**
   * Where two teacher units became alike to the student by rounding (see `symmetryWatch`): from then on the curve is that of a
   * symmetric student. Null if that did not happen.
   */
  symmetricFrom: number | null;
  /**
   * The absolute floor of eg near perfect learning, where Q, R and T cancel in it: values below this are not known.
   * The largest along the curve; a smaller rtol lowers it.
   */
  egFloor: number;
}

const INTEGRATE_OPTIONS: { readonly [key in keyof IntegrateOptions]-?: Field } = {
  rtol: optional(between(1e-14, 1e-4, ' (looser loses plateaus)')),
  atol: optional(between(1e-300, 1e-6)),
  maxSteps: optional(
    value((it) => Number.isInteger(it) && (it as number) >= 1, 'use a whole number, 1 or more'),
  ),
};

/** Growth beyond this, measured by the largest number of the problem, is divergence. */
const BLOW_UP = 1e10;
/** How far, relative to the largest squared length, a state may leave the positive cone at most. */
const MOST_OUTSIDE = 1e-3;
/** A negative eg this many times its floor is no error of the last digits. */
const WRONG = 2;
/** No step takes more evaluations than this. */
const MOST_EVALUATIONS = 200;
/** Steps in a row at which the state must be still before it is held. */
const STILL_STEPS = 3;
/** Times that one step may be tried again, each time shorter, after a trial that ended in no number. */
const TRIES = 8;
/** Steps taken past a stall of odex before it chooses their lengths again. */
const STEPS_PAST_STALL = 100;

/**
 * The learning curve of a problem, at exactly the times it asks for. Times between the integrator's steps come
 * from its dense output, whose error it controls like the error of its steps, so they cost next to nothing.
 * Never returns a wrong curve in silence: what cannot be integrated throws an `AlignodeError`.
 */
export function integrate(problem: Problem, options: IntegrateOptions = {}): Curve {
  const steps = integrateInSteps(problem, options);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/**
 * The same, step by step, for long curves that are to show progress or be broken off: yields, after each step of
 * the integrator, the time reached and the curve so far.
 */
export function* integrateInSteps(
  problem: Problem,
  options: IntegrateOptions = {},
): Generator<{ reached: number; curve: Curve }, Curve> {
  checkOptions(options, INTEGRATE_OPTIONS);
  const { rtol = 1e-9, atol = 1e-12, maxSteps = 200_000 } = options;
  const resolved = resolveProblem(problem);
  const shape = layoutOf(resolved);
  const times = resolved.alpha;
  const measure = observer(resolved, { rtol, atol });
  const curve: Curve = {
    problem: resolved,
    alpha: [],
    eg: [],
    Q: [],
    R: [],
    v: [],
    weightAlignment: [],
    updateAlignment: [],
    stats: { rtol, atol, steps: 0, evaluations: 0, heldFrom: null, symmetricFrom: null, egFloor: 0 },
  };
  const record = (alpha: number, y: ArrayLike<number>): void => {
    const { eg, egFloor, weightAlignment, updateAlignment } = measure(y);
    // A state that no student can be in shows here first: the steps alone are looked at in `checkState`.
    if (!(eg >= -WRONG * egFloor)) throw notPositive(alpha, `eg = ${eg.toPrecision(2)}`, 'eg', curve.stats);
    curve.alpha.push(alpha);
    curve.eg.push(Math.max(0, eg));
    curve.Q.push(unpackQ(y, shape));
    curve.R.push(unpackR(y, shape));
    curve.v.push(unpackV(y, shape));
    curve.weightAlignment.push(weightAlignment);
    curve.updateAlignment.push(updateAlignment);
    curve.stats.egFloor = Math.max(curve.stats.egFloor, egFloor);
  };

  const between = new Float64Array(shape.size);
  let next = 0;
  if (times[0] === 0) record(times[next++], pack(resolved));
  if (next === times.length) return curve;

  for (const { x1, y, f } of segments(resolved, shape, curve.stats, maxSteps)) {
    for (; next < times.length && times[next] < x1; next++) {
      for (let i = 0; i < shape.size; i++) between[i] = f(i, times[next]);
      record(times[next], between);
    }
    if (times[next] === x1) record(times[next++], y);
    yield { reached: x1, curve };
  }
  return curve;
}

interface Segment {
  x0: number;
  x1: number;
  y: ArrayLike<number>;
  f: (component: number, x: number) => number;
}

/** Thrown out of a trial step that met no number. */
class NoNumber extends Error {}

/**
 * The pieces of the solution from 0 to the last time asked for: odex, watched. odex takes a NaN for a small error
 * and creeps at a state that has stopped, so both are caught here: a trial that meets no number is taken again
 * with a shorter step, and a state that is still to rounding is held to the end. Where odex stalls (see `stallWatch`), a state
 * that is at rest for the tolerance is held too, and any other is taken on at the pace before, without odex's test of stability.
 */
function* segments(
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
  const isSymmetric = symmetryWatch(problem);
  const dy = new Float64Array(shape.size);
  const bound = divergenceBound(problem);
  let alpha = 0;
  const watched = (_alpha: number, y: number[], out: number[]): void => {
    // odex does not count the trials of a first or last step that it rejects.
    if (++stats.evaluations > MOST_EVALUATIONS * maxSteps) throw tooManySteps(alpha, maxSteps, problem);
    motion(y, out);
    for (let i = 0; i < shape.size; i++) if (!Number.isFinite(out[i])) throw new NoNumber();
  };

  let y = Array.from(pack(problem));
  let still = 0;
  let tries = 0;
  let longest = end;
  let hasStalled = false;
  let pastStall = 0;
  while (alpha < end) {
    motion(y, dy);
    if (isStill(y, dy)) {
      yield held(alpha, end, y, stats);
      return;
    }
    const solver = new Solver(watched, shape.size, {
      rawFunction: true,
      relativeTolerance: stats.rtol,
      absoluteTolerance: stats.atol,
      maxSteps: maxSteps - stats.steps + 1,
      initialStepSize: Math.min(hasStalled ? watch.pace() : 1e-4, longest),
      maxStepSize: pastStall > 0 ? Math.min(watch.pace(), longest) : longest,
      stabilityCheckCount: pastStall > 0 ? 0 : 1,
    });
    try {
      for (const segment of solver.solutionSegments(alpha, y, end)) {
        stats.steps++;
        // Sums of steps may miss the end by a rounding.
        if (Math.abs(end - segment.x1) <= 1e-12 * end) segment.x1 = end;
        checkState(segment.y, segment.x1, problem, shape, bound, stats);
        yield segment;
        const before = y;
        alpha = segment.x1;
        y = segment.y;
        if (stats.symmetricFrom === null && isSymmetric(y)) stats.symmetricFrom = alpha;
        motion(y, dy);
        still = isStill(y, dy) ? still + 1 : 0;
        if (still >= STILL_STEPS && alpha < end) {
          yield held(alpha, end, y, stats);
          return;
        }
        if (stats.steps >= maxSteps && alpha < end) throw tooManySteps(alpha, maxSteps, problem);
        if (pastStall > 0) {
          if (--pastStall === 0) break;
        } else if (watch.stalls(segment.x1 - segment.x0, before, y) && alpha < end) {
          if (isAtRest(y, dy)) {
            yield held(alpha, end, y, stats);
            return;
          }
          hasStalled = true;
          pastStall = STEPS_PAST_STALL;
          break;
        }
        // After a failed trial: some steps on the short leash, then the full length again.
        if (tries > 0 && segment.x1 - segment.x0 > 0.5 * longest) break;
      }
      tries = 0;
      longest = end;
    } catch (error) {
      if (error instanceof NoNumber) {
        if (++tries > TRIES) throw noNumber(y, alpha, problem, shape);
        longest = Math.min(longest, 1) / 10;
      } else if (error instanceof Error && error.message.startsWith('maximum allowed steps')) {
        throw tooManySteps(alpha, maxSteps, problem);
      } else throw error;
    }
  }
}

function held(alpha: number, end: number, y: ArrayLike<number>, stats: CurveStats): Segment {
  stats.heldFrom = alpha;
  return { x0: alpha, x1: end, y, f: (i) => y[i] };
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
    const component = componentName(i, shape);
    throw new AlignodeError(
      'diverged',
      `the curve diverges: ${component} = ${y[i].toPrecision(3)} at alpha = ${alpha.toPrecision(6)}; ${lower(problem)}`,
      { alpha, component },
    );
  }
  // On the edge of the cone errors gather along a plateau's neutral directions, far beyond rtol for each step.
  const C = covariance(problem, y);
  if (!isPositive(C, shape.n, Math.min(Math.sqrt(stats.rtol), MOST_OUTSIDE))) {
    const found = `its smallest eigenvalue is ${negativePart(C, shape.n).toPrecision(2)} of the largest squared length`;
    throw notPositive(alpha, found, '[[Q,R],[Rᵀ,T]]', stats);
  }
}

function notPositive(
  alpha: number,
  found: string,
  component: string,
  { rtol, atol }: CurveStats,
): AlignodeError {
  return new AlignodeError(
    'not-positive',
    `at alpha = ${alpha.toPrecision(6)} the overlaps are those of no student (${found}): the tolerance is too loose; ` +
      `use a smaller rtol (now ${rtol}) or atol (now ${atol})`,
    { alpha, component },
  );
}

function lower({ learningRate, secondLayerRate }: ResolvedProblem): string {
  return `the learning rate is too large: lower learningRate (now ${learningRate}) or secondLayerRate (now ${secondLayerRate})`;
}

function noNumber(y: number[], alpha: number, problem: ResolvedProblem, shape: Layout): AlignodeError {
  const worst = y.reduce((at, x, i) => (Math.abs(x) > Math.abs(y[at]) ? i : at), 0);
  const component = componentName(worst, shape);
  const signal = isBuiltIn(problem.rule)
    ? ''
    : `the signal of "${ruleName(problem.rule)}" writes none there, or `;
  return new AlignodeError(
    'not-finite',
    `the equations give no finite number just after alpha = ${alpha.toPrecision(6)}, where the largest order ` +
      `parameter is ${component} = ${y[worst].toPrecision(3)}; ${signal}${lower(problem)}`,
    { alpha, component },
  );
}

function tooManySteps(alpha: number, maxSteps: number, problem: ResolvedProblem): AlignodeError {
  const jump = ruleOf(problem.rule).sends
    ? ''
    : `; where the signal of "${ruleName(problem.rule)}" jumps, it may hold the curve at the jump, past which no solution in the ordinary ` +
      'sense goes on: then a smooth signal is the remedy';
  return new AlignodeError(
    'too-many-steps',
    `${maxSteps} steps took the curve to alpha = ${alpha.toPrecision(6)} only; raise maxSteps (--max-steps), ask for a shorter ` +
      `alpha, or lower learningRate (now ${problem.learningRate}) if the curve is violent there${jump}`,
    { alpha },
  );
}

/** The size of an order parameter beyond which a curve, or a student, is said to diverge. */
export function divergenceBound(problem: ResolvedProblem): number {
  const { T, A } = problem.teacher;
  const numbers = [...pack(problem), ...T.flat(), ...A];
  return BLOW_UP * numbers.reduce((most, x) => Math.max(most, Math.abs(x)), 1);
}
