import { type Problem, type ResolvedProblem, resolveProblem } from '../../index.ts';
import type { State } from './state.ts';

/**
 * The problem that the page solves, in the format of problem files: the stated one, with the second layer that was set
 * by hand put in. A student that is drawn then becomes one that is given, and so does its teacher.
 */
export function problemOf({ problem, v }: Pick<State, 'problem' | 'v'>): Problem {
  if (v === undefined) return problem;
  const { teacher, student } = resolveProblem(problem);
  return { ...problem, teacher, student: { ...student, v } };
}

/** The same, with everything drawn; what is refused throws. */
export const resolvedOf = (state: Pick<State, 'problem' | 'v'>): ResolvedProblem =>
  resolveProblem(problemOf(state));

export const unitsOf = ({ student, teacher }: Problem): { K: number; M: number } => ({
  K: 'draw' in student ? student.draw.K : student.v.length,
  M: 'draw' in teacher ? teacher.draw.M : teacher.A.length,
});

/**
 * Whether time is shown on a log axis: where the problem has a log grid, or a list of times that spans decades from
 * above 0.
 */
export function isLog(alpha: State['problem']['alpha']): boolean {
  if (!Array.isArray(alpha)) return (alpha.scale ?? 'log') === 'log';
  const first = alpha.find((a) => a > 0) ?? 1;
  return alpha[alpha.length - 1] / first > 100;
}
