import { type Estimate, zOf } from '../../numbers/estimate.ts';
import { checkOptions } from '../../support/options.ts';
import { type DeepSimulation, trainNetworks } from '../networks/index.ts';
import { type DeepProblem, type ResolvedDeepProblem, resolveDeepProblem } from '../problem/index.ts';
import { deviationsOf, roundingOf } from './deviation.ts';
import { evidenceOf } from './evidence.ts';
import type { Orders } from './extrapolation.ts';
import { observablesOf } from './observables.ts';
import { DEEP_COMPARE_OPTIONS } from './options.ts';
import { type Planned, planFor } from './plan.ts';
import { predict } from './prediction.ts';
import type { DeepCompareOptions, DeepComparison, DeepVerdict } from './types.ts';
import { judge, troubleOf, undecided } from './verdict.ts';

/**
 * Compares the theory of a deep linear network with networks that are trained by plain steps: theory is their limit for
 * η → 0 at t = η·steps. Networks at η, η/2 and η/4 start where theory does; what is left of their deviation when the orders
 * η and η² are taken off must be 0.
 */
export async function compareDeep(
  stated: DeepProblem,
  options: DeepCompareOptions = {},
): Promise<DeepComparison> {
  checkOptions(options, DEEP_COMPARE_OPTIONS);
  const { signal, data } = options;
  const planned = planFor(resolveDeepProblem(stated), options);
  const { problem, rates, steps, seeds, runs, seed, level, backend, by, costs } = planned;
  await options.onPlan?.(costs);

  // Theory first: what cannot be integrated is known before networks have worked for hours.
  const L = (problem.network.widths as number[]).length - 1;
  const observables = observablesOf(L);
  const prediction = await predict(problem, observables, data, signal);

  const simulations: DeepSimulation[] = [];
  for (const place of rates.keys()) {
    if (signal?.aborted) break;
    const one = await train(planned, place, options);
    simulations.push(one);
    // What cannot be compared at this rate is not made up for by smaller ones.
    if (!one.complete || troubleOf([one], [rates[place]], by) !== undefined) break;
  }
  const complete = simulations.length === rates.length && simulations.every((one) => one.complete);
  const brokenOff = signal?.aborted === true && !complete;
  const trouble = troubleOf(simulations, rates, by);

  const { names, toCurves } = observables;
  const { time } = prediction.curve;
  const rounding = steps.map((some) => roundingOf(prediction, observables, backend, some));
  const all = simulations.length === rates.length && simulations.every((one) => one.runs > 0);
  const evidence = all
    ? evidenceOf(
        prediction,
        observables,
        simulations.map((one, k) => deviationsOf(one, prediction, observables, rounding[k])),
        rounding,
        by,
      )
    : null;
  const none = {
    planned: time.reduce(
      (sum, t, i) => sum + (t > 0 ? prediction.table[i].filter((x) => !Number.isNaN(x)).length : 0),
      0,
    ),
    untested: time.filter((t) => t > 0),
    ratios: [Number.NaN, Number.NaN] as [number, number],
  };
  const verdictOf = (): DeepVerdict => {
    if (evidence === null || trouble !== undefined)
      return undecided(trouble ?? 'not all learning rates have networks', level, by, evidence ?? none);
    return judge(evidence, level, by, time);
  };
  const curves = (of: (orders: Orders, bound: number) => number) =>
    toCurves(
      (evidence?.orders ?? []).map((row, t) =>
        names.map((_, i) => of(row[i], (evidence?.bounds ?? [])[t][i])),
      ),
    );
  const settings = simulations[0]?.settings;
  return {
    problem: compared(problem, rates[0]),
    settings: {
      runs,
      seed,
      seeds,
      backend,
      threads: settings?.threads ?? options.threads ?? 1,
      level,
    },
    time,
    theory: prediction.curve,
    rates: rates.slice(0, simulations.length),
    simulations,
    extrapolated: evidence && {
      limit: curves(({ limit }) => limit.value),
      error: curves(({ limit }) => Math.sqrt(limit.variance)),
      first: curves(({ first }) => first),
      second: curves(({ second }) => second),
      bound: curves((_, bound) => bound),
    },
    z: evidence && curves(({ limit }: { limit: Estimate }) => zOf(limit)),
    tests: evidence?.tests ?? [],
    verdict: brokenOff ? whenStopped(verdictOf(), simulations, rates, runs) : verdictOf(),
    brokenOff,
    notes: [...planned.notes, ...new Set(simulations.flatMap(({ notes }) => notes))],
  };
}

/** The problem that was compared, which compared again gives the same. */
const compared = (problem: ResolvedDeepProblem, learningRate: number): ResolvedDeepProblem => ({
  ...problem,
  learningRate,
});

/** Trains the networks of one rate, all from the start of theory, and reports how far all of it is. */
function train(
  { problem, rates, steps, seeds, runs, backend, costs }: Planned,
  place: number,
  { threads, data, signal, onProgress, onMeasured }: DeepCompareOptions,
): Promise<DeepSimulation> {
  const { time: _, ...rest } = problem;
  const learningRate = rates[place];
  const workOf = (k: number): number => costs.rates[k].work;
  const before = rates.slice(0, place).reduce((sum, _, k) => sum + workOf(k), 0);
  return trainNetworks(
    { ...rest, learningRate, steps: steps[place] },
    {
      runs,
      seed: seeds[place],
      backend,
      // Theory looks at all examples.
      examples: ALL,
      cosine: 'none',
      ...(threads !== undefined && { threads }),
      ...(data !== undefined && { data }),
      ...(signal && { signal }),
      ...(onMeasured && { onMeasured: (measured) => onMeasured({ ...measured, learningRate }) }),
      ...(onProgress && {
        onProgress: (progress) => {
          const share = progress.total > 0 ? progress.steps / progress.total : 1;
          return onProgress({
            ...progress,
            learningRate,
            part: place + 1,
            parts: rates.length,
            fraction: costs.work > 0 ? (before + share * workOf(place)) / costs.work : 1,
          });
        },
      }),
    },
    problem.network.seed,
  );
}

const ALL = 1e7;

/** With networks enough at every rate the verdict is one as any other. */
function whenStopped(
  verdict: DeepVerdict,
  simulations: readonly DeepSimulation[],
  rates: readonly number[],
  runs: number,
): DeepVerdict {
  const these = rates.map((rate, k) => `${simulations[k]?.perRun.length ?? 0} at ${rate}`).join(', ');
  const words = `interrupted; of ${runs} runs at each learning rate these were finished: ${these}`;
  return verdict.agrees === null
    ? { ...verdict, message: `undecided: ${words}` }
    : { ...verdict, message: `${words}. By these, ${verdict.message}` };
}
