import { describe, expect, it } from 'vitest';
import {
  type Problem,
  type Rule,
  resolveProblem,
  type SimulateOptions,
  simulate,
} from '../../../src/index.ts';
import { layoutOf } from '../../../src/shallow/problem/index.ts';
import { backends } from '../../../src/shallow/students/index.ts';
import { mayLearn } from '../../../src/shallow/students/until.ts';
import { mixture, ruleWith } from '../../support/ownRules.ts';
import { smallProblem } from '../../support/problems.ts';
import { curvesOfRun, drawnProblem } from '../../support/simulations.ts';
import { twelveProblems } from '../../support/twelveProblems.ts';

const kinds = ['trained', 'projected'] as const;
const options: SimulateOptions = { N: 30, runs: 3, seed: 6, threads: 1 };
const curves = async (problem: Problem, more: SimulateOptions) =>
  (await simulate(problem, more)).perRun.map(curvesOfRun);

describe.each(kinds)('a %s student by a rule of one’s own', (student) => {
  it.each(twelveProblems)(
    'that is a built-in one is the same to the last bit: %s',
    async (_name, problem) => {
      const rule = ruleWith('twin', (v, F) => (problem.rule === 'bp' ? v : F), {
        needsFeedback: problem.rule === 'dfa',
      });
      const built = { ...problem, alpha: [0, 0.5, 4] };
      expect(await curves({ ...built, rule }, { ...options, student })).toEqual(
        await curves(built, { ...options, student, backend: 'reference' }),
      );
    },
  );

  it('learns from v as it was before the step, in both layers', () => {
    const step = (rule: string | Rule): Float64Array => {
      const problem = resolveProblem({
        activation: 'linear',
        rule,
        learningRate: 1,
        secondLayerRate: 20,
        teacher: { T: [[1]], A: [1] },
        student: { Q: [[2]], R: [[0.3]], v: [0.5] },
        alpha: [1],
      });
      const batch = backends.reference[student].start([problem], 10, [4]);
      const y = new Float64Array(layoutOf(problem).size);
      batch.advance(1);
      batch.read(0, y);
      return y;
    };
    const [bp, cubic] = [step('bp'), step(ruleWith('cubic', (v) => v ** 3, { needsFeedback: false }))];
    // f = v³ = v/4 moves R a quarter as far as BP does, and v as far.
    expect((cubic[1] - 0.3) / (bp[1] - 0.3)).toBeCloseTo(0.25, 12);
    expect(cubic[2]).toBe(bp[2]);
    expect(Math.abs(bp[2] - 0.5)).toBeGreaterThan(0.05);
  });

  it('fails with a reason where the signal is no number, and diverges where it does', async () => {
    const rooted = ruleWith('rooted', (v, F) => F + Math.sqrt(0.3 - v));
    const problem = { ...smallProblem(), rule: rooted, learningRate: 1, alpha: [0, 1, 50] };
    const { perRun, failed, complete } = await simulate(problem, { ...options, student });
    expect([perRun, complete]).toEqual([[], false]);
    expect(failed.map(({ run }) => run)).toEqual([1, 2, 3]);
    expect(failed[0].reason).toMatch(/^rule: the signal of "rooted" writes f\[\d\] = NaN for v = \[0\.\d/);

    const steep = ruleWith('steep', (v, F) => F + v ** 5);
    const wild: Problem = { ...problem, activation: 'linear', rule: steep, learningRate: 30, alpha: [0, 30] };
    const diverging = await simulate(wild, { ...options, student });
    expect(diverging.failed).toEqual([]);
    expect(diverging.perRun.map(({ diverged }) => diverged)).toEqual([30, 30, 30]);
  });

  it('is trained by the readable reference in this thread, and the result says so twice', async () => {
    const { settings, notes, failed, perRun } = await simulate(
      { ...drawnProblem(), rule: mixture },
      { ...options, student, runs: 23, redraw: ['student'], threads: 3 },
    );
    expect(settings).toMatchObject({ backend: 'reference', threads: 1 });
    expect([failed, perRun.length]).toEqual([[], 23]);
    expect(notes).toEqual([
      'the backend "cpu" does not run here (it sends back v or F only, and the rule "mixture" names neither); a slower one is used',
      'the rule "mixture" is a function of this program and cannot be sent to worker threads: one thread is used, not 3',
    ]);
    const alone = await simulate({ ...drawnProblem(), rule: mixture }, { ...options, student });
    expect(alone.notes).toHaveLength(1);
  });

  it('is told of by its settings: they make the same numbers again', async () => {
    const problem = { ...drawnProblem(), rule: mixture };
    const { settings, perRun } = await simulate(problem, { ...options, student, threads: 2 });
    const again = await simulate(problem, settings);
    expect(again.perRun.map(curvesOfRun)).toEqual(perRun.map(curvesOfRun));
    expect(again.settings).toEqual(settings);
  });

  it('is refused to a fast backend that is asked for by name', async () => {
    const problem = { ...drawnProblem(), rule: mixture };
    await expect(simulate(problem, { ...options, student, backend: 'cpu' })).rejects.toMatchObject({
      code: 'invalid-option',
      path: 'backend',
      message:
        'backend: "cpu" does not run here: it sends back v or F only, and the rule "mixture" names neither; use "auto"',
    });
    await expect(simulate(problem, { ...options, student, backend: 'gpu' })).rejects.toMatchObject({
      path: 'backend',
      message:
        'backend: "gpu" does not do this: it sends back v or F only, and the rule "mixture" names neither; use "auto"',
    });
  });

  it.each(['v', 'F'] as const)(
    'is trained by the kernel, one thread all the same, if it says that it sends %s',
    async (sends) => {
      const rule = ruleWith('sender', (v, F) => (sends === 'v' ? v : F), { sends });
      const built = { ...drawnProblem(), rule: sends === 'v' ? 'bp' : 'dfa' };
      const { settings, notes, perRun } = await simulate(
        { ...built, rule },
        { ...options, student, threads: 2 },
      );
      expect(settings).toMatchObject({ backend: 'cpu', threads: 1 });
      expect(notes).toEqual([expect.stringContaining('cannot be sent to worker threads')]);
      expect(perRun.map(curvesOfRun)).toEqual(await curves(built, { ...options, student, backend: 'cpu' }));
    },
  );
});

it('signs of F keep a relu student from learning if F is what the rule sends, whatever its name', () => {
  const problem = (rule: string | Rule) =>
    resolveProblem({ ...smallProblem(), activation: 'relu', feedback: [1, -1], rule });
  expect(mayLearn(problem('dfa'))).toBe(false);
  expect(mayLearn(problem(ruleWith('sender', (_v, F) => F, { sends: 'F' })))).toBe(false);
  expect(mayLearn(problem(mixture))).toBe(true);
});
