import { describe, expect, it } from 'vitest';
import { AlignodeError, type Problem, type SimulateOptions, simulate } from '../../../src/index.ts';
import { smallProblem } from '../../support/problems.ts';

const refusal = async (options: Record<string, unknown>, problem: Problem = smallProblem()) => {
  const error = await simulate(problem, { threads: 1, ...options } as unknown as SimulateOptions).then(
    () => expect.unreachable(),
    (thrown) => thrown,
  );
  expect(error).toBeInstanceOf(AlignodeError);
  return error as AlignodeError;
};

describe('options of simulate', () => {
  it.each([
    ['no N', {}, 'N: found nothing; use a whole number from 1 to 1e9'],
    ['a fractional N', { N: 10.5 }, 'N: found 10.5; use a whole number'],
    ['an N below K + M', { N: 3 }, 'N: found 3; use at least K + M = 4'],
    ['no runs', { N: 10, runs: 0 }, 'runs: found 0; use a whole number from 1'],
    ['runs in quotes', { N: 10, runs: '5' }, 'runs: found "5"'],
    ['a negative seed', { N: 10, seed: -1 }, 'seed: found -1; use a whole number from 0'],
    ['a seed too large', { N: 10, seed: 2 ** 53 }, 'seed: found 9007199254740992'],
    [
      'an unknown student',
      { N: 10, student: 'deep' },
      'student: found "deep"; use one of "trained", "projected"',
    ],
    ['an unknown backend', { N: 10, backend: 'tpu' }, 'backend: found "tpu"; use one of "auto"'],
    ['a backend of the prototype', { N: 10, backend: 'toString' }, 'backend: found "toString"'],
    ['runs in a list', { N: 10, runs: [5] }, 'runs: found [5]; use a whole number'],
    ['half a thread', { N: 10, threads: 0.5 }, 'threads: found 0.5'],
    ['an unknown part', { N: 10, redraw: ['inputs'] }, 'redraw: found ["inputs"]; use a list of "teacher"'],
    ['a part that is no list', { N: 10, redraw: 'student' }, 'redraw: found "student"; use a list'],
    ['a negative test set', { N: 10, testSet: -1 }, 'testSet: found -1'],
    ['progress told to a word', { N: 10, onProgress: 'bar' }, 'onProgress: found "bar"; use a function'],
    ['a signal that is none', { N: 10, signal: {} }, 'signal: found {}; use an AbortSignal'],
    [
      'a misspelt option',
      { N: 10, testset: 5 },
      'testset: found 5; there is no such option; did you mean "testSet"?',
    ],
  ])('refuses %s, naming what was found and what would do', async (_what, options, message) => {
    const { code, path, message: found } = await refusal(options);
    expect(found).toContain(message);
    expect([code, path]).toEqual(['invalid-option', message.split(':')[0]]);
  });

  it('refuses options that are none', async () => {
    const error = await simulate(smallProblem(), null as never).catch((thrown) => thrown);
    expect(error).toMatchObject({ code: 'invalid-option', path: 'options' });
    expect(error.message).toContain('options: found null; use { "N", ');
  });

  it('refuses a malformed problem as any function does', async () => {
    const { code, path } = await refusal({ N: 10 }, { ...smallProblem(), learningRate: -1 });
    expect([code, path]).toEqual(['invalid-problem', 'learningRate']);
  });
});

describe('sizes beyond any machine', () => {
  it.each([
    [
      'weights',
      { N: 1e9 },
      /^N: .* would take \d+\.\d GiB for one student, .* smaller N, or student "projected"/,
    ],
    [
      'runs',
      { N: 10, runs: 1e7 },
      /^runs: 10000000 runs at 3 times would take \d+\.\d GiB, .* use fewer runs/,
    ],
  ])('are refused with the memory they would take: %s', async (_what, options, message) => {
    expect((await refusal(options)).message).toMatch(message);
  });

  it('count every thread, every time and every order parameter', async () => {
    expect((await refusal({ N: 1e7, runs: 8, threads: 8 })).message).toContain('for 8 students');
    const long = { ...smallProblem(), alpha: { from: 0.1, to: 100, points: 10_000 } };
    expect((await refusal({ N: 1000, runs: 1e5 }, long)).path).toBe('runs');
  });

  it('are none for the projected student, whatever N', async () => {
    const { perRun } = await simulate(
      { ...smallProblem(), alpha: [0, 1e-7] },
      { N: 1e9, student: 'projected', threads: 1 },
    );
    expect(perRun[0].eg.every(Number.isFinite)).toBe(true);
  });

  it('include numbers of examples that cannot be counted', async () => {
    const { message } = await refusal({ N: 1000 }, { ...smallProblem(), alpha: [1e15] });
    expect(message).toMatch(/^N: 1000000000000000000 examples are more than can be counted.*use a smaller N/);
  });
});

describe('times', () => {
  it('are those asked for, each at the nearest whole number of examples, each once', async () => {
    const problem = { ...smallProblem(), alpha: [0, 0.01, 0.1, 0.26, 0.27, 1] };
    const { alpha, problem: solved, mean } = await simulate(problem, { N: 10, threads: 1 });
    expect(alpha).toEqual([0, 0.1, 0.3, 1]);
    expect(solved.alpha).toEqual(alpha);
    expect(mean.eg).toHaveLength(4);
  });
});
