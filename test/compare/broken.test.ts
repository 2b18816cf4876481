import { beforeEach, describe, expect, it, vi } from 'vitest';
import { compare } from '../../src/index.ts';
import { MISTAKES } from '../support/brokenTheory.ts';
import { twelveProblems } from '../support/twelveProblems.ts';

const now = vi.hoisted(() => ({ mistake: 'none' }));
vi.mock('../../src/theory/equations.ts', async (original) => {
  const { broken } = await import('../support/brokenTheory.ts');
  return broken(await original(), now);
});
beforeEach(() => {
  now.mistake = 'none';
});

/** Label noise and both decays. */
const [, problem] = twelveProblems[2];
const settings = {
  N: 500,
  runs: 50,
  seed: 3,
  student: 'projected',
  threads: 1,
  scalingRuns: 50,
  level: 1e-6,
} as const;

describe('a theory that leaves out', () => {
  it.each(MISTAKES)('%s does not agree with students', async (mistake) => {
    now.mistake = mistake;
    const { verdict, scaling } = await compare(problem, settings);
    expect(verdict.agrees).toBe(false);
    expect(verdict.p).toBeLessThan(1e-6);
    expect(verdict.message).toMatch(
      /^theory and students do not agree: \w+ at alpha = .* standard errors; p = /,
    );
    expect(scaling).not.toBeNull();
  });

  it('nothing agrees', async () => {
    expect((await compare(problem, settings)).verdict.agrees).toBe(true);
  });
});
