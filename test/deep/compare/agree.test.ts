import { describe, expect, it } from 'vitest';
import { compareDeep } from '../../../src/deep/compare/index.ts';
import { COMPARED, comparedProblem, DRAWN } from '../../support/deepComparisons.ts';

// A right theory fails one of these with a chance of at most 1e-7 each, if the seeds are changed.
const LEVEL = 1e-7;

describe('theory and networks agree', () => {
  it.each(COMPARED)('in mini-batches: %s', async (_, changes) => {
    const { verdict, tests } = await compareDeep(comparedProblem(changes), {
      runs: 12,
      level: LEVEL,
      threads: 1,
    });
    expect([verdict.agrees, verdict.by, verdict.message]).toEqual([
      true,
      'chance',
      expect.stringMatching(/^theory and networks agree; the largest deviation is /),
    ]);
    expect(verdict.untested.length).toBeLessThanOrEqual(1);
    expect(verdict.tests).toBeGreaterThanOrEqual(tests.length);
    expect(tests.length).toBeGreaterThan(14);
  });

  it.each(COMPARED)('with all examples in each step: %s', async (what, changes) => {
    const { verdict, tests } = await compareDeep(comparedProblem({ ...changes, batch: 'all' }), {
      threads: 1,
    });
    expect([verdict.agrees, verdict.by, verdict.p]).toEqual([true, 'bounds', null]);
    expect(verdict.untested).toEqual([]);
    // Of bp all but the loss is as theory says at any rate, and that is near it too.
    if (what !== 'bp') for (const ratio of verdict.ratios) expect(ratio).toBeCloseTo(2, 0);
    // The bounds are no wide ones.
    for (const { bound, error } of tests) expect(bound + error).toBeLessThan(2e-4);
  });
});

it('networks of a finite rate are off by far more than what is left', async () => {
  const { simulations, theory, extrapolated } = await compareDeep(comparedProblem({ batch: 'all' }), {
    threads: 1,
  });
  const off = simulations.map(({ mean }) => mean.trainLoss[2] - theory.trainLoss[2]);
  expect(off[0] / off[1]).toBeCloseTo(2, 1);
  expect(off[1] / off[2]).toBeCloseTo(2, 1);
  const left = extrapolated?.limit.trainLoss[2] as number;
  expect(Math.abs(left)).toBeLessThan(1e-4 * Math.abs(off[2]));
  // What the three orders are, by hand.
  const first = extrapolated?.first.trainLoss[2] as number;
  const second = extrapolated?.second.trainLoss[2] as number;
  expect(left + first + second).toBeCloseTo(off[0], 12);
  expect(left + first / 4 + second / 16).toBeCloseTo(off[2], 12);
});

it('by default all networks start where theory does, and none sees the examples in the order of another', async () => {
  const { simulations, settings, theory, problem, time } = await compareDeep(
    comparedProblem({ network: DRAWN, time: [0, 1.04] }),
    { runs: 10, threads: 1 },
  );
  expect(time).toEqual([0, 1.04]);
  expect(problem.time).toEqual([0, 1.04]);
  expect(new Set(settings.seeds).size).toBe(3);
  const ends = new Set<number>();
  for (const { perRun } of simulations)
    for (const run of perRun) {
      expect(run.trainLoss[0]).toBeCloseTo(theory.trainLoss[0], 6);
      ends.add(run.trainLoss[1]);
    }
  expect(ends.size).toBe(30);
});

it('a comparison repeated is the same, on any number of threads', async () => {
  const once = await compareDeep(comparedProblem(), { runs: 10, threads: 1 });
  const twice = await compareDeep(once.problem, { runs: 10, threads: 2 });
  expect(twice.verdict).toEqual(once.verdict);
  expect(twice.tests).toEqual(once.tests);
});

describe('undecided', () => {
  it('where steps are too large for an expansion in the rate', async () => {
    const { verdict } = await compareDeep(comparedProblem({ batch: 'all', learningRate: 0.4, time: [0.4] }), {
      threads: 1,
    });
    expect(verdict.agrees).toBeNull();
    expect(verdict.message).toMatch(
      /^undecided: at no time do the networks' deviations expand in the learning rate; use a smaller one/,
    );
    expect(verdict.untested).toEqual([0.4]);
  });

  it('where networks diverge, which theory does not', async () => {
    const { verdict, simulations } = await compareDeep(
      comparedProblem({ batch: 'all', learningRate: 4, time: [400] }),
      { threads: 1 },
    );
    expect([verdict.agrees, verdict.p]).toEqual([null, null]);
    expect(verdict.message).toMatch(/^undecided: 1 of 1 network at the learning rate 4 diverged/);
    // Nothing more is trained.
    expect(simulations.length).toBe(1);
  });

  it('at time 0, and after too few runs, where it was stopped', async () => {
    const start = await compareDeep(comparedProblem({ time: [0] }), { runs: 10, threads: 1 });
    expect([start.verdict.agrees, start.verdict.message]).toEqual([
      null,
      'undecided: at time 0 nothing has been learned; ask for later times',
    ]);
    const controller = new AbortController();
    const stopped = await compareDeep(comparedProblem(), {
      runs: 10,
      threads: 1,
      signal: controller.signal,
      onMeasured: ({ run, learningRate }) => {
        if (run === 3 && learningRate === 0.01) controller.abort();
      },
    });
    expect([stopped.brokenOff, stopped.verdict.agrees]).toEqual([true, null]);
    expect(stopped.verdict.message).toMatch(
      /^undecided: interrupted; of 10 runs at each learning rate these were finished: 10 at 0.02, [23] at 0.01, 0 at 0.005$/,
    );
    expect(stopped.extrapolated).toBeNull();
    expect(stopped.simulations.length).toBe(2);
  });
});
