import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  type AgreementOptions,
  agreementWith,
  compare,
  type Problem,
  type Run,
  type Simulation,
  type Students,
  simulate,
} from '../../../src/index.ts';
import { smallProblem } from '../../support/problems.ts';

const problem = { ...smallProblem(), alpha: [0, 0.1, 1, 2] };
const kind = { N: 100, seed: 5, student: 'projected', backend: 'cpu', threads: 1 } as const;
const NOT_TAKEN_OFF =
  /; the bias of N = \d+, of order 1\/N, is not taken off: once the students resolve it, a right theory is found wrong too$/;

/** In its course b is large. */
const slow: Problem = {
  ...JSON.parse(readFileSync('examples/students-k2m2.json', 'utf8')),
  alpha: [50, 100],
};

const simulation: Simulation = await simulate(problem, { ...kind, runs: 20 });
const held = await agreementWith(problem, { N: 100 });

/** As a student looks who was measured at the first times only. */
function upTo(times: number, { eg, Q, R, v, ...rest }: Run): Run {
  const nothing = <T>(numbers: T): T =>
    (Array.isArray(numbers) ? numbers.map(nothing) : Number.NaN) as unknown as T;
  const cut = <T>(curve: T[]): T[] => curve.map((x, t) => (t < times ? x : nothing(x)));
  return { ...rest, eg: cut(eg), Q: cut(Q), R: cut(R), v: cut(v) };
}
const those = (perRun: readonly Run[]): Students => ({ perRun, settings: simulation.settings });
const numbers = (z: object): number[] => Object.values(z).flat(4);

