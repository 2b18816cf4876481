import { describe, expect, it } from 'vitest';
import { type Problem, resolveProblem, simulate } from '../../../src/index.ts';
import { settle } from '../../../src/shallow/students/index.ts';
import { judge, mayLearn } from '../../../src/shallow/students/until.ts';

const problem = (feedback: number[], changes: Partial<Problem> = {}) =>
  resolveProblem({
    activation: 'relu',
    rule: 'dfa',
    learningRate: 0.5,
    teacher: {
      T: [
        [1, 0],
        [0, 1],
      ],
      A: [1, 1],
    },
    student: { draw: { K: feedback.length, N: 50, sigma: 0.01, seed: 3 } },
    feedback,
    alpha: [0, 1, 10],
    ...changes,
  });

describe('what keeps a student from learning', () => {
  it.each([
    [[1, 1], [1, 1], true],
    [[1, -1], [1, 1], false],
    [[-1, -1], [1, 1], false],
    [[1, -1], [1, -1], true],
    [[1, 1], [1, -1], false],
    [[1, 0], [1, 1], false],
  ])('F = %j and A = %j: it may learn: %s', (F, A, may) => {
    const T = [
      [1, 0],
      [0, 1],
    ];
    expect(mayLearn(problem(F, { teacher: { T, A } }))).toBe(may);
  });

  it('is known of relu with DFA, a trained second layer and no decay alone', () => {
    const hopeless = [1, -1];
    expect(mayLearn(problem(hopeless))).toBe(false);
    expect(mayLearn(problem(hopeless, { activation: 'erf' }))).toBe(true);
    expect(mayLearn(problem(hopeless, { rule: 'bp' }))).toBe(true);
    expect(mayLearn(problem(hopeless, { trainSecondLayer: false }))).toBe(true);
    expect(mayLearn(problem(hopeless, { secondLayerRate: 0 }))).toBe(true);
    expect(mayLearn(problem(hopeless, { weightDecay: [0, 0.1] }))).toBe(true);
  });
});

describe('what becomes of a student', () => {
  const until = { learned: 1e-3, patience: 10 };

  it('is that it has learned as soon as its error is a small part of that at the start', () => {
    const verdict = judge(problem([1, 1]), until);
    expect([0, 1, 2, 3].map((alpha) => verdict(alpha, 0.7 * 10 ** -alpha))).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(verdict(4, 0.6e-3)).toBe('learned');
  });

  it('is that it is stuck if F is hopeless and its error has not fallen by a tenth while the time doubled', () => {
    const verdict = judge(problem([1, -1]), until);
    expect(verdict(0, 0.7)).toBeUndefined();
    expect(verdict(4, 0.1)).toBeUndefined();
    expect(verdict(8, 0.1)).toBeUndefined(); // before its patience is at an end
    expect(verdict(12, 0.089)).toBeUndefined(); // it was 0.1 at α = 4
    expect(verdict(24, 0.081)).toBe('stuck');
  });

  it('is judged by the time it took to double, and no shorter one', () => {
    const verdict = judge(problem([1, -1]), until);
    verdict(0, 0.7);
    verdict(10, 0.1);
    verdict(12, 0.092);
    expect(verdict(20, 0.0899)).toBeUndefined();
    expect(verdict(24, 0.0899)).toBe('stuck');
  });

  it('stays open, however slow it is, if its feedback would do', () => {
    const verdict = judge(problem([1, 1e-9]), until);
    expect([0, 1, 10, 100, 1000, 10_000].map((alpha) => verdict(alpha, 0.1))).toEqual(
      Array(6).fill(undefined),
    );
  });

  it('is that it has learned, also if F was thought hopeless: what is seen comes first', () => {
    const verdict = judge(problem([1, -1]), until);
    verdict(0, 0.7);
    expect(verdict(100, 1e-5)).toBe('learned');
  });
});

describe('students trained until it is known', () => {
  const stated: Problem = {
    ...problem([1, 1]),
    student: { draw: { K: 2, N: 50, sigma: 0.01, seed: 3 } },
    feedback: { draw: 'normal', seed: 5 },
    alpha: [0, 10, 20, 50, 100, 200, 400, 800],
  };
  const options = { N: 50, runs: 12, seed: 4, threads: 1, redraw: ['student', 'feedback'] } as const;
  const until = { learned: 1e-3, patience: 150 };

  it.each(['cpu', 'reference'])('stop where the whole curve says they do (%s)', async (backend) => {
    const all = { ...options, student: 'projected', backend } as const;
    const { students, problem: resolved } = await settle(stated, all, until);
    const { perRun } = await simulate(stated, all);
    expect(students.map(({ seed }) => seed)).toEqual(perRun.map(({ seed }) => seed));
    expect(new Set(students.map(({ outcome }) => outcome))).toEqual(new Set(['learned', 'stuck']));
    for (const [i, { outcome, alpha, eg, feedback }] of students.entries()) {
      const run = perRun[i];
      expect(feedback).toEqual(run.feedback);
      const at = resolved.alpha.indexOf(alpha);
      expect(eg).toBe(run.eg[at]);
      const learned = run.eg.findIndex((one) => one < 1e-3 * run.eg[0]);
      if (outcome === 'learned') expect(at).toBe(learned);
      else expect(learned).toBe(-1);
    }
  });

  it('are undecided at the last time if they are still under way', async () => {
    const { students } = await settle(
      { ...stated, alpha: [0, 10, 20] },
      { ...options, student: 'projected' },
      until,
    );
    for (const { outcome, alpha } of students) expect([outcome, alpha]).toEqual(['undecided', 20]);
  });

  it('have diverged where they leave every bound', async () => {
    const { students } = await settle(
      { ...stated, learningRate: 60 },
      { ...options, student: 'projected' },
      until,
    );
    const diverged = students.filter(({ outcome }) => outcome === 'diverged');
    expect(diverged.length).toBeGreaterThan(0);
    for (const { eg } of diverged) expect(eg).toBeNaN();
  });
});
