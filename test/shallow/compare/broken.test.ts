import { beforeEach, describe, expect, it, vi } from 'vitest';
import { agreementWith, compare, simulate } from '../../../src/index.ts';
import { MISTAKES } from '../../support/brokenTheory.ts';
import { twelveProblems } from '../../support/twelveProblems.ts';

const now = vi.hoisted(() => ({ mistake: 'none' }));
vi.mock('../../../src/shallow/theory/equations.ts', async (original) => {
  const { broken } = await import('../../support/brokenTheory.ts');
  return broken(await original(), now);
});
// Students do not depend on the theory.
vi.mock('../../../src/shallow/students/index.ts', async (original) => {
  const { trainedOnce } = await import('../../support/trainedOnce.ts');
  return trainedOnce(await original());
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

  it.each(MISTAKES)('%s does not agree with them as they come either', async (mistake) => {
    now.mistake = mistake;
    const { level, scalingRuns: _, ...train } = settings;
    const held = await agreementWith(problem, { N: 500, level });
    const { verdict } = held(await simulate(problem, train));
    expect(verdict.agrees).toBe(false);
    expect(verdict.p).toBeLessThan(1e-6);
    now.mistake = 'none';
    const right = await agreementWith(problem, { N: 500, level });
    expect(right(await simulate(problem, train)).verdict.agrees).toBe(true);
  });

  it('nothing agrees', async () => {
    expect((await compare(problem, settings)).verdict.agrees).toBe(true);
  });
});

describe('at a learning rate so large that no later time can be tested', () => {
  const violent = {
    activation: 'linear',
    rule: 'bp',
    learningRate: 1.9,
    trainSecondLayer: false,
    teacher: { T: [[1]], A: [1] },
    student: { Q: [[1]], R: [[0]], v: [1] },
    alpha: [0, 3, 6, 10],
  };

  it.each(['none', 'the terms of second order in the rate'])(
    'what holds at alpha = 0 does not count as agreement, with the mistake: %s',
    async (mistake) => {
      now.mistake = mistake;
      const { verdict } = await compare(violent, { ...settings, runs: 20, level: 1e-3 });
      expect(verdict.agrees).toBeNull();
      expect(verdict.message).toMatch(
        /^undecided: nothing found, but 3 of 3 times after alpha = 0 could not be tested/,
      );
    },
  );

  it('nor is there anything to agree on where alpha = 0 is the only time', async () => {
    const { verdict } = await compare({ ...violent, alpha: [0] }, { ...settings, runs: 20 });
    expect(verdict.agrees).toBeNull();
    expect(verdict.message).toMatch(/nothing has been learned; ask for later times/);
  });
});
