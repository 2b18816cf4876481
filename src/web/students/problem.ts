import { type Problem, resolveProblem } from '../../index.ts';
import { ruleOf } from '../../shallow/problem/index.ts';
import { problemOf, resolvedOf, unitsOf } from '../state/problem.ts';
import type { State } from '../state/state.ts';

/** With more points than this their error bars overlap. */
const MOST_TIMES = 60;

/**
 * The problem that students are trained on: that of the page, with times of its own. The times of the curve are rounded
 * to whole numbers of examples n/N, as `simulate` does; of these every second, third, … is kept, counted from the last,
 * so that at most sixty are left. They are given as a list, so that `simulate` in a script or on the command line gives
 * the numbers of the page.
 */
export function studentsProblem(state: Pick<State, 'problem' | 'v' | 'students'>): Problem {
  const problem = problemOf(state);
  const { N } = state.students;
  const asked = resolveProblem(problem).alpha;
  // A time above 0 at which a student of this N has seen nothing yet says nothing of it.
  const seen = asked.map((a) => (a > 0 ? Math.max(1, Math.round(a * N)) : 0));
  const steps = [...new Set(seen)];
  const stride = Math.ceil(steps.length / MOST_TIMES);
  const kept = steps.filter((_, i) => (steps.length - 1 - i) % stride === 0);
  return { ...problem, alpha: kept.map((n) => n / N) };
}

/**
 * All that determines a student, as text: everything but the times at which it is measured, and the feedback if its
 * rule does not use it. Empty for a problem that is refused.
 */
export function whatIsLearned(state: Pick<State, 'problem' | 'v'>): string {
  try {
    const { alpha: _times, feedback, ...rest } = resolvedOf(state);
    return JSON.stringify(ruleOf(rest.rule).sends === 'v' ? rest : { ...rest, feedback });
  } catch {
    return '';
  }
}

/** Whether they have as many hidden units, and so can stand in one picture. */
export function sameUnits(one: Problem, other: Problem): boolean {
  const [here, there] = [unitsOf(one), unitsOf(other)];
  return here.K === there.K && here.M === there.M;
}
