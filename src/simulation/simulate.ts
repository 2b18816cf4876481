import { onNode } from '../onNode.ts';
import { layoutOf, type Problem } from '../problem/index.ts';
import { choose } from './choose.ts';
import type { Executor } from './executor.ts';
import { inline } from './inline.ts';
import { checkOptions, PARTS } from './options.ts';
import { outline, type Plan, plan } from './plan.ts';
import { curvesOf, lazyCurvesOf, moments } from './summary.ts';
import { type RunRecord, rowWidth } from './task.ts';
import type { AdapterFacts, Run, SimulateOptions, Simulation, SimulationSettings } from './types.ts';

/**
 * Trains students on a problem, each on inputs of its own, and measures them at the problem's times: on a GPU, or on the
 * CPU, where on Node the runs are spread over worker threads; with one thread, and where there are none, they go on in
 * this one. Numbers depend on the problem and the settings alone: not on threads, order or how the work is cut.
 */
export async function simulate(problem: Problem, options: SimulateOptions): Promise<Simulation> {
  checkOptions(options);
  const redraw = PARTS.filter((part) => options.redraw?.includes(part));
  const asked = outline(problem, options.N, redraw);
  const machine = await workers();
  const { N, runs = 1, seed = 1, student = 'trained', testSet = 0 } = options;
  const threads = options.threads ?? machine.cores;
  const steps = asked.steps[asked.steps.length - 1];
  const { backend, costs, notes, device } = await choose(options, {
    problem: asked.problem,
    N,
    runs,
    student,
    threads,
    steps,
  });
  const settings: SimulationSettings = {
    N,
    runs,
    seed,
    student,
    backend,
    ...(device ? { threads: 1, ...adapterOf(device.facts) } : { threads }),
    redraw,
    testSet,
  };
  try {
    const planned = plan(asked, settings, costs);
    // A single long task too: this thread stays free for others, who may have simulations of their own under way.
    const onThreads = threads > 1 && (planned.tasks.length > 1 || planned.work > LONG);
    const execute = device?.execute ?? (onThreads ? machine.execute : inline);
    const simulation = await carryOut(planned, settings, options, execute);
    return { ...simulation, notes, ...(device && { device: device.facts }) };
  } finally {
    await device?.close();
  }
}

/** Operations (see `Costs.work`) that are worth a thread of their own: a third of a second. */
const LONG = 1e9;

/** What names a GPU when these settings are used again. */
const adapterOf = ({ name, software }: AdapterFacts) => ({
  adapter: name,
  ...(software && { allowSoftware: true as const }),
});

async function carryOut(
  planned: Plan,
  settings: SimulationSettings,
  options: SimulateOptions,
  execute: Executor,
): Promise<Omit<Simulation, 'notes'>> {
  const records: RunRecord[] = [];
  const failed: Simulation['failed'] = [];
  const total = planned.steps[planned.steps.length - 1] * settings.runs;
  await execute(planned.tasks, {
    threads: settings.threads,
    stopped: () => options.signal?.aborted === true,
    onSteps: (steps) =>
      options.onProgress?.({ steps, total, finishedRuns: records.length, runs: settings.runs }),
    onFinished: (some) => {
      // One by one: hundreds of thousands are too many for the arguments of a call.
      for (const record of some) records.push(record);
    },
    onFailed: ({ first, seeds }, reason) => {
      seeds.forEach((seed, i) => {
        failed.push({ run: first + i + 1, seed, reason });
      });
    },
  });
  failed.sort((a, b) => a.run - b.run);
  return { ...collect(planned, records, settings), settings, failed };
}

interface Machine {
  cores: number;
  execute: Executor;
}

async function workers(): Promise<Machine> {
  if (!onNode()) return { cores: 1, execute: inline };
  const { cores, onThreads } = await import('./threads.ts');
  return { cores: cores(), execute: onThreads() };
}

/** What the runs say together: the same whoever finished first. */
function collect(
  { problem, problems, seeds, varying }: Plan,
  records: RunRecord[],
  { testSet }: SimulationSettings,
): Omit<Simulation, 'settings' | 'failed' | 'notes'> {
  const shape = layoutOf(problem);
  const times = problem.alpha.length;
  const inOrder = records.toSorted((a, b) => a.run - b.run);
  const averaged = inOrder.filter(({ divergedAt }) => divergedAt < 0).map(({ rows }) => rows);
  const { mean, stderr } = moments(averaged, times * rowWidth(shape.size, testSet));
  return {
    problem,
    alpha: problem.alpha,
    runs: averaged.length,
    mean: curvesOf(mean, times, shape),
    stderr: curvesOf(stderr, times, shape),
    perRun: inOrder.map(({ run, rows, divergedAt }) => {
      const result: Partial<Run> = { run: run + 1, seed: seeds[run] };
      if (divergedAt >= 0) result.diverged = problem.alpha[divergedAt];
      for (const part of varying) Object.assign(result, { [part]: problems[run][part] });
      // Not assigned, so that getters stay getters.
      return Object.defineProperties(
        result,
        Object.getOwnPropertyDescriptors(lazyCurvesOf(rows, times, shape)),
      ) as Run;
    }),
    complete: records.length === seeds.length,
  };
}
