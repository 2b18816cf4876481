import { describe, expect, it } from 'vitest';
import { resolveProblem, simulate } from '../../src/index.ts';
import { commandOf, scriptOf } from '../../src/web/exchange/code.ts';
import { FIRST, type State } from '../../src/web/state/state.ts';
import { estimate } from '../../src/web/students/estimate.ts';
import { collect } from '../../src/web/students/measurements.ts';
import { studentsProblem, whatIsLearned } from '../../src/web/students/problem.ts';
import { rateMeter } from '../../src/web/students/rate.ts';
import { statusInWords } from '../../src/web/students/report.ts';
import type { StudentsSeen } from '../../src/web/students/seen.ts';

const students = { N: 20, runs: 4, seed: 3, student: 'projected', backend: 'auto' } as const;
const state: State = {
  ...FIRST,
  problem: {
    ...FIRST.problem,
    student: { Q: [[0.3, 0.1], [0.1, 0.2]], R: [[0.2, -0.1], [0.1, 0.15]], v: [0.3, -0.2] }, // biome-ignore format: matrices
    alpha: [0, 1, 5],
  },
  students,
};
const problem = resolveProblem(studentsProblem(state));
const nothing = collect(2, 2, problem.alpha, 4);
const seen = (more: Partial<StudentsSeen>): StudentsSeen => ({
  problem,
  other: false,
  asked: students,
  status: 'finished',
  notes: [],
  alpha: problem.alpha,
  ...nothing.moments(),
  diverged: 0,
  ...more,
});

describe('students who were lost', () => {
  it('are in no mean, though some of their times were measured', async () => {
    const measured = collect(2, 2, problem.alpha, 4);
    const { perRun } = await simulate(problem, {
      ...students,
      backend: 'cpu',
      threads: 1,
      onMeasured: measured.take,
    });
    measured.moments();
    measured.forget([perRun[1], perRun[3]]);
    const { counts, mean } = measured.moments();
    expect(counts).toEqual([2, 2, 2]);
    expect(mean.eg[2]).toBeCloseTo((perRun[0].eg[2] + perRun[2].eg[2]) / 2, 14);
    expect(measured.students().map(({ run }) => run)).toEqual([1, 3]);
  });

  it('are told of where others are said to be done', async () => {
    const simulation = await simulate(problem, { ...students, backend: 'cpu', threads: 1, runs: 3 });
    expect(statusInWords(seen({ simulation }))).toBe('Done: 3 students.');
    const failed = [{ run: 4, seed: 7, reason: 'no memory' }];
    expect(statusInWords(seen({ simulation: { ...simulation, failed } }))).toBe(
      'Over: 3 of 4 students came to the end, 1 was lost.',
    );
  });
});

it('so many students as would take more than the page has are refused', () => {
  // 3 × 10 numbers at 3 times, and 2048 bytes, for each.
  const most = Math.floor(2 ** 28 / (3 * 8 * 10 * 3 + 2048));
  const kindOf = (runs: number) => estimate({ ...state, students: { ...students, runs } }).kind;
  expect(kindOf(most)).not.toBe('refused');
  expect(kindOf(most + 1)).toBe('refused');
});

it('feedback makes students others only where their rule sends it', () => {
  const of = (rule: string, feedback: number[]) =>
    whatIsLearned({ problem: { ...state.problem, rule, feedback } });
  expect(of('bp', [1, -1])).toBe(of('bp', [1, 2]));
  expect(of('dfa', [1, -1])).not.toBe(of('dfa', [1, 2]));
});

it('a rate is told from the first second on, and anew after a pause', () => {
  const meter = rateMeter();
  expect([meter.at(0, 0), meter.at(900, 9)]).toEqual([Number.NaN, Number.NaN]);
  expect(meter.at(1000, 2000)).toBe(2000);
  meter.restart();
  expect(meter.at(9000, 2000)).toBe(Number.NaN);
});

describe('a command and a script', () => {
  const settings = { ...students, threads: 2, redraw: [], testSet: 0 };
  it.each([
    ['name who did the work, once it is known', { settings: { ...settings, backend: 'gpu' } }, 'gpu'],
    ['do not, before', {}, undefined],
    [
      'do not, of students of another problem',
      { settings: { ...settings, backend: 'cpu' }, other: true },
      undefined,
    ],
  ])('%s', (_what, more, backend) => {
    const scene = { state, students: seen(more) } as unknown as Parameters<typeof commandOf>[0];
    expect(/--backend (\w+)/.exec(commandOf(scene))?.[1]).toBe(backend);
    expect(/backend: '(\w+)'/.exec(scriptOf(scene))?.[1]).toBe(backend);
  });
});

it('means at the end number units as those of simulate do', async () => {
  const twoMinima = {
    ...problem,
    learningRate: 1,
    secondLayerRate: 1,
    teacher: { T: [[1, 0], [0, 1]], A: [1, 1] }, // biome-ignore format: matrices
    student: { Q: [[1e-4, 0], [0, 1e-4]], R: [[1.2e-4, 1e-4], [1e-4, 1.1e-4]], v: [0.01, -0.01] }, // biome-ignore format: matrices
    feedback: [0.8, -0.5],
    alpha: [1, 10, 400],
  };
  const measured = collect(2, 2, twoMinima.alpha, 20);
  const { perRun, mean } = await simulate(twoMinima, {
    N: 100,
    runs: 20,
    student: 'projected',
    backend: 'cpu',
    threads: 1,
    onMeasured: measured.take,
  });
  expect(measured.moments().mean.R[2]).not.toEqual(mean.R[2]);
  measured.renumber(perRun);
  expect(measured.moments().mean).toEqual(mean);
  expect(measured.curves().filter(({ renumbered }) => renumbered)).toHaveLength(
    perRun.filter(({ renumbered }) => renumbered).length,
  );
});
