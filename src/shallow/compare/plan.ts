import { layoutOf, type ResolvedProblem } from '../problem/index.ts';
import { backends, schedule } from '../students/index.ts';
import { DEFAULTS, LEAST_SCALING_RUNS } from './options.ts';
import { scalingSizes } from './sizes.ts';
import type { ComparisonPart, ComparisonPlan } from './types.ts';

/** Operations (see `Costs.work`), about half a minute on two cores. */
export const HALF_A_MINUTE = 3e10;

interface Asked {
  N: number;
  runs: number;
  student?: ComparisonPart['student'];
  /** Undefined where that is left to us. */
  scalingRuns: number | undefined;
}

/**
 * What a comparison will train, before anything is. Where nobody asks for a number of students at each size of the
 * scaling, they cost about as much as the students that are compared at most, or half a minute if that is more.
 */
export function planOf(
  problem: ResolvedProblem,
  { N, runs, student = 'trained', scalingRuns }: Asked,
): ComparisonPlan {
  const { K, M } = layoutOf(problem);
  const part = (some: Pick<ComparisonPart, 'N' | 'runs' | 'student'>): ComparisonPart => {
    const steps = some.runs * (schedule(problem.alpha, some.N).at(-1) ?? 0);
    return { ...some, steps, work: steps * backends.reference[some.student].work(K, M, some.N) };
  };
  const sizes = (each: number): ComparisonPart[] =>
    scalingSizes(K, M).map((size) => part({ N: size, runs: each, student: 'projected' }));
  const students = part({ N, runs, student });
  const affordable = Math.floor(Math.max(students.work, HALF_A_MINUTE) / workOf(sizes(1)));
  const chosen =
    scalingRuns ?? (affordable < LEAST_SCALING_RUNS ? 0 : Math.min(DEFAULTS.scalingRuns, affordable));
  return {
    students,
    scaling: chosen > 0 ? sizes(chosen) : [],
    scalingRuns: chosen,
    leftOut: scalingRuns === undefined && chosen === 0,
  };
}

export const workOf = (parts: readonly ComparisonPart[]): number =>
  parts.reduce((sum, { work }) => sum + work, 0);
