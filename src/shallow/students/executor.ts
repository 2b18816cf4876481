import type { RunRecord, Task, Tell } from './task.ts';

export interface Hooks {
  threads: number;
  /** Whether the work is to be broken off; asked every few milliseconds. */
  stopped(): boolean;
  /** Told now and then how many steps have been done by all runs together. Nobody goes on before what it returns is over: a pause. */
  onSteps(steps: number): Promise<void> | undefined;
  /** Told of every student at every time, where somebody wants to know; of one that is tried again, again. */
  onMeasured?: Tell;
  /** Told why, where no workers are to be had, and all is done in this thread. */
  onAlone?(why: string): void;
  onFinished(records: RunRecord[]): void;
  /** Told of runs that could not be done. */
  onFailed(task: Task, reason: string): void;
}

/** A way to get tasks done; resolves when all are, or when it was stopped and nothing is at work any more. */
export type Executor = (tasks: readonly Task[], hooks: Hooks) => Promise<void>;
