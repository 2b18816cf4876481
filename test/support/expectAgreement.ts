import { expect } from 'vitest';
import { type CompareOptions, type Comparison, compare, type Problem } from '../../src/index.ts';

/** Theory agrees with trained students at a level of 10⁻⁶, nothing is left untested, and the sizes lie on a parabola in 1/N. */
export async function expectAgreement(problem: Problem, options: CompareOptions): Promise<Comparison> {
  const comparison = await compare(problem, { runs: 50, seed: 1, level: 1e-6, ...options });
  const { verdict, settings, scaling } = comparison;
  expect(verdict.message).toMatch(/^theory and students agree/);
  expect(verdict.agrees).toBe(true);
  expect(verdict.untested).toEqual([]);
  expect(settings.student).toBe('trained');
  expect(scaling?.worstFit?.p).toBeGreaterThan(1e-6);
  return comparison;
}
