import { powerOfTwo } from '../../numbers/bits.ts';
import { power } from '../../numbers/index.ts';
import { rowsOf } from '../../numbers/matrix.ts';
import { between, type Field, oneOf, optional, text, value } from '../../support/check.ts';
import { checkOptions } from '../../support/options.ts';
import { dataOf } from '../data/index.ts';
import { type DeepProblem, resolveDeepProblem } from '../problem/index.ts';
import type { DeepCurve } from './curve.ts';
import type { Equations } from './equations.ts';
import { momentsOf, testMomentsOf } from './moments.ts';
import { type DeepObservables, observer } from './observables.ts';
import { chooseEquations, type Plan, planOf, requireTheory, rulesSignal, timesFor } from './plan.ts';
import { solution } from './solution.ts';

/** How exact a curve is to be. */
export interface DeepIntegrateOptions {
  /** Relative tolerance of each unknown; 1e-9 if not given. */
  rtol?: number;
  /** Absolute tolerance of each unknown, where its matrix is not small; 1e-12 if not given. */
  atol?: number;
  /** Most steps of the integrator before it gives up; 200,000 if not given. */
  maxSteps?: number;
  /** "full" solves those of the weights also where the reduced ones hold, which are chosen if nothing is given. */
  equations?: 'reduced' | 'full';
  /** The folder of data sets; $ALIGNODE_DATA and the cache folder are looked in after it. */
  data?: string;
}

const OPTIONS: { readonly [key in keyof DeepIntegrateOptions]-?: Field } = {
  rtol: optional(between(1e-14, 1e-4)),
  atol: optional(between(1e-300, 1e-6)),
  maxSteps: optional(
    value((it) => Number.isInteger(it) && (it as number) >= 1, 'use a whole number, 1 or more'),
  ),
  equations: optional(oneOf(['reduced', 'full'])),
  data: optional(text),
};

/**
 * The learning curve of a deep linear network for η → 0, at exactly the times asked for, by any rule that the theory
 * knows: see `fullEquations` and `reducedEquations`. What cannot be integrated throws an `AlignodeError`.
 */
export function integrateDeep(problem: DeepProblem, options: DeepIntegrateOptions = {}): DeepCurve {
  const steps = integrateDeepInSteps(problem, options);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** The same, step by step: yields, after each step of the integrator, the time reached and the curve so far. */
export function* integrateDeepInSteps(
  problem: DeepProblem,
  options: DeepIntegrateOptions = {},
): Generator<{ reached: number; curve: DeepCurve }, DeepCurve> {
  checkOptions(options, OPTIONS);
  const { rtol = 1e-9, atol = 1e-12, maxSteps = 200_000, data: folder } = options;
  const resolved = resolveDeepProblem(problem);
  requireTheory(resolved);
  const times = timesFor(resolved);
  const isReduced = chooseEquations(resolved, options.equations);
  const data = dataOf(resolved, folder === undefined ? {} : { data: folder });
  const moments = momentsOf(data, !isReduced);
  const { equations, from, start } = planOf(resolved, moments, isReduced);
  const { sends } = rulesSignal(resolved);
  const measure = observer(equations, moments, testMomentsOf(data, moments), sends);
  const curve: DeepCurve = {
    problem: resolved,
    time: [],
    trainLoss: [],
    testLoss: [],
    weightAlignment: { layers: [], total: [] },
    gradientAlignment: { layers: [], total: [] },
    alignmentMatrices: isReduced ? [] : null,
    stats: {
      rtol,
      atol,
      equations: equations.kind,
      unknowns: equations.size,
      steps: 0,
      evaluations: 0,
      heldFrom: null,
    },
  };
  const record = (time: number, y: ArrayLike<number>, seen = measure(y)): void => {
    const { trainLoss, testLoss, weightAlignment, gradientAlignment } = seen;
    curve.time.push(time);
    curve.trainLoss.push(trainLoss);
    curve.testLoss.push(testLoss);
    curve.weightAlignment.layers.push(weightAlignment.layers);
    curve.weightAlignment.total.push(weightAlignment.total);
    curve.gradientAlignment.layers.push(gradientAlignment.layers);
    curve.gradientAlignment.total.push(gradientAlignment.total);
    curve.alignmentMatrices?.push(matricesAt(equations, y));
  };

  let next = 0;
  const measureEarly = earlyObserver(from, start, measure);
  for (; next < times.length && times[next] <= from; next++) {
    const y = start(times[next]);
    record(times[next], y, measureEarly(times[next], y));
  }
  const state = new Float64Array(equations.size);
  if (next < times.length)
    for (const { x1, y, at } of solution(
      resolved,
      equations,
      moments,
      from,
      start(from),
      curve.stats,
      maxSteps,
      times[times.length - 1],
    )) {
      for (; next < times.length && times[next] < x1; next++) {
        at(times[next], state);
        record(times[next], state);
      }
      if (times[next] === x1) record(times[next++], y);
      yield { reached: x1, curve };
    }
  return curve;
}

/**
 * While the layers grow as powers of time the alignment of each stays as it is, and that of all stacked, in which the
 * largest counts, hardly changes before a time: they are measured late enough for squares of the weights to be numbers.
 */
function earlyObserver(
  from: number,
  start: Plan['start'],
  measure: (y: ArrayLike<number>) => DeepObservables,
): (t: number, y: ArrayLike<number>) => DeepObservables {
  let late: DeepObservables | undefined;
  return (t, y) => {
    const seen = measure(y);
    if (t === 0) return seen;
    late ??= measure(start(from));
    const { trainLoss, testLoss, weightAlignment, gradientAlignment } = seen;
    const { length } = weightAlignment.layers;
    // W_2 is the largest, as t², and W_3 is t² times as large; of BP's signals that of layer L − 1, as W_L, t^{2^{L−1}}.
    const weights = t < 1e-10 * from ? measure(start(1e-10 * from)).weightAlignment : weightAlignment;
    const least = from * power(1e-100, powerOfTwo(1 - length));
    const gradients = t < least ? measure(start(least)).gradientAlignment : gradientAlignment;
    return {
      trainLoss,
      testLoss,
      weightAlignment: { layers: late.weightAlignment.layers, total: weights.total },
      gradientAlignment: { layers: late.gradientAlignment.layers, total: gradients.total },
    };
  };
}

const matricesAt = ({ layers }: Equations, y: ArrayLike<number>): number[][][] =>
  layers.slice(1).map(({ from, rows, columns }) => rowsOf(y, rows, columns, from));
