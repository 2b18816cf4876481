import { AlignodeError, reasonOf } from '../../support/error.ts';
import { refuse } from '../../support/options.ts';
import { layoutOf, type ResolvedProblem } from '../problem/index.ts';
import type { Costs } from './backend.ts';
import { backends } from './backends.ts';
import { type Gpu, gpuCost, gpuMissing, gpuStudents, lanesOf, onGpu, openTested } from './gpu/index.ts';
import type { Executor } from './job.ts';
import type { AdapterFacts, SimulateOptions, StudentKind } from './types.ts';

/** What does the work. */
export interface Choice {
  backend: string;
  costs: Costs;
  notes: string[];
  /** Where it is done, if not on threads of the CPU. */
  device?: { facts: AdapterFacts; execute: Executor; close: () => Promise<void> };
}

/** What is to be done, for all runs. */
export interface Work {
  problem: ResolvedProblem;
  N: number;
  runs: number;
  student: StudentKind;
  /** Steps of each run. */
  steps: number;
  threads: number;
}

export async function choose(options: SimulateOptions, work: Work): Promise<Choice> {
  const { backend = 'auto', adapter } = options;
  if (backend === 'gpu') return chooseGpu(options, work);
  if (backend !== 'auto') return chooseCpu(backend, options, work);
  const found = await fasterGpu(options, work);
  if (typeof found !== 'string') return found;
  const choice = firstCpu(work);
  // A user who names a GPU expects it to be used.
  if (adapter !== undefined) choice.notes.push(`the GPU "${adapter}" was not used: ${found}`);
  return choice;
}

function chooseCpu(backend: string, options: SimulateOptions, { student, problem }: Work): Choice {
  if (options.adapter !== undefined)
    refuse('adapter', `the backend "${backend}" uses no GPU; leave it out, or use the backend "gpu"`);
  const costs = backends[backend][student];
  const missing = costs.missing(problem);
  if (missing !== undefined) refuse('backend', `"${backend}" does not run here: ${missing}; use "auto"`);
  return { backend, costs, notes: [] };
}

function firstCpu({ student, problem }: Work): Choice {
  const notes: string[] = [];
  for (const [backend, students] of Object.entries(backends)) {
    const missing = students[student].missing(problem);
    if (missing === undefined) return { backend, costs: students[student], notes };
    notes.push(`the backend "${backend}" does not run here (${missing}); a slower one is used`);
  }
  throw new AlignodeError('not-available', 'no backend runs here');
}

async function chooseGpu({ adapter, allowSoftware }: SimulateOptions, work: Work): Promise<Choice> {
  const missing = missingFor(work);
  if (missing !== undefined) refuse('backend', `"gpu" does not do this: ${missing}; use "auto"`);
  try {
    return using(await openTested({ adapter, allowSoftware }), work);
  } catch (error) {
    if (!(error instanceof AlignodeError)) throw error;
    refuse('backend', `"gpu" does not run here: ${error.message} (or use "auto")`);
  }
}

function missingFor({ problem, student, N }: Work): string | undefined {
  const { K, M } = layoutOf(problem);
  return gpuMissing(student, problem, K, M, N);
}

function using(gpu: Gpu, { student, runs, problem, N }: Work): Choice {
  const { K, M } = layoutOf(problem);
  const kind = gpuStudents[student];
  const lanes = Math.min(runs, lanesOf(kind, gpu, K, M, N));
  return {
    backend: 'gpu',
    costs: { lanes, work: backends.reference[student].work, memory: () => lanes * kind.memory(K, M, N) },
    notes: [],
    device: { facts: gpu.adapter, execute: onGpu(gpu, gpuStudents, lanes), close: gpu.close },
  };
}

/**
 * Operations (see `Costs.work`) that a thread does in a second, and the seconds of work from which a GPU is looked for.
 */
const CPU_SPEED = 3e9;
const WORTH_A_LOOK = 5;
/** A GPU is used if it is measured to be faster than the CPU by at least this factor. */
const FASTER = 1.5;

/**
 * A hardware GPU, if it is faster at this work: both are tried for a fraction of a second. Otherwise why it is not
 * used.
 */
async function fasterGpu({ adapter }: SimulateOptions, work: Work): Promise<Choice | string> {
  const { problem, student, N, runs, steps, threads } = work;
  const { K, M } = layoutOf(problem);
  const seconds =
    (backends.cpu[student].work(K, M, N) * steps * runs) / (CPU_SPEED * Math.min(threads, runs));
  if (seconds < WORTH_A_LOOK) return 'the work is done sooner than it would be tried';
  const missing = missingFor(work);
  if (missing !== undefined) return missing;
  let gpu: Gpu;
  try {
    gpu = await openTested({ adapter });
  } catch (error) {
    return reasonOf(error);
  }
  let why = 'the CPU was measured to be about as fast, or faster';
  try {
    const there = await gpuCost(gpu, student, problem, N, runs);
    // Students are started on the CPU in either case, but there by all threads.
    const onGpu = runs * (there.start + steps * there.step);
    if (FASTER * onGpu < (runs * steps) / cpuRate(work)) return using(gpu, work);
  } catch (error) {
    why = reasonOf(error);
  }
  await gpu.close();
  return why;
}

/** Milliseconds that are long enough to be measured. */
const LONG = 20;

/** Steps a millisecond of the threads of the CPU together: those of one, measured, times their number. */
function cpuRate({ problem, student, N, runs, threads }: Work): number {
  const { lanes, start } = backends.cpu[student];
  const batch = start(
    Array(lanes).fill(problem),
    N,
    Array.from({ length: lanes }, (_, i) => i),
  );
  for (let steps = 64; ; steps *= 2) {
    const begin = performance.now();
    batch.advance(steps);
    const ms = performance.now() - begin;
    if (ms > LONG) return (Math.min(threads * lanes, runs) * steps) / ms;
  }
}
