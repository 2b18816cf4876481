import { expect, it } from 'vitest';
import { integrate, type Problem } from '../../../src/index.ts';
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
