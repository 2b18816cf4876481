import { expect, it, vi } from 'vitest';
import { compare } from '../../src/index.ts';
import { MISTAKES } from '../support/brokenTheory.ts';
import { describeGpu } from '../support/gpu.ts';
import { twelveProblems } from '../support/twelveProblems.ts';

const now = vi.hoisted(() => ({ mistake: 'none' }));
vi.mock('../../src/theory/equations.ts', async (original) => {
  const { broken } = await import('../support/brokenTheory.ts');
  return broken(await original(), now);
});
// Students do not depend on the theory.
vi.mock('../../src/simulation/index.ts', async (original) => {
  const { trainedOnce } = await import('../support/trainedOnce.ts');
  return trainedOnce(await original());
});

/* broken.test.ts for students on a GPU. */
const [, problem] = twelveProblems[2];

describeGpu('on a GPU, a theory that leaves out', () => {
  it.each(MISTAKES)('%s does not agree with students', async (mistake) => {
    now.mistake = mistake;
    const { verdict } = await compare(problem, {
      N: 500,
      runs: 50,
      seed: 3,
      student: 'projected',
      scalingRuns: 10,
      level: 1e-6,
      backend: 'gpu',
      allowSoftware: true,
    });
    expect(verdict.agrees).toBe(false);
    expect(verdict.p).toBeLessThan(1e-6);
  });
});
