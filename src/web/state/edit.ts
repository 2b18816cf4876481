import type { FeedbackDraw, Problem, Student, StudentDraw, Teacher, TeacherDraw } from '../../index.ts';
import { resolvedOf, unitsOf } from './problem.ts';
import type { State } from './state.ts';

/*
 * Changes of the problem: from given to drawn and back, and of its parts. All are pure.
 */

/** The state with another part of its problem; what is undefined is taken out. */
export function withProblem(
  state: State,
  part: { [Key in keyof Problem]?: Problem[Key] | undefined },
): State {
  const problem = Object.fromEntries(
    Object.entries({ ...state.problem, ...part }).filter(([, value]) => value !== undefined),
  );
  return { ...state, problem: problem as unknown as Problem };
}

/** Without the second layer that was set by hand. */
export function withoutV({ v: _, ...state }: State): State {
  return state;
}

export const teacherGiven = ({ problem: { teacher } }: State): Teacher | undefined =>
  'draw' in teacher ? undefined : teacher;
export const teacherDraw = ({ problem: { teacher } }: State): TeacherDraw | undefined =>
  'draw' in teacher ? teacher.draw : undefined;
export const studentGiven = ({ problem: { student } }: State): Student | undefined =>
  'draw' in student ? undefined : student;
export const studentDraw = ({ problem: { student } }: State): StudentDraw | undefined =>
  'draw' in student ? student.draw : undefined;
export const feedbackLaw = ({ problem: { feedback } }: State): FeedbackDraw | undefined =>
  feedback === undefined || Array.isArray(feedback) ? undefined : feedback;

/** What a draw begins with. */
const DRAW = { N: 500, seed: 1 };
const SIGMA = 0.01;

/** The N in which weights are drawn. */
export const dimensionOf = (state: State): number => (studentDraw(state) ?? teacherDraw(state))?.N ?? DRAW.N;

/** Both are drawn in the same N. */
export function withDimension(state: State, N: number): State {
  const { teacher, student } = state.problem;
  return withProblem(state, {
    teacher: 'draw' in teacher ? { draw: { ...teacher.draw, N } } : teacher,
    student: 'draw' in student ? { draw: { ...student.draw, N } } : student,
  });
}

export function drawTeacher(state: State, part: Partial<TeacherDraw> = {}): State {
  const { M } = unitsOf(state.problem);
  const draw = { M, ...DRAW, N: dimensionOf(state), ...teacherDraw(state), ...part };
  return withProblem(state, { teacher: { draw } });
}

export function drawStudent(state: State, part: Partial<StudentDraw> = {}): State {
  const { K } = unitsOf(state.problem);
  const draw = { K, ...DRAW, N: dimensionOf(state), sigma: SIGMA, ...studentDraw(state), ...part };
  return withProblem(state, { student: { draw } });
}

/** A teacher can be drawn only together with its student. */
export const drawTeacherAnew = (state: State): State =>
  studentGiven(state) ? withoutV(drawStudent(drawTeacher(state))) : drawTeacher(state);

/** The drawn overlaps as numbers. What is refused throws. */
export const giveTeacher = (state: State): State =>
  withProblem(state, { teacher: resolvedOf(state).teacher });

/** The overlaps with a teacher that is drawn mean nothing: it is given too. */
export function giveStudent(state: State): State {
  const { teacher, student } = resolvedOf(state);
  return withoutV(withProblem(state, { teacher, student }));
}

/** The second layer at the start with another number: in the given student, or set by hand over the drawn one. */
export function withV(state: State, v: number[]): State {
  const given = studentGiven(state);
  return given && state.v === undefined ? withProblem(state, { student: { ...given, v } }) : { ...state, v };
}

/** Feedback as numbers: what the law gives, or where there is none `otherwise`. */
export function giveFeedback(state: State): State {
  const law = { draw: 'normal', seed: DRAW.seed } as const;
  const { problem } = state;
  return withProblem(state, {
    feedback: resolvedOf({ ...state, problem: { ...problem, feedback: problem.feedback ?? law } }).feedback,
  });
}

/** Feedback by a law; the seed stays. */
export const drawFeedback = (state: State, part: Partial<FeedbackDraw>): State =>
  withProblem(state, { feedback: lawOf({ draw: 'normal', ...feedbackLaw(state), ...part }) });

const lawOf = ({ draw, seed = DRAW.seed }: FeedbackDraw): FeedbackDraw => ({ draw, seed });

/** Whether F can be at right angles to A. */
export function canBeOrthogonal({ problem }: Pick<State, 'problem'>): boolean {
  const { K, M } = unitsOf(problem);
  const { teacher } = problem;
  return K === M && K > 1 && ('draw' in teacher || teacher.A.some((a) => a !== 0));
}

export const replaced = <T>(list: readonly T[], at: number, value: T): T[] =>
  list.map((old, i) => (i === at ? value : old));
