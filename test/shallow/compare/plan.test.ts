import { expect, it } from 'vitest';
import { resolveProblem } from '../../../src/index.ts';
import { planOf } from '../../../src/shallow/compare/plan.ts';
import { smallProblem } from '../../support/problems.ts';

const until = (alpha: number) => resolveProblem({ ...smallProblem(), alpha: [1, alpha] });
const small = { N: 100, runs: 20, student: 'projected', scalingRuns: undefined } as const;

it('a short comparison has a hundred students at each size of its scaling', () => {
  const { students, scaling } = planOf(until(100), small);
  expect(students).toMatchObject({ N: 100, runs: 20, student: 'projected', steps: 200_000 });
  expect(scaling.map(({ N, runs, steps }) => [N, runs, steps])).toEqual(
    [100, 200, 400, 800, 1600].map((N) => [N, 100, 100 * N * 100]),
  );
});

it('one that takes long has fewer, about as much work as its own students, or none', () => {
  const longer = planOf(until(3000), small);
  expect(longer.scalingRuns).toBeGreaterThanOrEqual(10);
  expect(longer.scalingRuns).toBeLessThan(20);
  const work = (parts: readonly { work: number }[]) => parts.reduce((sum, one) => sum + one.work, 0);
  const some = planOf(until(1e5), { N: 500, runs: 10, student: 'trained', scalingRuns: undefined });
  expect(some.scalingRuns).toBeLessThan(100);
  expect(work(some.scaling)).toBeLessThanOrEqual(some.students.work);
  expect(work(some.scaling)).toBeGreaterThan(0.8 * some.students.work);
  expect(planOf(until(1e5), small)).toMatchObject({ scaling: [], scalingRuns: 0, leftOut: true });
});

it('what is asked for is done, whatever it costs', () => {
  const asked = planOf(until(1e5), { ...small, scalingRuns: 200 });
  expect(asked.scaling.map(({ runs }) => runs)).toEqual([200, 200, 200, 200, 200]);
  expect(planOf(until(2), { ...small, scalingRuns: 0 })).toMatchObject({ scaling: [], leftOut: false });
});
