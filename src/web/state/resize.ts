import { type Problem, resolveProblem, type Student, type Teacher } from '../../index.ts';
import { canBeOrthogonal, feedbackLaw, withDimension, withProblem } from './edit.ts';
import { unitsOf } from './problem.ts';
import { FIRST, MOST_UNITS, type State } from './state.ts';

/*
 * Other numbers of units: a valid state becomes another valid state. Existing units stay; the others are new.
 */

export interface Units {
  K: number;
  M: number;
}

/** The state with other numbers of units, and what else had to change. */
export function resized(state: State, units: Partial<Units>): { state: State; said: string[] } {
  const { K, M } = { ...unitsOf(state.problem), ...units };
  const { teacher, student, feedback } = state.problem;
  const said: string[] = [];
  let next = withProblem(state, {
    teacher: 'draw' in teacher ? { draw: { ...teacher.draw, M } } : grownTeacher(teacher, M),
    student: 'draw' in student ? { draw: { ...student.draw, K } } : grownStudent(student, K, M),
    feedback: Array.isArray(feedback) ? grown(feedback, K, numberOf) : feedback,
  });
  const N = leastDimension(next.problem, K + M);
  if (N !== undefined) {
    said.push(`Weights are now drawn with N = ${N}: K + M = ${K + M} units need as many.`);
    next = withDimension(next, N);
  }
  if (feedbackLaw(next)?.draw === 'orthogonal' && !canBeOrthogonal(next)) {
    const { seed = 1 } = feedbackLaw(next) ?? {};
    said.push('F is now normal: orthogonal to A it can be for K = M from 2 on, and A other than 0.');
    next = withProblem(next, { feedback: { draw: 'normal', seed } });
  }
  if (next.v) next = { ...next, v: grownV(next.v, K) };
  return { state: { ...next, view: { ...next.view, pair: pairWithin(next.view.pair, K) } }, said };
}

/** Two different units of K, the same ones if they are there; of one unit twice the same. */
export function pairWithin([first, second]: State['view']['pair'], K: number): State['view']['pair'] {
  return first < K && second < K && first !== second ? [first, second] : [0, Math.min(1, K - 1)];
}

/** The N that the draws need where theirs is too small. */
function leastDimension({ teacher, student }: Problem, least: number): number | undefined {
  const drawn = [teacher, student].flatMap((part) => ('draw' in part ? [part.draw.N] : []));
  return 'draw' in student && drawn.some((N) => N < least) ? least : undefined;
}

/** Numbers for new units, always the same ones: a unit that is removed and comes back gets the same number. */
const MORE = resolveProblem({
  ...FIRST.problem,
  student: { draw: { K: MOST_UNITS, N: 500, sigma: 1, seed: 1 } },
  feedback: { draw: 'normal', seed: 1 },
}).feedback!;
const numberOf = (k: number): number => MORE[k % MORE.length];

function grown<T>(list: readonly T[], length: number, more: (k: number) => T): T[] {
  return Array.from({ length }, (_, k) => (k < list.length ? list[k] : more(k)));
}

/** New output weights are as large as the others. */
const grownV = (v: readonly number[], K: number): number[] => {
  const size = Math.sqrt(mean(v.map((x) => x * x)));
  return grown(v, K, (k) => size * numberOf(k));
};

/** New teacher units are of length 1 and at right angles to all others. */
function grownTeacher({ T, A }: Teacher, M: number): Teacher {
  return { T: block(T, M, 1), A: grown(A, M, () => 1) };
}

/** New student units are as long as the others in the mean, and at right angles to all others and to the teacher. */
function grownStudent({ Q, R, v }: Student, K: number, M: number): Student {
  const length = mean(Q.map((row, k) => row[k]));
  return {
    Q: block(Q, K, length),
    R: grown(
      R.map((row) => grown(row, M, () => 0)),
      K,
      () => new Array<number>(M).fill(0),
    ),
    v: grownV(v, K),
  };
}

/** The first rows and columns of a matrix, and beyond them a diagonal. */
function block(X: readonly (readonly number[])[], size: number, diagonal: number): number[][] {
  return Array.from({ length: size }, (_, i) =>
    Array.from({ length: size }, (_, j) => X[i]?.[j] ?? (i === j ? diagonal : 0)),
  );
}

const mean = (x: readonly number[]): number => x.reduce((sum, one) => sum + one, 0) / x.length;
