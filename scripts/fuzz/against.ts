import {
  type Curve,
  integrate,
  type Problem,
  type ResolvedProblem,
  resolveProblem,
} from '../../src/index.ts';
import { dice } from './draw.ts';
import { referenceAt } from './reference.ts';
import { validProblem } from './valid.ts';

/* Curves of `integrate` beside those of `reference.ts`. */

export interface Beside {
  number: number;
  activation: string;
  /** The largest difference of an order parameter at the last time, over the largest of them or 1. */
  difference: number;
  /** That of the reference from its own last refinement, in the same units. */
  error: number;
}

/** The tolerance at which curves are compared. */
export const TOLERANCE = { rtol: 1e-11, atol: 1e-14 };

/** Ordinary problems, which a method with equal steps can follow for a while. */
function problemOf(seed: number, number: number): Problem | undefined {
  const d = dice(seed, number);
  const problem = validProblem(d);
  const p = resolveProblem({ ...problem, alpha: [d.log(0.5, 50)] });
  const sizes = [p.student.Q, p.student.R, p.teacher.T].flat(2).map(Math.abs);
  const outputs = [...p.student.v, ...p.teacher.A, ...(p.feedback ?? [])].map(Math.abs);
  const units = Math.max(p.student.v.length, p.teacher.A.length);
  const isOrdinary =
    p.learningRate < 3 &&
    Math.max(...sizes) < 20 &&
    Math.max(...outputs) < 20 &&
    units <= (p.activation === 'relu' ? 1 : 3);
  // A relu unit of weights zero has no direction.
  return isOrdinary && (p.activation !== 'relu' || (p.student.Q[0][0] > 1e-6 && p.teacher.T[0][0] > 1e-6))
    ? p
    : undefined;
}

/** So many problems beside the reference, from number 0 on; those that it cannot follow are passed over. */
export function* besideReference(seed: number, count: number): Generator<Beside> {
  for (let number = 0, found = 0; found < count; number++) {
    const problem = problemOf(seed, number);
    const reference = problem && referenceAt(problem as ResolvedProblem, (problem.alpha as number[])[0]);
    if (!problem || !reference) continue;
    let curve: Curve;
    try {
      curve = integrate(problem, TOLERANCE);
    } catch {
      continue;
    }
    found++;
    const { state, error } = reference;
    const here = [...curve.Q[0].flat(), ...curve.R[0].flat(), ...curve.v[0]];
    const size = Math.max(1, ...state.map(Math.abs));
    const difference = Math.max(...here.map((x, i) => Math.abs(x - state[i]))) / size;
    yield { number, activation: problem.activation, difference, error: error / size };
  }
}
