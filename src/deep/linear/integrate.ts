import { identity, tProduct } from '../../numbers/matrix.ts';
import { dop853, type Segment, segments } from '../../ode/index.ts';
import { between, type Field, oneOf, optional, value } from '../../support/check.ts';
import { AlignodeError } from '../../support/error.ts';
import { checkOptions } from '../../support/options.ts';
import { dataOf } from '../data/index.ts';
import {
  type DeepProblem,
  deepRules,
  feedbackOf,
  type ResolvedDeepProblem,
  resolveDeepProblem,
} from '../problem/index.ts';
import type { DeepCurve } from './curve.ts';
import { earlyPowers } from './early.ts';
import type { Equations } from './equations.ts';
import { diverged, noNumber, tooManySteps } from './failures.ts';
import { fullEquations, toOutputs } from './full.ts';
import { type Moments, momentsOf, testMomentsOf, trace } from './moments.ts';
import { observer } from './observables.ts';
import { reducedEquations } from './reduced.ts';
import { expanded, fullStart, reducedStart } from './start.ts';
import { sizeOf, tolerancesOf } from './tolerances.ts';

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
}

const OPTIONS: { readonly [key in keyof DeepIntegrateOptions]-?: Field } = {
  rtol: optional(between(1e-14, 1e-4)),
  atol: optional(between(1e-300, 1e-6)),
  maxSteps: optional(
    value((it) => Number.isInteger(it) && (it as number) >= 1, 'use a whole number, 1 or more'),
  ),
  equations: optional(oneOf(['reduced', 'full'])),
};

/** Growth beyond this, measured by the largest number of the start and the targets, is divergence. */
const BLOW_UP = 1e10;
/** Weights that would change by less than this of themselves to the end stay as they are. */
const STILL = 1e-16;
/** So much smaller than what no map can fit, an error is no longer seen in ⟨eeᵀ⟩. */
const UNSEEN = 1e-18;

