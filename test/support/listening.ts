import { expect } from 'vitest';
import type { Measured, Problem, SimulateOptions, Simulation, simulate } from '../../src/index.ts';
import { smallProblem } from './problems.ts';

type Simulate = typeof simulate;

/** A simulation, and all that it told of its students. */
export async function listened(
  simulate: Simulate,
  problem: Problem,
  options: SimulateOptions,
): Promise<{ simulation: Simulation; told: Measured[] }> {
  const told: Measured[] = [];
  const onMeasured = (measured: Measured): unknown => told.push(measured);
  return { simulation: await simulate(problem, { ...options, onMeasured }), told };
}

/** Every student was told of at every time once, in order, until it diverged, with the numbers of the result to the last bit. */
export function expectAllTold(told: readonly Measured[], { alpha, perRun }: Simulation): void {
  const ofRun = new Map<number, Measured[]>();
  for (const one of told) ofRun.set(one.run, [...(ofRun.get(one.run) ?? []), one]);
  expect([...ofRun.keys()].toSorted((a, b) => a - b)).toEqual(perRun.map(({ run }) => run));
  for (const { run, seed, eg, Q, R, v, egSampled, diverged } of perRun) {
    const end = diverged === undefined ? alpha.length - 1 : alpha.indexOf(diverged);
    const expected = alpha.slice(0, end + 1).map((a, index) => ({
      run,
      seed,
      index,
      alpha: a,
      eg: eg[index],
      Q: Q[index],
      R: R[index],
      v: v[index],
      ...(egSampled && { egSampled: egSampled[index] }),
      ...(a === diverged && { diverged: true }),
    }));
    expect(ofRun.get(run)?.map((one) => ({ ...one }))).toEqual(expected);
  }
}

/** So many looks, some milliseconds apart, that whoever is at work would be seen. */
const LOOKS = 25;

async function untilStill(count: () => number): Promise<void> {
  for (let same = 0, last = count(); same < LOOKS; same++) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    if (count() !== last) same = 0;
    last = count();
  }
}

const TIMES = 150;

/** Long enough to be paused, with little between two times: seconds, in which each of two workers has one task. */
const longProblem = (): Problem => ({
  ...smallProblem(),
  alpha: Array.from({ length: TIMES }, (_, i) => 50 * i),
});
const longOptions = { N: 30, runs: 2, seed: 6, backend: 'reference' } as const;

/**
 * Holds a simulation as soon as somebody was measured until nothing stirs, and lets it go on. It must be so long that it
 * is not done before it is told to wait.
 */
export async function paused(
  simulate: Simulate,
  problem: Problem,
  options: SimulateOptions,
): Promise<{ simulation: Simulation; told: Measured[]; toldInPause: number; callsInPause: number }> {
  const told: Measured[] = [];
  let calls = 0;
  let before = 0;
  let toldInPause = 0;
  let callsInPause = 0;
  const hold = async (): Promise<void> => {
    before = calls;
    await untilStill(() => told.length);
    toldInPause = told.length;
    callsInPause = calls - before;
  };
  const simulation = await simulate(problem, {
    ...options,
    onMeasured: (measured) => told.push(measured),
    onProgress: () => {
      calls++;
      return before === 0 && told.length > 0 ? hold() : undefined;
    },
  });
  return { simulation, told, toldInPause, callsInPause };
}

/** Students wait while onProgress keeps them waiting, and go on to the same numbers. */
export async function expectPause(simulate: Simulate, threads: number): Promise<void> {
  const options = { ...longOptions, threads };
  const { simulation, told, toldInPause, callsInPause } = await paused(simulate, longProblem(), options);
  expect(toldInPause).toBeGreaterThan(0);
  expect(toldInPause).toBeLessThan(told.length);
  expect(callsInPause).toBe(0);
  expect(told).toHaveLength(2 * TIMES);
  expect(simulation).toEqual(await simulate(longProblem(), options));
}

/** A simulation that would take years, aborted while it waits for a promise that nobody keeps. */
export function abortedInPause(
  simulate: Simulate,
  problem: Problem,
  options: SimulateOptions,
): Promise<Simulation> {
  const controller = new AbortController();
  return simulate(
    { ...problem, alpha: [0, 1e9] },
    {
      ...options,
      signal: controller.signal,
      onProgress: () => {
        setTimeout(() => controller.abort(), 0);
        return new Promise(() => {});
      },
    },
  );
}
