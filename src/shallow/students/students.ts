import { type Callers, callers } from '../../crew/callers.ts';
import { machineHere } from '../../crew/here.ts';
import { inline } from '../../crew/inline.ts';
import { checkOptions } from '../../support/options.ts';
import { isBuiltIn, layoutOf, type Problem, ruleName } from '../problem/index.ts';
import { choose } from './choose.ts';
import { type Executor, job } from './job.ts';
import { PARTS, SIMULATE_OPTIONS } from './options.ts';
import { outline, type Plan, plan } from './plan.ts';
import { lazyStateOf } from './summary.ts';
import type { OnMeasured, RunRecord } from './task.ts';
import type { AdapterFacts, Measured, SimulateOptions, Simulation, SimulationSettings } from './types.ts';
import type { Until } from './until.ts';

/** Trained students, before any statistics. */
export interface Trained {
  planned: Plan;
  settings: SimulationSettings;
  /** In no order. */
  records: RunRecord[];
  failed: Simulation['failed'];
  notes: string[];
  device?: AdapterFacts;
}

/** Trains students on a problem, each on inputs of its own, to its last time or `until` its outcome is known. */
export async function trainStudents(
  problem: Problem,
  options: SimulateOptions,
  until?: Until,
): Promise<Trained> {
  checkOptions(options, SIMULATE_OPTIONS);
  const redraw = PARTS.filter((part) => options.redraw?.includes(part));
  const asked = outline(problem, options.N, redraw);
  const machine = await machineHere(
    { node: () => import('./nodeThreads.ts'), page: () => import('./pageThreads.ts') },
    job,
  );
  const { N, runs = 1, seed = 1, student = 'trained', match = 'theory', testSet = 0 } = options;
  const wanted = options.threads ?? machine.cores;
  // A function cannot be sent to a worker thread.
  const threads = isBuiltIn(asked.problem.rule) ? wanted : 1;
  const steps = asked.steps[asked.steps.length - 1];
  const { backend, costs, notes, device } = await choose(options, {
    problem: asked.problem,
    N,
    runs,
    student,
    threads,
    steps,
  });
  if (!device && threads < wanted)
    notes.push(
      `the rule "${ruleName(problem.rule)}" is a function of this program and cannot be sent to worker threads: one thread is used, not ${wanted}`,
    );
  const settings: SimulationSettings = {
    N,
    runs,
    seed,
    student,
    backend,
    ...(device ? { threads: 1, ...adapterOf(device.facts) } : { threads }),
    redraw,
    ...(match === 'none' && { match }),
    testSet,
  };
  try {
    const planned = plan(asked, settings, costs, until);
    const calls = callers(options.signal);
    await calls.call(options.onStart, {
      settings: { ...settings },
      ...(device && { device: device.facts }),
    });
    calls.rethrow();
    // Even for a single long task: this thread stays free, for instance for other simulations under way.
    const onThreads = threads > 1 && (planned.tasks.length > 1 || planned.work > LONG);
    const execute = device?.execute ?? (onThreads ? machine.execute : inline(job));
    const { alone, ...done } = await carryOut(planned, settings, options, execute, calls);
    if (alone !== undefined) {
      settings.threads = 1;
      notes.push(machine.alone(alone, threads));
    }
    return { planned, settings, ...done, notes, ...(device && { device: device.facts }) };
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
  { call, failed: threw, rethrow }: Callers,
): Promise<Pick<Trained, 'records' | 'failed'> & { alone: string | undefined }> {
  let alone: string | undefined;
  const records: RunRecord[] = [];
  const failed: Simulation['failed'] = [];
  const total = planned.steps[planned.steps.length - 1] * settings.runs;
  const { signal, onProgress, onMeasured } = options;
  await execute(planned.tasks, {
    threads: settings.threads,
    stopped: () => signal?.aborted === true || threw(),
    onSteps: (steps) => call(onProgress, { steps, total, finishedRuns: records.length, runs: settings.runs }),
    ...(onMeasured && { onSeen: once(planned, (measured) => call(onMeasured, measured)) }),
    onAlone: (why) => {
      alone = why;
    },
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
  rethrow();
  failed.sort((a, b) => a.run - b.run);
  return { records, failed, alone };
}

/** Reports each student at each time once, even if its task is tried again: the numbers would be the same. */
function once({ problem, seeds }: Plan, pass: (measured: Measured) => unknown): OnMeasured {
  const shape = layoutOf(problem);
  const next = new Uint32Array(seeds.length);
  return ({ run, index, row, diverged }) => {
    if (index < next[run]) return;
    next[run] = index + 1;
    const place = { run: run + 1, seed: seeds[run], index, alpha: problem.alpha[index] };
    pass(Object.assign(lazyStateOf(row, shape), place, diverged && { diverged: true as const }));
  };
}
