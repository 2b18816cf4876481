import type { MessagePort } from 'node:worker_threads';
import type { Task } from './task.ts';

/** What a worker thread of Node is sent: a task, and memory that it shares with the main thread. */
export interface Order {
  task: Task;
  /** One of `STATES`: what all workers are to do. */
  state: Int32Array;
  /** The steps that this task has done: one number, written by the worker alone. */
  done: Float64Array;
  /** Takes what is measured, several at a time; absent where nobody listens. */
  port?: MessagePort;
}

export const STATES = { work: 0, stop: 1, pause: 2 } as const;
