import { type Estimate, zOf } from '../../numbers/estimate.ts';
import { AlignodeError } from '../../support/error.ts';
import { type Problem, type ResolvedProblem, resolveProblem } from '../problem/index.ts';
import { type SimulateOptions, type Simulation, simulate } from '../students/index.ts';
import { atExamples, deviations, predict } from './deviation.ts';
import { type Observables, observablesOf } from './observables.ts';
import { LEAST_RUNS, splitOptions } from './options.ts';
import { planOf, workOf } from './plan.ts';
import {
  describeScaling,
  type FitsAtTime,
  fitSizes,
  LEAST_SIZES,
  type Size,
  whyLeft,
  willBeFitted,
} from './scaling.ts';
import { scalingSeed } from './sizes.ts';
import { refuseStuck } from './stuck.ts';
import type { CompareOptions, Comparison, ComparisonPlan, Verdict } from './types.ts';
import {
  divergence,
  judge,
  lost,
  NO_ROOT,
  partedFrom,
  type Reach,
  SEVERAL_MINIMA,
  type Trouble,
  testsOf,
} from './verdict.ts';

/**
 * Compares theory with students: trains them, solves the equations at exactly the times at which they were measured,
 * and reports whether the two agree. At a finite N they differ slightly: the mean is off by b/N. Projected students at
 * several other sizes, with inputs of their own, measure this bias, and whether what is left at N → ∞ is 0.
 */
export async function compare(problem: Problem, options: CompareOptions): Promise<Comparison> {
  const { level, scalingRuns: wanted, onPlan, onProgress, simulation: asked } = splitOptions(options);
  const resolved = resolveProblem(problem);
  refuseStuck(resolved);
  const plan = planOf(resolved, { ...asked, scalingRuns: wanted });
  await onPlan?.(plan);
  const train = trainer(plan, onProgress);
  const stopped = (): boolean => asked.signal?.aborted === true;

  // Theory first: what cannot be integrated is known before the students have worked for hours.
  const observables = observablesOf(resolved);
  const theoryOf = (of: ResolvedProblem) => predict(of, observables, asked.signal);
  const prediction = await theoryOf(atExamples(resolved, asked.N));
  const simulation = await train(resolved, asked, 0);
  const { settings, alpha } = simulation;
  const here = deviations(simulation, prediction, observables);

  // If the students themselves already rule out a verdict by the tests, no scaling is done.
  const trouble = troubleOf(simulation);
  const sizes = trouble ? [] : plan.scaling;

  const others: Size[] = [];
  const { testSet, onMeasured, ...common } = asked;
  for (const [i, { N, runs }] of sizes.entries()) {
    const seed = scalingSeed(settings.seed, N);
    // By the spread over all minima the scaling sees that a mean is no curve of theory.
    const these: SimulateOptions = { ...common, N, runs, seed, student: 'projected', match: 'none' };
    const one = await train(simulation.problem, these, 1 + i);
    // What was cut short is no mean at this size, unless it was cut short by its end.
    if (stopped() && !one.complete) break;
    const theory = await unlessStopped(theoryOf(one.problem));
    if (theory === undefined) break;
    others.push({ simulation: one, deviations: deviations(one, theory, observables) });
    if (stopped()) break;
  }
  const finished = others.length === sizes.length;
  const brokenOff = stopped() && !(simulation.complete && finished);
  const fits =
    sizes.length > 0 && (finished || others.length >= LEAST_SIZES) ? fitSizes(alpha, others) : undefined;
  const scaling = fits ? describeScaling(alpha, others, fits, observables) : null;

  // Which minimum a student ends in is chance, and so is no time at which that may show a test of theory.
  const parted = partedFrom(simulation.perRun);
  const kept = alpha.map((_, t) => t).filter((t) => alpha[t] < parted);
  const tests = testsOf({
    alpha: kept.map((t) => alpha[t]),
    names: observables.names,
    N: settings.N,
    deviations: kept.map((t) => here[t]),
    ...(fits && { fits: kept.map((t) => fits[t]) }),
  });
  const unrooted = alpha.filter((_, t) => fits?.[t].expands === false);
  const untested = alpha.filter((a, t) => a >= parted || fits?.[t].expands === false);
  const blunt = fits !== undefined && isBlunt(here, fits, settings.N);
  const fitted = fits ? sizes.map(({ N }) => N) : [];
  const reach: Reach = {
    times: alpha,
    untested,
    planned: sum(alpha.map((a) => observables.names.length * (willBeFitted(a, fitted) ? 2 : 1))),
    because: parted < Number.POSITIVE_INFINITY ? SEVERAL_MINIMA : NO_ROOT,
    blunt,
  };
  const verdict = judge(tests, level, reach, brokenOff ? troubleOfThese(simulation) : trouble);
  return {
    problem: simulation.problem,
    settings: { ...settings, level, scalingRuns: plan.scalingRuns },
    theory: prediction.curve,
    simulation,
    z: observables.toCurves(here.map((row) => row.map(zOf))),
    bias: fits ? biasOf(fits, settings.N, observables) : null,
    scaling,
    tests,
    verdict: brokenOff
      ? whenStopped(verdict, {
          simulation,
          finished: others.length,
          planned: plan.scaling.length,
          decided: fits !== undefined,
        })
      : plan.leftOut && trouble === undefined
        ? unscaled(verdict)
        : verdict,
    brokenOff,
    notes: [
      ...simulation.notes,
      ...(plan.leftOut ? [leftOutNote(plan, settings.N)] : []),
      ...notesOf(settings.N, others, unrooted),
    ],
  };
}

