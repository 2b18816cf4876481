import { layoutOf, type ResolvedProblem } from '../problem/index.ts';
import { divergenceBound, testErrorOf } from '../theory/index.ts';
import { backends } from './backends.ts';
import type { StudentKind } from './types.ts';
import { judge, type Outcome, type Until } from './until.ts';

/** Some runs of a simulation: what one thread does in one go. Plain data, so that it can be sent to a worker. */
export interface Task {
  /** The number of the first run, from 0. */
  first: number;
  seeds: number[];
  /** One problem for all runs, or one for each where parts are drawn anew. */
  problems: ResolvedProblem[];
  N: number;
  /** The times of measurement, in examples seen. */
  steps: number[];
  student: StudentKind;
  backend: string;
  testSet: number;
  /** Where given, a student is trained until its outcome is known, and only its last row is kept. */
  until?: Until;
}

/** A task cut into tasks of so many runs. */
export function cut(task: Task, runs: number): Task[] {
  const parts: Task[] = [];
  for (let i = 0; i < task.seeds.length; i += runs)
    parts.push({
      ...task,
      first: task.first + i,
      seeds: task.seeds.slice(i, i + runs),
      problems: task.problems.length === 1 ? task.problems : task.problems.slice(i, i + runs),
    });
  return parts;
}

/** A task cut into those that do one batch each: what is left of it when something in it has failed. */
export const batchesOf = (task: Task): Task[] => cut(task, backends[task.backend][task.student].lanes);

/** One run that was finished. */
export interface RunRecord {
  run: number;
  /**
   * A row for each time, or the last one: the order parameters y (see `Layout`), eg, and the sampled eg if there is a
   * test set.
   */
  rows: Float64Array;
  /** The index of the time at which the student was found to have diverged; −1 if it did not. */
  divergedAt: number;
  /** Where the task has an `until`: the outcome of the student, and the index of the time at which it was known. */
  outcome?: Outcome;
  decidedAt?: number;
}

/** A student at one of the times: its row (a copy), and what of its run's record it is. */
export interface Measurement {
  run: number;
  index: number;
  row: Float64Array;
  diverged: boolean;
}

/** Called with each student at each time, as soon as it is measured. */
export type OnMeasured = (measurement: Measurement) => void;

export const rowWidth = (size: number, testSet: number): number => size + (testSet > 0 ? 2 : 1);

/** Milliseconds of work between two yields. */
const SLICE = 20;

/**
 * Trains the runs of a task, batch after batch, and appends each to `finished` when its last time is reached. Every few
 * milliseconds it yields the steps done since the last yield. The caller may stop there: the runs of the current batch
 * are then lost, the others are kept. How the steps are sliced changes no bit.
 */
export function* trainRuns(task: Task, finished: RunRecord[], onMeasured?: OnMeasured): Generator<number> {
  const { seeds, problems, N, steps, student, testSet } = task;
  const backend = backends[task.backend][student];
  const last = steps[steps.length - 1];
  for (let from = 0; from < seeds.length; from += backend.lanes) {
    const lanes = Math.min(backend.lanes, seeds.length - from);
    const of = Array.from({ length: lanes }, (_, i) => problems[problems.length === 1 ? 0 : from + i]);
    const batch = backend.start(of, N, seeds.slice(from, from + lanes));
    const recorders = of.map((problem, i) => recorder(problem, task.first + from + i, task, onMeasured));
    let done = 0;
    let slice = 64;
    for (let t = 0; t < steps.length; t++) {
      while (done < steps[t]) {
        const take = Math.min(slice, steps[t] - done);
        const start = performance.now();
        batch.advance(take);
        const took = performance.now() - start;
        if (took < SLICE / 2 && take === slice) slice *= 2;
        else if (took > 2 * SLICE && slice > 1) slice = Math.ceil(slice / 2);
        done += take;
        yield take * lanes;
      }
      recorders.forEach((record, i) => {
        record.at(
          t,
          (y) => batch.read(i, y),
          () => batch.sampledError(i, testSet),
        );
      });
      if (recorders.every((record) => record.over())) break;
    }
    finished.push(...recorders.map((record) => record.result));
    yield (last - done) * lanes;
  }
}

/** Records the run of a student, time by time, until it is over: the student diverges, or its outcome is known. */
export function recorder(
  problem: ResolvedProblem,
  run: number,
  { steps, testSet, until }: Task,
  onMeasured?: OnMeasured,
) {
  const { size } = layoutOf(problem);
  const width = rowWidth(size, testSet);
  const testError = testErrorOf(problem);
  const bound = divergenceBound(problem);
  const verdict = until && judge(problem, until);
  const kept = until ? 1 : steps.length;
  const result: RunRecord = { run, rows: new Float64Array(kept * width).fill(Number.NaN), divergedAt: -1 };
  let over = false;
  return {
    result,
    over: (): boolean => over,
    at: (t: number, read: (y: Float64Array) => void, sampled: () => number): void => {
      if (over) return;
      const row = until ? result.rows : result.rows.subarray(t * width, (t + 1) * width);
      const y = row.subarray(0, size);
      read(y);
      // Not `some(x > bound)`, which would miss NaN.
      if (!y.every((x) => Math.abs(x) <= bound)) {
        over = true;
        result.divergedAt = t;
        row.fill(Number.NaN);
      } else {
        row[size] = testError(y);
        if (testSet > 0) row[size + 1] = sampled();
      }
      onMeasured?.({ run, index: t, row: row.slice(), diverged: over });
      if (!verdict) return;
      const known = over ? 'diverged' : verdict(problem.alpha[t], row[size]);
      over = known !== undefined;
      result.outcome = known ?? 'undecided';
      result.decidedAt = t;
    },
  };
}
