import { type Callers, callers } from '../../crew/callers.ts';
import { machineHere } from '../../crew/here.ts';
import { inline } from '../../crew/inline.ts';
import type { Executor } from '../../crew/job.ts';
import { moments } from '../../numbers/moments.ts';
import { runSeeds } from '../../random/index.ts';
import { crc32 } from '../../support/crc32.ts';
import { AlignodeError } from '../../support/error.ts';
import { howMany } from '../../support/howMany.ts';
import { checkOptions, refuse } from '../../support/options.ts';
import { type TrainingData, trainingData } from '../data/index.ts';
import {
  type DeepProblem,
  type LayerShape,
  type ResolvedDeepProblem,
  resolveDeepProblem,
  shapesOf,
} from '../problem/index.ts';
import { backends } from './backends.ts';
import { curvesOf, namesOf } from './curves.ts';
import { job } from './job.ts';
import { widthOf } from './layout.ts';
import { DEEP_PARTS, DEEP_SIMULATE_OPTIONS } from './options.ts';
import { requireDraws, requireMemory, requireTraining } from './requirements.ts';
import { savedStart } from './savedNetwork.ts';
import type { Checkpoint, Divergence, RunRecord, Seen, Task } from './task.ts';
import type {
  DeepMeasured,
  DeepSimulateOptions,
  DeepSimulation,
  DeepSimulationSettings,
  EarlierWork,
} from './types.ts';
import { weightCosine } from './weightCosine.ts';

/** What is trained, decided before training begins. */
interface Planned {
  problem: ResolvedDeepProblem;
  settings: DeepSimulationSettings;
  seeds: number[];
  steps: number[];
  perEpoch: number;
  tasks: Task[];
  earlier: EarlierWork;
  shapes: readonly LayerShape[];
}

/**
 * Trains networks on the data of a problem, and measures them at the problem's epochs or steps: each run starts from
 * weights of its own and sees the examples in an order of its own. The numbers depend on the problem and the settings
 * alone: not on threads, order or how the work is cut.
 */
export async function simulateDeep(
  stated: DeepProblem,
  options: DeepSimulateOptions = {},
): Promise<DeepSimulation> {
  checkOptions(options, DEEP_SIMULATE_OPTIONS);
  return trainNetworks(resolveDeepProblem(stated), options);
}

/**
 * The same of a problem and options that were checked. With a `start`, which is a seed, every run has the weights drawn
 * from it, and only the order of the examples is its own.
 */
export async function trainNetworks(
  problem: ResolvedDeepProblem,
  options: DeepSimulateOptions,
  start?: number,
): Promise<DeepSimulation> {
  const machine = await machineHere(
    { node: () => import('./nodeThreads.ts'), page: () => import('./pageThreads.ts') },
    job,
  );
  const threads = Math.min(options.threads ?? machine.cores, options.runs ?? 1);
  const planned = planFor(problem, options, threads, start);
  const { settings } = planned;
  const calls = callers(options.signal);
  await calls.call(options.onStart, { settings: { ...settings } });
  calls.rethrow();
  const execute = threads > 1 ? machine.execute : inline(job);
  const { records, failed, alone } = await carryOut(planned, options, execute, calls);
  const notes = alone === undefined ? [] : [machine.alone(alone, threads)];
  if (alone !== undefined) settings.threads = 1;
  return { ...collect(planned, records, notes), failed };
}

const numbersOf = ({ train, test }: TrainingData): Float32Array[] =>
  [train, ...(test ? [test] : [])].flatMap(({ x, y }) => [x, y]);

/** What finds a change of these numbers. */
const sumsOf = (lists: readonly (Float32Array | Float64Array)[]): string =>
  lists
    .map(({ buffer, byteOffset, byteLength }) => crc32(new Uint8Array(buffer, byteOffset, byteLength)))
    .join(' ');

/** Examples of the training part by which signals are compared, where an option says nothing else. */
const EXAMPLES = 1000;

