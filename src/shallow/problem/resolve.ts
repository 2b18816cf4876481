import { AlignodeError, show } from '../../support/error.ts';
import { nearest } from '../../support/nearest.ts';
import { alphaGrid } from './alphaGrid.ts';
import { FIELDS, isObject, RELATIONS, studentShape } from './checks.ts';
import { drawStudent, drawTeacher, feedbackLaws } from './draw.ts';
import { resolveRule, tryRule } from './ownRule.ts';
import type { Problem, ResolvedProblem, Student } from './types.ts';

/**
 * Checks a problem, fills in the defaults and draws what is to be drawn. The result shares nothing with the
 * argument, survives JSON unchanged (but for a rule of one's own, of which JSON keeps the name), and resolves to itself.
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
    weightDecay: problem.weightDecay ? [...problem.weightDecay] : [0, 0],
    trainSecondLayer: problem.trainSecondLayer ?? true,
    teacher,
    student,
    ...(feedback && { feedback }),
    alpha: Array.isArray(problem.alpha) ? problem.alpha.slice() : alphaGrid(problem.alpha),
  };
  tryRule(resolved);
  return resolved;
}

/**
 * The same problem with another student, as a point of a curve is: well formed, but not held to the positive cone,
 * which computed overlaps may leave by their error.
 */
export function withStudent(problem: ResolvedProblem, student: Student): ResolvedProblem {
  if (!isObject(student)) refuse('student', student, 'use { "Q": .., "R": .., "v": .. }');
  checkObject(student, 'student', keysOf('student'));
  const changed = { ...problem, student: copyOf(student) };
  const failure = studentShape(changed);
  if (failure) refuse(failure.path, failure.found, failure.want);
  if (student.v.length !== problem.student.v.length)
    refuse('student.v', student.v, `use ${problem.student.v.length} numbers, as the problem's student has`);
  return changed;
}

const copyOf = <T>(value: T): T => structuredClone(value);

function resolveFeedback(feedback: Problem['feedback'], A: number[], v: number[]): number[] | undefined {
  if (feedback === undefined || Array.isArray(feedback)) return feedback?.slice();
  return feedbackLaws[feedback.draw].draw(v.length, feedback.seed ?? 0, A, v);
}

function check(problem: unknown): asserts problem is Problem {
  if (!isObject(problem)) refuse('problem', problem, 'use an object with the keys of a problem');
  checkObject(problem, '', keysOf(''));
  const { rule, teacher, student, feedback, alpha } = problem as Record<string, Record<string, unknown>>;
  if (isObject(rule)) checkObject(rule, 'rule', keysOf('rule'));
  for (const [path, part] of Object.entries({ teacher, student })) {
    if ('draw' in part) {
      if (Object.keys(part).length > 1)
        refuse(path, Object.keys(part), 'give the overlaps or "draw", not both');
      if (!isObject(part.draw)) refuse(`${path}.draw`, part.draw, `use { ${list(keysOf(`${path}.draw`))} }`);
      checkObject(part.draw, `${path}.draw`, keysOf(`${path}.draw`));
    } else checkObject(part, path, keysOf(path));
  }
  if (isObject(feedback)) checkObject(feedback, 'feedback', keysOf('feedback'));
  if (isObject(alpha)) checkObject(alpha, 'alpha', keysOf('alpha'));
  for (const relation of RELATIONS) {
    if (relation.when && !relation.when(problem)) continue;
    const failure = relation.fails(problem);
    if (failure) refuse(failure.path, failure.found, failure.want);
  }
}

const keysOf = (path: string) => FIELDS.filter((field) => field.of === path);
const list = (fields: typeof FIELDS): string => fields.map((field) => `"${field.key}"`).join(', ');

function checkObject(object: unknown, path: string, fields: typeof FIELDS): void {
  const values = object as Record<string, unknown>;
  const at = (key: string): string => (path ? `${path}.${key}` : key);
  for (const key of Object.keys(values))
    if (!fields.some((field) => field.key === key))
      refuse(at(key), values[key], `there is no such key; ${meant(key, fields)}`);
  for (const { key, optional, ok, want } of fields) {
    const value = values[key];
    if (value === undefined ? !optional : !ok(value)) refuse(at(key), offender(value), want);
  }
}

/** Of a long list only what is wrong in it is worth showing. */
function offender(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  const flat = value.flat();
  const bad = flat.find((x) => typeof x !== 'number' || !Number.isFinite(x));
  return flat.length > 8 && bad !== undefined ? `${show(bad)} among ${flat.length} numbers` : value;
}

function meant(key: string, fields: typeof FIELDS): string {
  const near = nearest(
    key,
    fields.map((field) => field.key),
  );
  return near === undefined ? `the keys are ${list(fields)}` : `did you mean "${near}"?`;
}

function refuse(path: string, found: unknown, want: string): never {
  const what = typeof found === 'string' && found.includes(' ') ? found : show(found);
  throw new AlignodeError('invalid-problem', `${path}: found ${what}; ${want}`, { path });
}
