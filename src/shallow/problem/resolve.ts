import { timesOf } from '../../numbers/times.ts';
import { isObject } from '../../support/check.ts';
import { howMany } from '../../support/howMany.ts';
import { readSafely, refuseFailure, refuseFault, requireAll } from '../../support/relations.ts';
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
  refuseFailure(studentShape(changed));
  if (student.v.length !== problem.student.v.length)
    refuseFailure({
      path: 'student.v',
      found: student.v,
      want: `use ${howMany(problem.student.v.length, 'number')}, as the problem's student has`,
    });
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
  readSafely(() => {
    refuseDeep(problem);
    requireAll(problem, PROBLEM, RELATIONS);
  });
}

/** Whoever gives a deep problem to what takes two layers is told so, and not what else such a problem lacks. */
export function refuseDeep(problem: unknown): void {
  if (!isObject(problem)) return;
  const has = (key: string): boolean => Object.hasOwn(problem, key);
  if (has('network'))
    refuseFailure({
      path: 'network',
      found: 'a deep problem here',
      want: '`integrate` and `simulate` take those; state two layers with "teacher" and "student"',
    });
  if (!has('teacher') && (has('data') || has('loss')))
    refuseFailure({
      path: 'network',
      found: undefined,
      want: 'a problem with "data" and "loss" is a deep one: put "widths", "activation" and "init" into "network": { .. }',
    });
}
