import { compareDeep, type DeepCompareOptions, type DeepComparison } from '../deep/compare/index.ts';
import { type DeepProblem, isDeep } from '../deep/problem/index.ts';
import { type CompareOptions, type Comparison, compare as compareShallow } from '../shallow/compare/index.ts';
import type { Problem } from '../shallow/problem/index.ts';

/**
 * Compares theory with what is trained on the same problem, and reports whether the two agree: two layers with students,
 * for whom a finite N deviates from theory by 1/N; a deep linear network, a problem with the key `network`, with networks,
 * for which a finite learning rate does.
 */
export function compare(problem: Problem, options: CompareOptions): Promise<Comparison>;
export function compare(problem: DeepProblem, options?: DeepCompareOptions): Promise<DeepComparison>;
export function compare(
  problem: Problem | DeepProblem,
  options: object = {},
): Promise<Comparison | DeepComparison> {
  return isDeep(problem)
    ? compareDeep(problem as DeepProblem, options as DeepCompareOptions)
    : compareShallow(problem as Problem, options as CompareOptions);
}
