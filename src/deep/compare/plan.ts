import { powerOfTwo } from '../../numbers/bits.ts';
import { STREAMS, seedAt } from '../../random/index.ts';
import { AlignodeError, show } from '../../support/error.ts';
import { refuse } from '../../support/options.ts';
import { trainingData } from '../data/index.ts';
import { requireTheory } from '../linear/index.ts';
import { backends, requireTraining } from '../networks/index.ts';
import { type ResolvedDeepProblem, shapesOf } from '../problem/index.ts';
import { RATES } from './extrapolation.ts';
import { DEFAULTS, LEAST_RUNS } from './options.ts';
import type { DeepCompareOptions, DeepComparisonPlan, DeepVerdict } from './types.ts';

/** What is compared, decided before anything is solved or trained. */
export interface Planned {
  /** With the times at which theory is looked at. */
  problem: ResolvedDeepProblem;
  rates: number[];
  /** At which networks of each rate are looked at. */
  steps: number[][];
  seeds: number[];
  runs: number;
  seed: number;
  level: number;
  backend: string;
  by: DeepVerdict['by'];
  costs: DeepComparisonPlan;
  notes: string[];
}

const invalid = (path: string, message: string): never => {
  throw new AlignodeError('invalid-problem', `${path}: ${message}`, { path });
};

/** The problem must be one that theory solves and networks are trained on. */
export function planFor(problem: ResolvedDeepProblem, options: DeepCompareOptions): Planned {
  requireTheory(problem);
  const rate = rateOf(problem);
  const { feedback } = problem;
  requireTraining({ ...problem, steps: [0], ...(feedback && { feedback }) });
  const { train } = trainingData(problem, options.data === undefined ? {} : { data: options.data });
  const { count, inputs } = train;
  const batch = problem.batch === 'all' ? count : problem.batch;
  const perEpoch = Math.ceil(count / batch);
  const by = perEpoch === 1 ? 'bounds' : 'chance';
  const runs = runsFor(options.runs, by);
  const { seed = DEFAULTS.seed, level = DEFAULTS.level } = options;
  const { base, notes } = stepsOf(problem, rate, perEpoch);
  const places = Array.from({ length: RATES }, (_, k) => k);
  const rates = places.map((k) => rate / powerOfTwo(k));
  const steps = places.map((k) => base.map((n) => n * powerOfTwo(k)));
  const weights = shapesOf(problem, inputs).reduce((sum, { rows, fanIn }) => sum + rows * fanIn, 0);
  const parts = places.map((k) => {
    const last = steps[k][base.length - 1];
    // A pass forwards, one back and the update take two operations a weight and example; a look three passes.
    const work = runs * weights * 6 * (last * batch + base.length * count);
    return { learningRate: rates[k], runs, steps: runs * last, work };
  });
  const { epochs, steps: _, time, ...rest } = problem;
  return {
    problem: { ...rest, time: base.map((n) => n * rate) },
    rates,
    steps,
    seeds: places.map((k) => (k === 0 ? seed : seedAt(seed, k, STREAMS.rateSeeds))),
    runs,
    seed,
    level,
    backend: backendFor(options.backend, by),
    by,
    costs: {
      rates: parts,
      steps: parts.reduce((sum, part) => sum + part.steps, 0),
      work: parts.reduce((sum, part) => sum + part.work, 0),
    },
    notes,
  };
}

function rateOf({ learningRate }: ResolvedDeepProblem): number {
  const rate = Array.isArray(learningRate) ? learningRate[0] : learningRate;
  if (rate === undefined || !(rate > 0))
    return invalid(
      'learningRate',
      `found ${rate === undefined ? 'nothing' : show(learningRate)}; networks are trained at it, at half and at a quarter of it: use a number above zero, as 0.05`,
    );
  return rate;
}

function runsFor(runs: number | undefined, by: DeepVerdict['by']): number {
  if (by === 'bounds') {
    if (runs !== undefined && runs > 1)
      refuse(
        'runs',
        `found ${runs}; with all examples in each step ("batch": "all") every run is the same: use 1, or leave it out`,
      );
    return 1;
  }
  if (runs !== undefined && runs < LEAST_RUNS)
    refuse(
      'runs',
      `found ${runs}; use ${LEAST_RUNS} or more: of fewer networks no standard error is known well enough for a test`,
    );
  return runs ?? DEFAULTS.runs;
}

/** Where nothing is left to chance, rounding is what limits a comparison: double precision where there is such. */
function backendFor(asked: string | undefined, by: DeepVerdict['by']): string {
  if (asked !== undefined && asked !== 'auto') return asked;
  const precise = by === 'bounds' && backends.reference?.missing() === undefined ? 'reference' : 'cpu';
  return precise in backends ? precise : 'cpu';
}

/**
 * The times as steps of the largest rate, each once, at the nearest whole epoch: of every rate networks are then at the end
 * of one. In the middle of an epoch examples that were drawn without being put back leave a part of order η² whose size
 * depends on how much of it is over, and halving the rate would not take it off. An epoch of all examples is a step.
 */
function stepsOf(
  { time, epochs, steps = [] }: ResolvedDeepProblem,
  rate: number,
  perEpoch: number,
): { base: number[]; notes: string[] } {
  const asked = time?.map((t) => t / rate) ?? epochs?.map((epoch) => epoch * perEpoch) ?? steps;
  if (asked.length === 0)
    invalid(
      'time',
      'found nothing; give the times t = η·steps at which theory and networks are compared, as "time": [0.1, 1, 10], or "steps" or "epochs"',
    );
  const whole = asked.map((n) => perEpoch * Math.round(n / perEpoch));
  const base = whole.filter((n, i) => i === 0 || n > whole[i - 1]);
  const unit = perEpoch === 1 ? 'a step' : `an epoch (${perEpoch} steps)`;
  const last = base[base.length - 1];
  if (last === 0 && (asked[asked.length - 1] ?? 0) > 0)
    invalid(
      time ? 'time' : epochs ? 'epochs' : 'steps',
      `found ${time?.at(-1) ?? epochs?.at(-1) ?? asked.at(-1)} as the last; ${unit} of the learning rate ${rate} is longer: use later times, or a smaller learning rate`,
    );
  const moved = asked.filter((n, i) => Math.abs(whole[i] - n) > 1e-9 * n).length;
  return {
    base,
    notes:
      moved === 0
        ? []
        : [
            `${moved} of ${asked.length} times were moved to the end of ${unit} of the learning rate ${rate}${base.length < asked.length ? `, which leaves ${base.length} times` : ''}`,
          ],
  };
}
