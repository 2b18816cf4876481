import { describe, expect, it } from 'vitest';
import { integrate, type Problem, resolveProblem } from '../../../src/index.ts';
import { failureOf } from '../../support/failureOf.ts';
import { smallProblem } from '../../support/problems.ts';

it.each<[path: string, change: (p: Problem) => Partial<Problem>]>([
  ['alpha[0]', () => ({ alpha: new Array(1) })],
  [
    'teacher.A[1]',
    ({ teacher }) => ({ teacher: { ...teacher, A: Object.assign(new Array(2), [1]) } as never }),
  ],
])('what was left out of a list is refused: %s', (path, change) => {
  const problem = smallProblem();
  const failure = failureOf(() => integrate({ ...problem, ...change(problem) }));
  expect(failure).toMatchObject({ code: 'invalid-problem', path });
  expect(failure.message).toBe(`${path}: found nothing; use a finite number`);
});

it('what JSON cannot hold is refused in words', () => {
  const circular: { self?: unknown } = {};
  circular.self = circular;
  for (const noise of [circular, { deep: 1n }, { toJSON: () => expect.unreachable() }]) {
    const failure = failureOf(() => integrate({ ...smallProblem(), noise: noise as never }));
    expect(failure.message).toBe(
      'noise: found an object that JSON cannot hold; use a finite number, zero or more',
    );
  }
});

it.each([[null], [[1e-9]], ['1e-9']])('a tolerance of %j is refused', (rtol) => {
  const failure = failureOf(() => integrate(smallProblem(), { rtol: rtol as never }));
  expect(failure).toMatchObject({ code: 'invalid-option', path: 'rtol' });
});

describe('times at the ends of what a number can be', () => {
  it.each<[Problem['alpha'], string, string]>([
    [[5e-324], 'alpha[0]', 'found 5e-324; use 0, or times from 1e-300 on'],
    [[0, 1e-301, 1], 'alpha[1]', 'found 1e-301; use 0, or times from 1e-300 on'],
    [{ from: 5e-324, to: 1, points: 3 }, 'alpha.from', 'found 5e-324; use 0, or times from 1e-300 on'],
    [{ from: 0, to: 1e-310, points: 3, scale: 'linear' }, 'alpha.to', 'found 1e-310; use 0, or times from'],
    [{ from: 1, to: 1 + 2 ** -52, points: 10 }, 'alpha.points', 'found 10; use fewer: there are not so many'],
    [{ from: 1, to: 1 + 2 ** -52, points: 3, scale: 'linear' }, 'alpha.points', 'found 3; use fewer'],
    [
      { from: 0, to: 1e-299, points: 20, scale: 'linear' },
      'alpha.points',
      'found 20; use fewer: the first time',
    ],
  ])('%j is refused', (alpha, path, message) => {
    const failure = failureOf(() => integrate({ ...smallProblem(), alpha }));
    expect(failure).toMatchObject({ code: 'invalid-problem', path });
    expect(failure.message).toContain(`${path}: ${message}`);
  });

  it('are as many as were asked for, however far apart', () => {
    const { alpha } = resolveProblem({ ...smallProblem(), alpha: { from: 1e-300, to: 1e300, points: 5 } });
    [1e-300, 1e-150, 1, 1e150, 1e300].forEach((time, i) => {
      expect(alpha[i] / time).toBeCloseTo(1, 12);
    });
    expect(integrate({ ...smallProblem(), alpha: [1e-300, 1] }).alpha).toEqual([1e-300, 1]);
    const far = { from: 0, to: 1e307, points: 20, scale: 'linear' as const };
    resolveProblem({ ...smallProblem(), alpha: far }).alpha.forEach((time, i) => {
      expect(time / 1e307).toBeCloseTo(i / 19, 12);
    });
  });
});

it('lengths whose product is no number are refused', () => {
  const long = {
    ...smallProblem(),
    teacher: { T: [[1.5e154]], A: [1] },
    student: { Q: [[1]], R: [[0]], v: [0] },
  };
  const failure = failureOf(() => integrate({ ...long, feedback: [1] }));
  expect(failure.message).toBe('teacher.T: found 1.5e+154 on the diagonal; use squared lengths up to 1e+150');
});

it('a typed array is no list, also where an object would do', () => {
  const failure = failureOf(() => integrate({ ...smallProblem(), alpha: new Float64Array([0, 1]) as never }));
  expect(failure.message).toMatch(/^alpha: found a Float64Array; use a list of 1 to 1000000 finite numbers/);
});

it('overlaps in a proxy, as frameworks of pages have them, are taken over', () => {
  const { student, ...rest } = smallProblem();
  if ('draw' in student) expect.unreachable();
  const Q = new Proxy(student.Q, {});
  const found = resolveProblem({ ...rest, student: new Proxy({ ...student, Q }, {}) });
  expect(found.student).toEqual(student);
});

it('output weights whose product is no number are refused', () => {
  const { teacher, feedback } = { ...smallProblem(), feedback: [1, 1e200] };
  const heavy = { ...smallProblem(), teacher: { ...(teacher as object), A: [-1e76, 1] } } as Problem;
  expect(failureOf(() => integrate(heavy)).message).toBe(
    'teacher.A[0]: found -1e+76; use a number of size up to 1e+75',
  );
  expect(failureOf(() => integrate({ ...smallProblem(), feedback })).path).toBe('feedback[1]');
});