/** What is solved, and from where. */
interface Plan {
  equations: Equations;
  /** The state at `from`, and at earlier times. */
  from: number;
  start: (t: number) => Float64Array;
}

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
  const { rtol = 1e-9, atol = 1e-12, maxSteps = 200_000 } = options;
  const resolved = resolveDeepProblem(problem);
  requireTheory(resolved);
  const times = timesFor(resolved);
  const isReduced = chooseEquations(resolved, options.equations);
  const data = dataOf(resolved);
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
  const record = (time: number, y: ArrayLike<number>): void => {
    const { trainLoss, testLoss, weightAlignment, gradientAlignment } = measure(y);
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
  for (; next < times.length && times[next] <= from; next++) record(times[next], start(times[next]));
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

const refuse = (path: string, found: string, want: string): never => {
  throw new AlignodeError('not-available', `${path}: found ${found}; ${want}`, { path });
};

/** Refuses what the theory does not know. */
export function requireTheory({ network, loss, rule }: ResolvedDeepProblem): void {
  const only = 'the exact theory is that of linear networks';
  if (network.widths === undefined) refuse('network.layers', 'layers', `${only}: give "widths"`);
  if (network.activation !== 'linear')
    refuse('network.activation', JSON.stringify(network.activation), `${only}: use "linear"`);
  if (network.bias) refuse('network.bias', 'true', `${only} without biases: use false`);
  if (loss !== 'squared') refuse('loss', `"${loss}"`, `${only} with the loss "squared"`);
  if (!deepRules[rule].theory) {
    const known = Object.keys(deepRules).filter((name) => deepRules[name].theory);
    refuse('rule', `"${rule}"`, `theory knows ${known.join(', ')}`);
  }
}

const timesFor = ({ time }: ResolvedDeepProblem): number[] =>
  time ?? refuse('time', 'nothing', 'theory needs it: { "from": 0.1, "to": 1000, "points": 200 }');

const rulesSignal = ({ rule, network }: ResolvedDeepProblem): { sends: 'error' | 'targets' } => ({
  sends:
    (network.widths as number[]).length > 2 && deepRules[rule].hidden(1).from === 'targets'
      ? 'targets'
      : 'error',
});

/** Whether the reduced equations hold: from zero weights, for rules whose hidden signals take no weights. */
export function startsReduced({ network, rule }: ResolvedDeepProblem): boolean {
  const { hidden } = deepRules[rule];
  return (
    network.init === 'zero' &&
    (network.widths as number[]).length > 2 &&
    hidden(1).by === 'F' &&
    hidden(2).by === 'F'
  );
}

function chooseEquations(problem: ResolvedDeepProblem, asked: 'reduced' | 'full' | undefined): boolean {
  const { feedback } = problem;
  const hold = startsReduced(problem);
  const ideal = feedback !== undefined && 'draw' in feedback && feedback.draw === 'ideal';
  if (ideal && !hold)
    refuse(
      'feedback.draw',
      '"ideal"',
      'it is a limit of networks that start from zero weights: use "init": "zero", or "orthogonal"',
    );
  if (ideal && asked === 'full')
    refuse('feedback.draw', '"ideal"', 'the full equations need matrices: use "orthogonal"');
  if (asked === 'reduced' && !hold)
    refuse('equations', '"reduced"', 'they hold for dfa, fa and drtp with "init": "zero"');
  return hold && asked !== 'full';
}

function planOf(problem: ResolvedDeepProblem, moments: Moments, isReduced: boolean): Plan {
  const widths = problem.network.widths as number[];
  const rule = deepRules[problem.rule];
  const { outputs: m } = moments;
  const feedback = feedbackOf(problem);
  const { sends } = rulesSignal(problem);
  if (!startsReduced(problem)) {
    const equations = fullEquations(moments, widths, rule, feedback ?? []);
    const start = fullStart(equations, moments, problem);
    return { equations, from: 0, start: () => start };
  }
  const G = grams(problem, m);
  const reduced = reducedEquations(moments, G, sends);
  const early = earlyPowers(moments, G);
  const from = Number.isFinite(early.until) ? early.until : 0;
  const atReduced = (t: number): Float64Array => reducedStart(reduced, moments, G, early, t);
  if (isReduced) return { equations: reduced, from, start: atReduced };
  const equations = fullEquations(moments, widths, rule, feedback ?? []);
  const F = toOutputs(widths, m, rule, feedback ?? []);
  return { equations, from, start: (t) => expanded(equations, reduced, atReduced(t), F) };
}

/** G_l = F_lᵀF_l of the hidden layers; 1 for ideal feedback. */
export function grams(problem: ResolvedDeepProblem, m: number): Float64Array[] {
  const widths = problem.network.widths as number[];
  const feedback = feedbackOf(problem);
  if (feedback === undefined) return widths.slice(2).map(() => identity(m));
  return toOutputs(widths, m, deepRules[problem.rule], feedback).map((F, i) => {
    const G = new Float64Array(m * m);
    tProduct(G, F, F, m, widths[i + 1], m);
    return G;
  });
}

function matricesAt({ layers }: Equations, y: ArrayLike<number>): number[][][] {
  return layers
    .slice(1)
    .map(({ from, rows, columns }) =>
      Array.from({ length: rows }, (_, i) =>
        Array.from({ length: columns }, (_, j) => y[from + i * columns + j]),
      ),
    );
}

/** The pieces of the solution from `from` to `end`. */
function solution(
  problem: ResolvedDeepProblem,
  equations: Equations,
  moments: Moments,
  from: number,
  start: Float64Array,
  stats: DeepCurve['stats'],
  maxSteps: number,
  end: number,
): Generator<Segment> {
  const { size, layers, error, motion } = equations;
  const bound = BLOW_UP * Math.max(1, sizeOf(start, { from: 0, rows: 1, columns: size }));
  const seen = UNSEEN * trace(moments.residual, moments.outputs);
  let now = from;
  const moves = (y: ArrayLike<number>, dy: ArrayLike<number>): boolean =>
    layers.some((block) => sizeOf(dy, block) * (end - now) > STILL * sizeOf(y, block));
  const isSeen = (y: ArrayLike<number>, dy: ArrayLike<number>): boolean => {
    let square = 0;
    let growth = 0;
    for (let at = 0; at < error.rows * error.columns; at++) {
      const Delta = y[error.from + at];
      square = Math.max(square, Delta * Delta * moments.values[at % moments.rank]);
      growth += Delta * dy[error.from + at];
    }
    return square > seen || growth > 0;
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
    isStill: (y, dy) => !moves(y, dy) && !isSeen(y, dy),
    isAtRest: () => false,
    check(y, time) {
      now = time;
      [...layers, error].forEach((block, l) => {
        const most = sizeOf(y, block);
        if (!(most <= bound))
          throw diverged(l < layers.length ? `W_${l + 1}` : 'the error of the map', most, time, problem);
      });
    },
    tooManySteps: (time) => tooManySteps(time, maxSteps, problem),
    noNumber: (_y, time) => noNumber(time, problem),
  });
}
