import { between, type Field, optional, value } from '../../support/check.ts';
import { checkOptions } from '../../support/options.ts';
import { layoutOf, type Problem, pack, resolveProblem, unpackQ, unpackR, unpackV } from '../problem/index.ts';
import type { Curve } from './curve.ts';
import { noNumber, notPositive } from './failures.ts';
import { observer } from './observables.ts';
import { curveSegments } from './segments.ts';

/** How exact a curve is to be. */
export interface IntegrateOptions {
  /** Relative tolerance of each order parameter; 1e-9 if not given. */
  rtol?: number;
  /** Absolute tolerance of each order parameter; 1e-12 if not given. */
  atol?: number;
  /** Most steps of the integrator before it gives up; 200,000 if not given. */
  maxSteps?: number;
}

/** Rounding does not make eg more negative than this many times its floor. */
const WRONG = 2;

const INTEGRATE_OPTIONS: { readonly [key in keyof IntegrateOptions]-?: Field } = {
  rtol: optional(between(1e-14, 1e-4, ' (looser loses plateaus)')),
  atol: optional(between(1e-300, 1e-6)),
  maxSteps: optional(
    value((it) => Number.isInteger(it) && (it as number) >= 1, 'use a whole number, 1 or more'),
  ),
};

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
    if (!Number.isFinite(eg)) throw noNumber(Array.from(y), alpha, resolved, shape);
    // A state that no student can have shows here first: `checkState` looks at the steps only.
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

  for (const { x1, y, at } of curveSegments(resolved, shape, curve.stats, maxSteps)) {
    for (; next < times.length && times[next] < x1; next++) {
      at(times[next], between);
      record(times[next], between);
    }
    if (times[next] === x1) record(times[next++], y);
    yield { reached: x1, curve };
  }
  return curve;
}
