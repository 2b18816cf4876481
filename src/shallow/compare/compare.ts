import { layoutOf, type Problem, type ResolvedProblem, resolveProblem } from '../problem/index.ts';
import { type SimulateOptions, type Simulation, simulate } from '../students/index.ts';
import { atExamples, deviations, predict } from './deviation.ts';
import { type Estimate, zOf } from './estimate.ts';
import { type Observables, observablesOf } from './observables.ts';
import { splitOptions } from './options.ts';
import { describeScaling, type FitsAtTime, fitSizes, type Size, whyLeft } from './scaling.ts';
import { scalingSeed, scalingSizes } from './sizes.ts';
import type { CompareOptions, Comparison } from './types.ts';
import { divergence, judge, LEAST_RUNS, lost, NO_ROOT, type Trouble, testsOf } from './verdict.ts';

/**
 * Compares theory with students: trains them, solves the equations at exactly the times at which they were measured,
 * and reports whether the two agree. At a finite N they differ slightly: the mean is off by b/N. Projected students at
 * several other sizes, with inputs of their own, measure this bias, and whether what is left at N → ∞ is 0.
 */
export async function compare(problem: Problem, options: CompareOptions): Promise<Comparison> {
  const { level, scalingRuns, onProgress, simulation: asked } = splitOptions(options);
  const resolved = resolveProblem(problem);
  const { K, M } = layoutOf(resolved);
  const wanted = scalingRuns > 0 ? scalingSizes(K, M) : [];
  const parts = 1 + wanted.length;
  const train = (of: Problem, settings: SimulateOptions, part: number): Promise<Simulation> =>
    simulate(of, {
      ...settings,
      onProgress: (progress) => onProgress?.({ ...progress, N: settings.N, part, parts }),
    });

  // Theory first: what cannot be integrated is known before the students have worked for hours.
  const observables = observablesOf(resolved);
  const theoryOf = (of: ResolvedProblem) => predict(of, observables, asked.signal);
  const prediction = await theoryOf(atExamples(resolved, asked.N));
  const simulation = await train(resolved, asked, 1);
  const { settings, alpha } = simulation;
  const here = deviations(simulation, prediction, observables);

  // If the students themselves already rule out a verdict by the tests, no scaling is done.
  const trouble = troubleOf(simulation);
  const sizes = trouble ? [] : wanted;

  const others: Size[] = [];
  const { testSet, onMeasured, ...common } = asked;
  for (const [i, N] of sizes.entries()) {
    if (asked.signal?.aborted) break;
    const one = await train(
      simulation.problem,
      { ...common, N, runs: scalingRuns, seed: scalingSeed(settings.seed, N), student: 'projected' },
      2 + i,
    );
    if (asked.signal?.aborted) break;
    others.push({ simulation: one, deviations: deviations(one, await theoryOf(one.problem), observables) });
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
      {
        times: alpha,
        untested,
        because: NO_ROOT,
        blunt: fits !== undefined && isBlunt(here, fits, settings.N),
      },
      brokenOff ? stopped(simulation, finishedSizes, wanted.length) : trouble,
    ),
    brokenOff,
    notes: [...simulation.notes, ...notesOf(settings.N, others, untested)],
  };
}

const biasOf = (fits: readonly FitsAtTime[], N: number, { toCurves }: Observables) =>
  toCurves(fits.map((row) => row.fits.map((fit) => (fit ? fit.rise(1 / N).value : Number.NaN))));

/** The means say nothing if the correction makes their errors larger by more than this factor, in the median. */
const BLUNT = 5;

function isBlunt(here: readonly Estimate[][], fits: readonly FitsAtTime[], N: number): boolean {
  const ratios = fits.flatMap((row, t) =>
    row.fits.flatMap((fit, i) => (fit ? [Math.sqrt(fit.rise(1 / N).variance / here[t][i].variance)] : [])),
  );
  return ratios.length > 0 && ratios.sort((a, b) => a - b)[ratios.length >> 1] > BLUNT;
}

const stopped = ({ perRun, settings }: Simulation, sizes: number, ofSizes: number): Trouble => ({
  agrees: null,
  why:
    `undecided: interrupted; ${perRun.length} of ${settings.runs} runs` +
    `${ofSizes > 0 ? ` and ${sizes} of ${ofSizes} sizes of the scaling` : ''} were finished`,
});

/** Why the tests alone do not decide. */
function troubleOf({ settings, runs, perRun }: Simulation): Trouble | undefined {
  const some = lost(settings.runs - perRun.length, settings.runs);
  if (some !== undefined) return some;
  const diverged = divergence(perRun);
  if (diverged !== undefined || runs >= LEAST_RUNS) return diverged;
  return {
    agrees: null,
    why: `undecided: ${runs} ${runs === 1 ? 'run is' : 'runs are'} too few to know a standard error; use ${LEAST_RUNS} or more runs`,
  };
}

/** Some of the times, as the subject of a sentence with its verb. */
export const timesInWords = (alpha: readonly number[]): string =>
  alpha.length === 1
    ? `1 of the times (alpha = ${alpha[0]}) is`
    : `${alpha.length} of the times (the first at alpha = ${alpha[0]}, the last at ${alpha[alpha.length - 1]}) are`;

function notesOf(N: number, sizes: readonly Size[], untested: readonly number[]): string[] {
  const notes = sizes.flatMap(({ simulation }) => {
    const left = whyLeft(simulation);
    return left === undefined ? [] : [`N = ${simulation.settings.N} is left out of the scaling: ${left}`];
  });
  const smallest = sizes[0]?.simulation.settings.N;
  if (N < smallest)
    notes.push(
      `N = ${N} is below the sizes of the scaling, from ${smallest}: the bias of a finite N is extrapolated there`,
    );
  if (untested.length > 0)
    notes.push(
      `${timesInWords(untested)} not tested: ` +
        'the spread of the students there does not fall as 1/√N, as at the end of a plateau or at large learning rates',
    );
  return notes;
}
