import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';
import { type Executor, reasonOf } from './executor.ts';
import { batchesOf, type RunRecord, type Task } from './task.ts';

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
/** Milliseconds that workers told to stop have for it; then they are ended, in the middle of a step or a test set. */
const GRACE = 2000;

/**
 * Runs tasks on worker threads of Node. A worker that dies takes its task with it: the task is cut into batches, and
 * each is tried once more on another worker; what fails twice is reported. Where workers die before they can begin,
 * everything left is reported at once.
 */
export const onThreads =
  (worker: URL = new URL('./worker.js', import.meta.url)): Executor =>
  async (tasks, { threads, stopped, onSteps, onFinished, onFailed }) => {
    const stop = new Int32Array(new SharedArrayBuffer(4));
    let stoppedAt = Number.POSITIVE_INFINITY;
    let settled = 0;
    /** The steps done of each task that is at work or waits for a worker, and what takes it back. */
    const underWay = new Map<Float64Array, AbortController>();
    let hopeless: string | undefined;
    let over = false;
    const ended = (): boolean => over || stopped();
    let lastFault = 'it ended before it could begin';
    const pool = new Piscina({
      filename: worker.href,
      minThreads: 1,
      maxThreads: Math.min(threads, tasks.length),
      // Workers sleep between tasks as event loops do, so that one that dies is noticed.
      atomics: 'disabled',
    });
    // The death of a worker at work is met where its task fails.
    pool.on('error', (error) => {
      lastFault = reasonOf(error);
    });

    const attempt = async (task: Task, again: boolean): Promise<void> => {
      if (ended()) return;
      if (hopeless !== undefined) return onFailed(task, hopeless);
      const done = new Float64Array(new SharedArrayBuffer(8));
      const recall = new AbortController();
      underWay.set(done, recall);
      try {
        const order: Order = { task, stop, done };
        onFinished((await pool.run(order, { signal: recall.signal })) as RunRecord[]);
        settled += done[0];
      } catch (error) {
        if (ended()) return;
        if (again) for (const part of batchesOf(task)) await attempt(part, false);
        else onFailed(task, hopeless ?? reasonOf(error));
      } finally {
        underWay.delete(done);
      }
    };
    const look = (): void => {
      if (stopped() && stoppedAt === Number.POSITIVE_INFINITY) {
        Atomics.store(stop, 0, 1);
        stoppedAt = performance.now();
      }
      if (performance.now() - stoppedAt > GRACE) void pool.destroy();
      // A worker that dies at work is replaced at once, one that cannot begin is not, and its task would wait forever.
      if (pool.threads.length === 0 && underWay.size > 0) {
        hopeless = `no worker thread would start: ${lastFault}`;
        for (const recall of underWay.values()) recall.abort();
      }
      let steps = settled;
      for (const done of underWay.keys()) steps += done[0];
      onSteps(steps);
    };
    let timer: NodeJS.Timeout | undefined;
    // What the caller throws while told of progress is the caller's to catch.
    const watch = new Promise<never>((_, reject) => {
      timer = setInterval(() => {
        try {
          look();
        } catch (error) {
          reject(error);
        }
      }, LOOK);
    });
    try {
      // As many lanes as threads, each with one task at a time: nothing waits inside the pool.
      const queue = tasks.values();
      const lane = async (): Promise<void> => {
        for (const task of queue) await attempt(task, true);
      };
      await Promise.race([Promise.all(Array.from({ length: Math.min(threads, tasks.length) }, lane)), watch]);
      look();
    } finally {
      over = true;
      clearInterval(timer);
      await pool.destroy();
    }
  };
