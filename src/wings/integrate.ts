import {
  type DeepCurve,
  type DeepIntegrateOptions,
  integrateDeep,
  integrateDeepInSteps,
} from '../deep/linear/index.ts';
import {
  type DeepProblem,
  isDeep,
  type ResolvedDeepProblem,
  resolveDeepProblem,
} from '../deep/problem/index.ts';
import {
  type Problem,
  type ResolvedProblem,
  resolveProblem as resolveShallow,
} from '../shallow/problem/index.ts';
import {
  type Curve,
  type IntegrateOptions,
  integrate as integrateShallow,
  integrateInSteps as integrateShallowInSteps,
} from '../shallow/theory/index.ts';

/* One verb for both wings: a problem with the key `network` is a deep one. */

/**
 * The learning curve of a problem, at exactly the times it asks for, to the tolerance of the options: of two layers, the
 * equations for N → ∞; of a deep linear network, those for η → 0. What cannot be integrated throws an `AlignodeError`.
 */
export function integrate(problem: Problem, options?: IntegrateOptions): Curve;
export function integrate(problem: DeepProblem, options?: DeepIntegrateOptions): DeepCurve;
export function integrate(problem: Problem | DeepProblem, options: object = {}): Curve | DeepCurve {
  return isDeep(problem)
    ? integrateDeep(problem as DeepProblem, options)
    : integrateShallow(problem as Problem, options);
}

/**
 * The same, step by step, for long curves that are to show progress or be broken off: yields, after each step of the
 * integrator, the time reached and the curve so far.
 */
export function integrateInSteps(
  problem: Problem,
  options?: IntegrateOptions,
): Generator<{ reached: number; curve: Curve }, Curve>;
export function integrateInSteps(
  problem: DeepProblem,
  options?: DeepIntegrateOptions,
): Generator<{ reached: number; curve: DeepCurve }, DeepCurve>;
export function integrateInSteps(
  problem: Problem | DeepProblem,
  options: object = {},
): Generator<{ reached: number; curve: Curve | DeepCurve }, Curve | DeepCurve> {
  return isDeep(problem)
    ? integrateDeepInSteps(problem as DeepProblem, options)
    : integrateShallowInSteps(problem as Problem, options);
}

/**
 * Checks a problem and fills in the defaults. Of two layers, everything drawn becomes numbers; of a network, draws stay,
 * as its matrices are too large for files. The result shares nothing with the argument, survives JSON unchanged (but for
 * a rule of one's own, of which JSON keeps the name), and resolves to itself.
 */
export function resolveProblem(problem: Problem): ResolvedProblem;
export function resolveProblem(problem: DeepProblem): ResolvedDeepProblem;
export function resolveProblem(problem: Problem | DeepProblem): ResolvedProblem | ResolvedDeepProblem {
  return isDeep(problem) ? resolveDeepProblem(problem as DeepProblem) : resolveShallow(problem as Problem);
}
