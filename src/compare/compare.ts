import { layoutOf, type Problem, resolveProblem } from '../problem/index.ts';
import { checkOptions, type SimulateOptions, type Simulation, simulate } from '../simulation/index.ts';
import { integrate } from '../theory/index.ts';
import { deviations, predict, TOLERANCE } from './deviation.ts';
import { zOf } from './estimate.ts';
import { type Observables, observablesOf } from './observables.ts';
import { splitOptions } from './options.ts';
import { describeScaling, type FitsAtTime, fitSizes, type Size, whyLeft } from './scaling.ts';
import { scalingSeed, scalingSizes } from './sizes.ts';
import type { CompareOptions, Comparison } from './types.ts';
import { judge, LEAST_RUNS, testsOf } from './verdict.ts';

/**
 * Theory against students: trains them, solves the equations at exactly the times at which they were measured, and says
 * whether the two agree. At a finite N they do not quite: the mean is off by b/N. Projected students at several other
 * sizes, with inputs of their own, measure that, and whether what is left at N → ∞ is 0.
 */
export async function compare(problem: Problem, options: CompareOptions): Promise<Comparison> {
  const { level, scalingRuns, onProgress, simulation: asked } = splitOptions(options);
  checkOptions(asked);
  const resolved = resolveProblem(problem);
  // What cannot be integrated is known before the students have worked for hours.
  integrate(resolved, TOLERANCE);
  const { K, M } = layoutOf(resolved);
  const sizes = scalingRuns > 0 ? scalingSizes(K, M) : [];
  const parts = 1 + sizes.length;
  const train = (of: Problem, settings: SimulateOptions, part: number): Promise<Simulation> =>
    simulate(of, {
      ...settings,
      onProgress: (progress) => onProgress?.({ ...progress, N: settings.N, part, parts }),
    });

  const simulation = await train(resolved, asked, 1);
  const { settings, alpha } = simulation;
  const observables = observablesOf(resolved);
  const prediction = predict(simulation.problem, observables);
  const here = deviations(simulation, prediction, observables);

  const others: Size[] = [];
  const { testSet, ...common } = asked;
  for (const [i, N] of sizes.entries()) {
    if (asked.signal?.aborted) break;
    const one = await train(
      simulation.problem,
      { ...common, N, runs: scalingRuns, seed: scalingSeed(settings.seed, N), student: 'projected' },
      2 + i,
    );
    others.push({
      simulation: one,
      deviations: deviations(one, predict(one.problem, observables), observables),
    });
  }
  const scaled = sizes.length > 0 && others.length === sizes.length;
  const fits = scaled ? fitSizes(alpha, others) : undefined;
  const scaling = fits ? describeScaling(alpha, others, fits, observables) : null;

  const tests = testsOf({
    alpha,
    names: observables.names,
    N: settings.N,
    deviations: here,
    ...(fits && { fits }),
  });
  const finishedSizes = others.filter((one) => one.simulation.complete).length;
  const brokenOff =
    asked.signal?.aborted === true && !(simulation.complete && finishedSizes === sizes.length);
  const untested = alpha.filter((_, t) => fits?.[t].expands === false);
  return {
    problem: simulation.problem,
    settings: { ...settings, level, scalingRuns },
    theory: prediction.curve,
    simulation,
    z: observables.toCurves(here.map((row) => row.map(zOf))),
    bias: fits ? biasOf(fits, settings.N, observables) : null,
    scaling,
    tests,
    verdict: judge(
      tests,
      level,
      { times: alpha, untested },
      brokenOff ? stopped(simulation, finishedSizes, sizes.length) : troubleOf(simulation),
    ),
    brokenOff,
    notes: [...simulation.notes, ...notesOf(settings.N, others, untested)],
  };
}

const biasOf = (fits: readonly FitsAtTime[], N: number, { toCurves }: Observables) =>
  toCurves(fits.map((row) => row.fits.map((fit) => (fit ? fit.rise(1 / N).value : Number.NaN))));

interface Trouble {
  agrees: false | null;
  why: string;
}

const stopped = ({ perRun, settings }: Simulation, sizes: number, ofSizes: number): Trouble => ({
  agrees: null,
  why:
    `undecided: interrupted; ${perRun.length} of ${settings.runs} runs` +
    `${ofSizes > 0 ? ` and ${sizes} of ${ofSizes} sizes of the scaling` : ''} were finished`,
});

/** Why the tests alone do not decide. */
function troubleOf({ settings, runs, perRun, complete }: Simulation): Trouble | undefined {
  if (!complete)
    return {
      agrees: null,
      why: `undecided: ${settings.runs - perRun.length} of ${settings.runs} runs failed, and those that did not may be a choice; try again with fewer threads`,
    };
  if (runs < perRun.length)
    return {
      agrees: false,
      why: `theory and students do not agree: ${perRun.length - runs} of ${perRun.length} students diverged and theory does not; lower the learning rate, or raise N`,
    };
  if (runs < LEAST_RUNS)
    return {
      agrees: null,
      why: `undecided: from ${runs} runs a standard error is not known well enough; use ${LEAST_RUNS} or more (runs)`,
    };
  return undefined;
}

function notesOf(N: number, sizes: readonly Size[], untested: readonly number[]): string[] {
  const notes = sizes.flatMap(({ simulation }) => {
    const left = whyLeft(simulation);
    return left === undefined ? [] : [`N = ${simulation.settings.N} is left out of the scaling: ${left}`];
  });
  if (sizes.length === 0)
    notes.push(
      `no scaling: the bias of a finite N = ${N}, of order 1/N, is not taken off, and enough runs will find it`,
    );
  const smallest = sizes[0]?.simulation.settings.N;
  if (N < smallest)
    notes.push(
      `N = ${N} is below the sizes of the scaling, from ${smallest}: the bias of a finite N is extrapolated there`,
    );
  if (untested.length > 0)
    notes.push(
      `${untested.length} of the times, from alpha = ${untested[0]} to ${untested[untested.length - 1]}, are not tested: ` +
        'the spread of the students there does not fall as 1/√N, as at the end of a plateau or at large learning rates',
    );
  return notes;
}