function planFor(
  problem: ResolvedDeepProblem,
  options: DeepSimulateOptions,
  threads: number,
  start?: number,
): Planned {
  const { runs = 1, seed = 1, cosine = 'end', journal } = options;
  requireTraining(problem);
  const redraw = DEEP_PARTS.filter((part) => options.redraw?.includes(part));
  requireDraws(problem, redraw);
  const seeds = runSeeds(seed, runs);
  const ownData = redraw.includes('data');
  const dataFor = (run: number): TrainingData =>
    trainingData(
      ownData ? withDataSeed(problem, seeds[run]) : problem,
      options.data === undefined ? {} : { data: options.data },
    );
  const first = dataFor(0);
  const { inputs, count } = first.train;
  const shapes = shapesOf(problem, inputs);
  const perEpoch = Math.ceil(count / (problem.batch === 'all' ? count : problem.batch));
  const steps = stepsOf(problem, perEpoch);
  const backend = backendFor(options.backend);
  const settings = {
    runs,
    seed,
    backend,
    threads,
    redraw,
    examples: Math.min(options.examples ?? EXAMPLES, count),
    cosine,
  };
  requireMemory(problem, shapes, first, settings, steps.length);
  const saved = savedStart(problem, shapes);
  const earlier = journal?.open({
    problem,
    settings: { ...settings },
    read: sumsOf([...numbersOf(first), ...Object.values(saved ?? {})]),
  }) ?? {
    finished: [],
    checkpoints: [],
  };
  const finished = new Set(earlier.finished.map(({ run }) => run));
  const checkpoints = new Map(earlier.checkpoints.map((one) => [one.run, one]));
  const tasks = seeds.flatMap((own, run): Task[] => {
    if (finished.has(run)) return [];
    const { train, test } = run > 0 && ownData ? dataFor(run) : first;
    const from = checkpoints.get(run);
    return [
      {
        run,
        problem,
        seeds: { steps: own, start: start ?? own, ...(redraw.includes('feedback') && { feedback: own }) },
        train,
        ...(test && { test }),
        steps,
        backend,
        examples: settings.examples,
        weightsAt: cosine === 'all' ? 'all' : 'end',
        ...(saved && { start: saved }),
        ...(from && { from }),
        ...(journal && { saveEvery: journal.saveEvery }),
      },
    ];
  });
  return { problem, settings, seeds, steps, perEpoch, tasks, earlier, shapes };
}

/** The times asked for as whole steps, each once. */
function stepsOf({ epochs, steps = [] }: ResolvedDeepProblem, perEpoch: number): number[] {
  const all = epochs ? epochs.map((epoch) => Math.round(epoch * perEpoch)) : steps.map(Math.round);
  return all.filter((step, i) => i === 0 || step > all[i - 1]);
}

function backendFor(asked = 'auto'): string {
  if (asked !== 'auto') {
    const missing = backends[asked].missing();
    if (missing !== undefined) refuse('backend', `"${asked}" does not run here: ${missing}; use "auto"`);
    return asked;
  }
  const found = Object.keys(backends).find((name) => backends[name].missing() === undefined);
  if (found === undefined) throw new AlignodeError('not-available', 'no backend for networks runs here');
  return found;
}

const withDataSeed = (problem: ResolvedDeepProblem, seed: number): ResolvedDeepProblem =>
  ({ ...problem, data: { ...problem.data, seed } }) as ResolvedDeepProblem;

/** Trains the runs that are left, and gathers them with those that were finished before. */
async function carryOut(
  { tasks, settings, steps, perEpoch, seeds, earlier, shapes }: Planned,
  options: DeepSimulateOptions,
  execute: Executor<Task, RunRecord, Seen>,
  { call, failed: threw, rethrow }: Callers,
): Promise<Pick<DeepSimulation, 'failed'> & { records: RunRecord[]; alone: string | undefined }> {
  const { signal, onProgress, onMeasured, onNetwork, journal } = options;
  const records: RunRecord[] = [];
  const failed: DeepSimulation['failed'] = [];
  const last = steps[steps.length - 1];
  const before = earlier.finished.length * last + tasks.reduce((sum, { from }) => sum + (from?.step ?? 0), 0);
  const keep = (record: RunRecord): void => {
    records.push(record);
    const { run, state, diverged } = record;
    if (onNetwork && !diverged) call(() => onNetwork(run + 1, state), undefined);
  };
  earlier.finished.forEach(keep);
  let alone: string | undefined;
  const report = (measured: DeepMeasured): unknown => call(onMeasured, measured);
  const passOn = once(seeds.length, ({ run, index, row, diverged }) =>
    report({
      run: run + 1,
      seed: seeds[run],
      index,
      epoch: steps[index] / perEpoch,
      step: steps[index],
      ...namesOf(row, shapes.length),
      ...(diverged && { diverged: true as const }),
    }),
  );
  await execute(tasks, {
    threads: settings.threads,
    stopped: () => signal?.aborted === true || threw(),
    onSteps: (done) =>
      call(onProgress, {
        steps: before + done,
        earlier: before,
        total: last * settings.runs,
        finishedRuns: records.length,
        runs: settings.runs,
      }),
    // Where nobody listens, no worker is waited for at a stop.
    ...((journal || onMeasured) && {
      onSeen: (seen: Seen) => {
        if (!('checkpoint' in seen)) passOn(seen);
        else if (journal) call((one: Checkpoint) => journal.onCheckpoint(one), seen.checkpoint);
      },
    }),
    onAlone: (why) => {
      alone = why;
    },
    onFinished: (some) => {
      for (const record of some) {
        if (journal) call((one: RunRecord) => journal.onFinished(one), record);
        keep(record);
      }
    },
    onFailed: ({ run }, reason) => {
      failed.push({ run: run + 1, seed: seeds[run], reason });
    },
  });
  rethrow();
  failed.sort((a, b) => a.run - b.run);
  return { records, failed, alone };
}

