import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';
import { backends } from './backends.ts';
import type { Executor } from './executor.ts';
import type { RunRecord, Task } from './task.ts';

/** What a worker is sent: a task, and memory that it shares with the main thread. */
export interface Order {
  task: Task;
  /** Becomes 1 when the work is to be broken off. */
  stop: Int32Array;
  /** The steps that this task has done: one number, written by the worker alone. */
  done: Float64Array;
}

export const cores = availableParallelism;

/** Milliseconds between two looks at the workers' progress. */
const LOOK = 100;

/**
 * Runs tasks on worker threads of Node. A worker that dies takes its task with it: the task is cut into batches, and
 * each is tried once more on another worker; what fails twice is reported.
 */
export const onThreads =
  (worker: URL = new URL('./worker.js', import.meta.url)): Executor =>
  async (tasks, { threads, stopped, onSteps, onFinished, onFailed }) => {
    const stop = new Int32Array(new SharedArrayBuffer(4));
    let settled = 0;
    const underWay = new Set<Float64Array>();
    const pool = new Piscina({
      filename: worker.href,
      minThreads: 1,
      maxThreads: Math.min(threads, tasks.length),
      // Workers sleep between tasks as event loops do, so that one that dies is noticed.
      atomics: 'disabled',
    });
    // Each death is met where its task fails.
    pool.on('error', () => undefined);

    const attempt = async (task: Task, again: boolean): Promise<void> => {
      const done = new Float64Array(new SharedArrayBuffer(8));
      underWay.add(done);
      try {
        onFinished((await pool.run({ task, stop, done } satisfies Order)) as RunRecord[]);
        settled += done[0];
      } catch (error) {
        if (stopped()) return;
        if (again) for (const part of batches(task)) await attempt(part, false);
        else onFailed(task, reason(error));
      } finally {
        underWay.delete(done);
      }
    };
    const look = (): void => {
      if (stopped()) Atomics.store(stop, 0, 1);
      let steps = settled;
      for (const done of underWay) steps += done[0];
      onSteps(steps);
    };
    const timer = setInterval(look, LOOK);
    try {
      // As many lanes as threads, each with one task at a time: nothing waits inside the pool.
      const queue = tasks.values();
      const lane = async (): Promise<void> => {
        for (const task of queue) {
          if (stopped()) return;
          await attempt(task, true);
        }
      };
      await Promise.all(Array.from({ length: Math.min(threads, tasks.length) }, lane));
      look();
    } finally {
      clearInterval(timer);
      await pool.destroy();
    }
  };

function batches(task: Task): Task[] {
  const { lanes } = backends[task.backend][task.student];
  const parts: Task[] = [];
  for (let i = 0; i < task.seeds.length; i += lanes)
    parts.push({
      ...task,
      first: task.first + i,
      seeds: task.seeds.slice(i, i + lanes),
      problems: task.problems.length === 1 ? task.problems : task.problems.slice(i, i + lanes),
    });
  return parts;
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
