import { timesOf } from '../../numbers/times.ts';
import { type Fault, isObject, pathOf, wordsOf } from '../../support/check.ts';
import { AlignodeError, show, unreadable } from '../../support/error.ts';
import { howMany } from '../../support/howMany.ts';
import { PROBLEM, RELATIONS, STUDENT, studentShape } from './checks.ts';
import { drawStudent, drawTeacher, feedbackLaws } from './draw.ts';
import { resolveRule, tryRule } from './ownRule.ts';
import type { Problem, ResolvedProblem, Student } from './types.ts';

/**
 * Checks a problem, fills in the defaults and draws what is to be drawn. The result shares nothing with the argument,
 * survives JSON unchanged (but for a rule of one's own, of which JSON keeps the name), and resolves to itself.
 */
export function resolveProblem(problem: Problem): ResolvedProblem {
  check(problem);
  const teacher = 'draw' in problem.teacher ? drawTeacher(problem.teacher.draw) : copyOf(problem.teacher);
  const student =
    'draw' in problem.student ? drawStudent(problem.student.draw, teacher) : copyOf(problem.student);
  const feedback = resolveFeedback(problem.feedback, teacher.A, student.v);
  const resolved: ResolvedProblem = {
    activation: problem.activation,
    rule: resolveRule(problem.rule),
    learningRate: problem.learningRate,
    secondLayerRate: problem.secondLayerRate ?? problem.learningRate,
    noise: problem.noise ?? 0,
    weightDecay: problem.weightDecay ? (copied(problem.weightDecay) as [number, number]) : [0, 0],
    trainSecondLayer: problem.trainSecondLayer ?? true,
    teacher,
    student,
    ...(feedback && { feedback }),
    alpha: timesOf(problem.alpha),
  };
  tryRule(resolved);
  return resolved;
}

/**
 * The same problem with another student, such as a point of a curve. The student must be well formed, but may lie
 * outside the positive cone, which computed overlaps may leave by their error.
 */
export function withStudent(problem: ResolvedProblem, student: Student): ResolvedProblem {
  refuseFault(STUDENT({ student }));
  const changed = { ...problem, student: copyOf(student) };
  const failure = studentShape(changed);
  if (failure) refuse(failure.path, failure.found, failure.want);
  if (student.v.length !== problem.student.v.length)
    refuse(
      'student.v',
      student.v,
      `use ${howMany(problem.student.v.length, 'number')}, as the problem's student has`,
    );
  return changed;
}

/** Lists of numbers, and lists of lists, entry by entry: nothing else that an object carries is taken over. */
const copyOf = <T extends object>(overlaps: T): T =>
  Object.fromEntries(Object.entries(overlaps).map(([key, list]) => [key, copied(list)])) as T;
function copied(list: readonly unknown[]): unknown[] {
  const copy: unknown[] = [];
  for (let i = 0; i < list.length; i++)
    copy.push(Array.isArray(list[i]) ? copied(list[i] as unknown[]) : list[i]);
  return copy;
}

function resolveFeedback(feedback: Problem['feedback'], A: number[], v: number[]): number[] | undefined {
  if (feedback === undefined || Array.isArray(feedback)) return feedback && (copied(feedback) as number[]);
  return feedbackLaws[feedback.draw].draw(v.length, feedback.seed ?? 0, A, v);
}

function check(problem: unknown): asserts problem is Problem {
  try {
    refuseDeep(problem);
    refuseFault(PROBLEM(problem));
    for (const { when, fails } of RELATIONS) {
      const failure = when === undefined || when(problem) ? fails(problem) : undefined;
      if (failure) refuse(failure.path, failure.found, failure.want);
    }
  } catch (error) {
    if (error instanceof AlignodeError) throw error;
    // A getter that throws, a list that is none.
    throw new AlignodeError('invalid-problem', `problem: ${unreadable(error)}`, { path: 'problem' });
  }
}

/** Whoever gives a deep problem to what takes two layers is told so, and not what else such a problem lacks. */
export function refuseDeep(problem: unknown): void {
  if (!isObject(problem)) return;
  const has = (key: string): boolean => Object.hasOwn(problem, key);
  if (has('network'))
    refuse(
      'network',
      'a deep problem here',
      'as yet `integrate` alone takes those; state two layers with "teacher" and "student"',
    );
  if (!has('teacher') && (has('data') || has('loss')))
    refuse(
      'network',
      undefined,
      'a problem with "data" and "loss" is a deep one: put "widths", "activation" and "init" into "network": { .. }',
    );
}

function refuseFault(fault: Fault | undefined): void {
  if (fault === undefined) return;
  throw new AlignodeError('invalid-problem', wordsOf(fault, 'problem'), { path: pathOf(fault, 'problem') });
}

/** `found` is a value of the problem, or says what is wrong with it. */
const refuse = (path: string, found: unknown, want: string): void =>
  refuseFault({ path, found: typeof found === 'string' && found.includes(' ') ? found : show(found), want });
