import { expect, it } from 'vitest';
import { compare } from '../../src/index.ts';
import { twelveProblems } from '../support/twelveProblems.ts';

it.each(twelveProblems)('theory and trained students agree: %s', async (_, problem) => {
  const { verdict, settings, scaling } = await compare(problem, {
    N: 500,
    runs: 50,
    seed: 1,
    threads: 1,
    level: 1e-6,
  });
  expect(verdict.message).toMatch(/^theory and students agree/);
  expect(verdict.agrees).toBe(true);
  expect(verdict.untested).toEqual([]);
  expect(settings.student).toBe('trained');
  // That it is a parabola in 1/N that the sizes lie on.
  expect(scaling?.worstFit?.p).toBeGreaterThan(1e-6);
});
