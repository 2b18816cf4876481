import { runSeeds } from '../../random/index.ts';
import { howMany } from '../../support/howMany.ts';
import { refuse } from '../../support/options.ts';
import { layoutOf, type Problem, type ResolvedProblem, resolveProblem } from '../problem/index.ts';
import type { Costs } from './backend.ts';
import { PARTS } from './options.ts';
import { schedule } from './schedule.ts';
import { cut, rowWidth, type Task } from './task.ts';
import type { Part, SimulationSettings } from './types.ts';
import type { Until } from './until.ts';

/** What a simulation will do, decided before it does anything. */
export interface Plan {
  /** The problem as it stands, with the times that will be simulated. */
  problem: ResolvedProblem;
  steps: number[];
  seeds: number[];
  /** The problem of each run, where parts are drawn anew; otherwise the one problem. */
  problems: ResolvedProblem[];
  /** The parts in which the runs differ: those drawn anew, and those drawn to match them. */
  varying: readonly Part[];
  tasks: Task[];
  /** Operations of all runs together, roughly. */
  work: number;
}

/** More than this is refused before it is tried: in all, and for one batch, whose addresses have 31 bits. */
const MOST_MEMORY = 4 * 2 ** 30;
const MOST_FOR_A_BATCH = 2 ** 31;
/** Bytes for the objects that hold a run, of whatever size; measured, and as much again. */
const RUN_OVERHEAD = 2048;
/** A task is as many runs as make about this many operations, a fraction of a second; at least one batch. */
const TASK_WORK = 2e8;

/** The checked request, with all that is needed to choose what does the work. */
export interface Outline {
  stated: Problem;
  problem: ResolvedProblem;
  steps: number[];
}

export function outline(stated: Problem, N: number, redraw: readonly Part[]): Outline {
  const resolved = resolveProblem(stated);
  const steps = schedule(resolved.alpha, N);
  const problem = { ...resolved, alpha: steps.map((n) => n / N) };
  checkDimension(problem, N);
  checkLength(steps[steps.length - 1]);
  checkRedraw(stated, redraw);
  return { stated, problem, steps };
}

export function plan(
  { stated, problem, steps }: Outline,
  settings: SimulationSettings,
  costs: Costs,
  until?: Until,
): Plan {
  const { N, runs, seed, student, backend, redraw, testSet, threads } = settings;
  checkMemory(problem, settings, costs, until ? 1 : steps.length);

  const seeds = runSeeds(seed, runs);
  const problems =
    redraw.length === 0
      ? [problem]
      : seeds.map((s) => ({ ...resolveProblem(redrawn(stated, redraw, s)), alpha: problem.alpha }));
  const { lanes, work } = costs;
  const { K, M } = layoutOf(problem);
  const perRun = work(K, M, N) * Math.max(1, steps[steps.length - 1] + steps.length * testSet);
  const fair = runs / (4 * threads);
  const size = lanes * Math.max(1, Math.floor(Math.min(fair, TASK_WORK / perRun) / lanes));
  const whole: Task = {
    first: 0,
    seeds,
    problems,
    N,
    steps,
    student,
    backend,
    testSet,
    ...(until && { until }),
  };
  return {
    problem,
    steps,
    seeds,
    problems,
    varying: varyingParts(stated, redraw),
    tasks: cut(whole, size),
    work: runs * perRun,
  };
}

type Drawn = { draw: object };
const isDrawn = (part: unknown): part is Drawn => typeof part === 'object' && part !== null && 'draw' in part;

/** The problem with the parts named drawn with another seed. */
function redrawn(stated: Problem, parts: readonly Part[], seed: number): Problem {
  const changed: Partial<Record<Part, unknown>> = {};
  for (const part of parts) {
    const { draw } = stated[part] as Drawn;
    // Feedback keeps its seed beside "draw", the others within.
    changed[part] = part === 'feedback' ? { draw, seed } : { draw: { ...draw, seed } };
  }
  return { ...stated, ...(changed as Partial<Problem>) };
}

function varyingParts(stated: Problem, redraw: readonly Part[]): Part[] {
  const first = PARTS.findIndex((part) => redraw.includes(part));
  if (first < 0) return [];
  return PARTS.filter((part, i) => redraw.includes(part) || (i > first && isDrawn(stated[part])));
}

function checkRedraw(stated: Problem, parts: readonly Part[]): void {
  for (const part of parts)
    if (!isDrawn(stated[part]))
      refuse(
        'redraw',
        `the problem gives its ${part}, it does not draw it; state ${part} as { "draw": .. }, or leave it out of redraw`,
      );
}

/** Any overlaps at all are those of some weights in N ≥ K + M dimensions. */
function checkDimension({ student, teacher }: ResolvedProblem, N: number): void {
  const least = student.v.length + teacher.A.length;
  if (N < least) refuse('N', `found ${N}; use at least K + M = ${least}`);
}

function checkLength(examples: number): void {
  if (examples > Number.MAX_SAFE_INTEGER)
    refuse(
      'N',
      `${examples} examples are more than can be counted, 2^53 − 1; use a smaller N or an earlier last alpha`,
    );
}

function checkMemory(
  problem: ResolvedProblem,
  { N, runs, threads, testSet, redraw }: SimulationSettings,
  { memory }: Costs,
  times: number,
): void {
  const { K, M, size } = layoutOf(problem);
  const batches = Math.min(threads, runs);
  const working = batches * memory(K, M, N);
  const one = working / batches;
  if (one > MOST_FOR_A_BATCH)
    refuse(
      'N',
      `${N} inputs would take ${bytes(one)} for one student, and at most ${bytes(MOST_FOR_A_BATCH)} is used; ` +
        'use a smaller N, or student "projected", whose size does not depend on N',
    );
  if (working > MOST_MEMORY)
    refuse(
      'N',
      `${N} inputs would take ${bytes(working)} for ${howMany(batches, 'student')} at a time, and at most ${bytes(MOST_MEMORY)} is used; ` +
        'use fewer threads, a smaller N, or student "projected", whose size does not depend on N',
    );
  const curves = 8 * times * (rowWidth(size, testSet) + (testSet > 0 ? 2 : 1));
  const perRun = RUN_OVERHEAD + curves + (redraw.length > 0 ? 16 * (K + M) ** 2 : 0);
  if (runs * perRun > MOST_MEMORY)
    refuse(
      'runs',
      `${howMany(runs, 'run')} at ${howMany(times, 'time')} would take ${bytes(runs * perRun)}, and at most ${bytes(MOST_MEMORY)} is kept; use fewer runs or fewer times`,
    );
}

const bytes = (n: number): string =>
  n < 2 ** 30 ? `${Math.ceil(n / 2 ** 20)} MiB` : `${(n / 2 ** 30).toPrecision(3)} GiB`;