const sum = (list: readonly number[]): number => list.reduce((all, one) => all + one, 0);

/** Trains one part of the plan, and reports how far all of it is. */
function trainer({ students, scaling }: ComparisonPlan, onProgress: CompareOptions['onProgress']) {
  const parts = [students, ...scaling];
  const total = workOf(parts);
  return (of: Problem, settings: SimulateOptions, place: number): Promise<Simulation> =>
    simulate(of, {
      ...settings,
      onProgress: (progress) => {
        const share = progress.total > 0 ? progress.steps / progress.total : 1;
        const done = workOf(parts.slice(0, place)) + share * parts[place].work;
        return onProgress?.({
          ...progress,
          N: settings.N,
          part: place + 1,
          parts: parts.length,
          fraction: total > 0 ? done / total : 1,
        });
      },
    });
}

/** Undefined for what was broken off. */
async function unlessStopped<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof AlignodeError && error.code === 'interrupted') return undefined;
    throw error;
  }
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

/** Why the tests alone do not decide. */
const troubleOf = (simulation: Simulation): Trouble | undefined => {
  const { settings, perRun } = simulation;
  return lost(settings.runs - perRun.length, settings.runs) ?? troubleOfThese(simulation);
};

/** The same of the students that there are. */
function troubleOfThese({ runs, perRun }: Simulation): Trouble | undefined {
  const diverged = divergence(perRun);
  if (diverged !== undefined || runs >= LEAST_RUNS) return diverged;
  return {
    agrees: null,
    why: `undecided: ${runs} ${runs === 1 ? 'run is' : 'runs are'} too few to know a standard error`,
  };
}

/**
 * The verdict on what was finished before a comparison was stopped. With all the students and as many sizes as a fit
 * needs it is one as any other; otherwise it is open, whatever was found so far.
 */
function whenStopped(
  verdict: Verdict,
  {
    simulation,
    finished,
    planned,
    decided,
  }: { simulation: Simulation; finished: number; planned: number; decided: boolean },
): Verdict {
  const { perRun, settings } = simulation;
  const these =
    `${perRun.length} of ${settings.runs} runs` +
    `${planned > 0 ? ` and ${finished} of ${planned} sizes of the scaling` : ''} were finished`;
  if (decided) return { ...verdict, message: `interrupted; ${these}. By these, ${verdict.message}` };
  const found =
    perRun.length > 0
      ? `. By these runs, with no bias of N taken off: ${verdict.message.replace('undecided: ', '')}`
      : '';
  return { ...verdict, agrees: null, message: `undecided: interrupted; ${these}${found}` };
}

/** Without scaling, which nobody declined, a deviation may be the bias of N, and does not count against theory. */
const unscaled = (verdict: Verdict): Verdict =>
  verdict.agrees === false
    ? {
        ...verdict,
        agrees: null,
        message: `undecided: without finite-size scaling this may be the bias of N, of order 1/N: ${verdict.message}`,
      }
    : verdict;

const leftOutNote = ({ students }: ComparisonPlan, N: number): string =>
  `no finite-size scaling was made, as it would cost many times what these ${students.runs} students of N = ${N} do; scalingRuns (--scaling-runs 100) asks for it`;

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