type Measurement = Extract<Seen, { row: Float64Array }>;

/** Passes each run at each time on once, even if its task is tried again: the numbers would be the same. */
function once(runs: number, pass: (seen: Measurement) => void): (seen: Measurement) => void {
  const next = new Uint32Array(runs);
  return (seen) => {
    if (seen.index < next[seen.run]) return;
    next[seen.run] = seen.index + 1;
    pass(seen);
  };
}

/** Combines the runs; the result does not depend on which of them finished first. */
function collect(
  { problem, settings, seeds, steps, perEpoch, shapes }: Planned,
  records: readonly RunRecord[],
  notes: string[],
): Omit<DeepSimulation, 'failed'> {
  const L = shapes.length;
  const width = widthOf(L);
  const inOrder = records.toSorted((a, b) => a.run - b.run);
  const averaged = inOrder.filter(({ diverged }) => diverged === undefined);
  const flat = averaged.map(({ rows }) => {
    const all = new Float64Array(steps.length * width);
    rows.forEach((row, i) => {
      all.set(row, i * width);
    });
    return all;
  });
  const { mean, stderr } = moments(flat, steps.length * width);
  const curves = (all: Float64Array) =>
    curvesOf(
      steps.map((_, i) => all.subarray(i * width, (i + 1) * width)),
      L,
    );
  const rateOf = (layer: number): number => {
    const { learningRate = 0 } = problem;
    return typeof learningRate === 'number' ? learningRate : learningRate[layer - 1];
  };
  const times = settings.cosine === 'all' ? steps.map((_, i) => i) : [steps.length - 1];
  return {
    problem,
    settings,
    epoch: steps.map((step) => step / perEpoch),
    step: steps,
    runs: averaged.length,
    mean: curves(mean),
    stderr: curves(stderr),
    perRun: inOrder.map(({ run, rows, diverged }) => ({
      run: run + 1,
      seed: seeds[run],
      ...(diverged && {
        diverged: { ...diverged, epoch: diverged.step / perEpoch, learningRate: rateOf(diverged.layer) },
      }),
      ...curvesOf(rows, L),
    })),
    weightCosine:
      settings.cosine === 'none'
        ? null
        : weightCosine(
            averaged.map(({ weights }) => weights),
            times,
            shapes,
          ),
    complete: records.length === seeds.length,
    notes: [...notes, ...divergenceNotes(inOrder, perEpoch, rateOf)],
  };
}

function divergenceNotes(
  records: readonly RunRecord[],
  perEpoch: number,
  rateOf: (layer: number) => number,
): string[] {
  const diverged = records.filter((one) => one.diverged !== undefined);
  if (diverged.length === 0) return [];
  const { run, diverged: where } = diverged[0];
  const { step, layer } = where as Divergence;
  const epoch = (step / perEpoch).toPrecision(3);
  return [
    `${howMany(diverged.length, 'run')} of ${records.length} diverged and ${diverged.length === 1 ? 'is' : 'are'} in no mean: ` +
      `run ${run + 1} at step ${step} (epoch ${epoch}), in layer ${layer}, whose learning rate is ${rateOf(layer)}; use a smaller one`,
  ];
}