describe('students compared with theory as they come', () => {
  it('are tested as compare does without scaling, once all are there', async () => {
    const whole = await compare(problem, { ...kind, runs: 20, scalingRuns: 0 });
    const { theory, z, tests, verdict } = held(simulation);
    expect(theory).toEqual(whole.theory);
    expect(z).toEqual(whole.z);
    expect(tests).toEqual(whole.tests);
    const { message, ...rest } = verdict;
    expect(rest).toEqual({ ...whole.verdict, message: undefined });
    expect(message.startsWith(whole.verdict.message)).toBe(true);
    expect(message).toMatch(NOT_TAKEN_OFF);
  });

  it('count at each time as far as they have been measured', () => {
    const { perRun } = simulation;
    const some = held(those(perRun.map((run, i) => (i < 12 ? run : upTo(2, run)))));
    const all = held(simulation);
    const twelve = held(those(perRun.slice(0, 12)));
    const early = (alpha: number): boolean => alpha < 1;
    expect(some.tests).toEqual([
      ...all.tests.filter(({ alpha }) => early(alpha)),
      ...twelve.tests.filter(({ alpha }) => !early(alpha)),
    ]);
    expect(some.z.R).toEqual([...all.z.R.slice(0, 2), ...twelve.z.R.slice(2)]);
    expect(some.verdict).toMatchObject({ agrees: true, untested: [], tests: 40 });
  });

  it('are shown, but not tested, at times of which fewer than ten were measured', () => {
    const { perRun } = simulation;
    const { z, tests, verdict } = held(those(perRun.map((run, i) => upTo(i < 9 ? 4 : 3, run))));
    expect(verdict).toMatchObject({ agrees: true, untested: [2], tests: 30 });
    expect(verdict.message).toMatch(/, 1 of the times left untested; the bias/);
    expect(tests.every(({ alpha }) => alpha < 2)).toBe(true);
    expect(z.Q[3]).toEqual(held(those(perRun.slice(0, 9))).z.Q[3]);
    expect(numbers(z).every(Number.isFinite)).toBe(true);
  });

  it('leave it open whether they agree while most times are untested', () => {
    const { verdict } = held(those(simulation.perRun.map((run) => upTo(2, run))));
    expect(verdict).toMatchObject({ agrees: null, untested: [1, 2], tests: 20 });
    expect(verdict.message).toMatch(
      /^undecided: nothing found, but 2 of 3 times after alpha = 0 could not be tested, as fewer than 10 students were measured there so far; the bias/,
    );
  });

  it.each([0, 1, 2, 9])('say nothing while there are %i', (count) => {
    const { z, tests, verdict } = held(those(simulation.perRun.slice(0, count)));
    expect(tests).toEqual([]);
    expect(verdict).toMatchObject({ agrees: null, p: null, worst: null, untested: [0, 0.1, 1, 2] });
    expect(verdict.message).toMatch(
      new RegExp(`^undecided: at every time fewer than 10 .* \\(${count} at most\\)`),
    );
    expect(numbers(z).some(Number.isFinite)).toBe(count > 1);
  });

  it('show a deviation of order 1/N, which a right theory has, and are not silent about it', async () => {
    const students = await simulate(slow, { ...kind, N: 10, runs: 1000 });
    const { verdict } = (await agreementWith(slow, { N: 10 }))(students);
    expect(verdict.agrees).toBe(false);
    expect(verdict.p).toBeLessThan(1e-6);
    expect(verdict.message).toMatch(NOT_TAKEN_OFF);
  });

  it('do not agree once one diverges', () => {
    const [first, ...others] = simulation.perRun;
    const { verdict, tests } = held(those([{ ...upTo(2, first), diverged: 1 }, ...others]));
    expect(verdict.agrees).toBe(false);
    expect(verdict.message).toMatch(/: 1 of 20 students diverged and theory does not; lower .*; the bias/);
    expect(tests).toEqual(held(those(others)).tests);
  });

  it('leave it open whether they agree once some were lost, diverged or not', () => {
    const [first, second, ...others] = simulation.perRun;
    const failed = [{ run: 1, seed: first.seed, reason: 'no memory' }];
    const students = [{ ...upTo(2, second), diverged: 1 }, ...others];
    const { verdict, tests } = held({ ...those(students), failed });
    expect(verdict.agrees).toBe(null);
    expect(verdict.message).toMatch(
      /^undecided: 1 of 20 runs failed, and those that did not may be a choice/,
    );
    expect(tests).toEqual(held(those(others)).tests);
  });

  it('are known less well while nobody knows whether a GPU trains them', () => {
    const errors = (backend: string) =>
      held({ ...simulation, settings: { N: 100, backend } }).tests.filter(({ alpha }) => alpha === 0);
    expect(errors('gpu')).toEqual(errors('auto'));
    errors('cpu').forEach(({ error }, i) => {
      expect(error).toBeLessThan(errors('auto')[i].error / 1e3);
    });
  });

  it('are compared at the times that N has', async () => {
    const rough = await agreementWith({ ...problem, alpha: [0.04, 0.06, 1] }, { N: 10 });
    expect(rough({ perRun: [], settings: { N: 10, backend: 'cpu' } }).theory.alpha).toEqual([0, 0.1, 1]);
  });
});

describe('what cannot be compared with theory is refused', () => {
  it.each([
    [{ N: 0.5 }, 'N: found 0.5; use a whole number'],
    [{ N: 100, level: 2 }, 'level: found 2; use a number between 0 and 1'],
    [{ N: 100, runs: 5 }, 'runs: found 5; there is no such option; the options are N, level, signal'],
    [{ N: 100, signal: 1 }, 'signal: found 1; use an AbortSignal'],
  ])('the options %o', async (options, message) => {
    await expect(agreementWith(problem, options as unknown as AgreementOptions)).rejects.toMatchObject({
      code: 'invalid-option',
      message: expect.stringContaining(message),
    });
  });

  it('students of another N, and students measured at other times', () => {
    const other = { ...simulation, settings: { ...simulation.settings, N: 200 } };
    expect(() => held(other)).toThrow('settings.N: found 200; theory was solved at the times of N = 100');
    const [run] = simulation.perRun;
    expect(() => held(those([{ ...run, eg: [1] }]))).toThrow('perRun: found 1 time in run 1; use a number');
  });

  it('theory, if it is broken off', async () => {
    const signal = AbortSignal.abort();
    const long = { ...problem, alpha: [1e4] };
    await expect(agreementWith(long, { N: 100, signal })).rejects.toMatchObject({ code: 'interrupted' });
  });
});
