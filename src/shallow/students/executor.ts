import type { OnMeasured, RunRecord, Task } from './task.ts';

export interface Hooks {
  threads: number;
  /** Whether the work is to be broken off; asked every few milliseconds. */
  stopped(): boolean;
  /**
   * Called now and then with the steps done by all runs together. If it returns a promise, the work pauses until that
   * is settled.
   */
  onSteps(steps: number): Promise<void> | undefined;
  /** Called with every student at every time, if given; again where a student is trained again. */
  onMeasured?: OnMeasured;
  /** Called with the reason where no worker could be started and all is done in this thread. */
  onAlone?(why: string): void;
  onFinished(records: RunRecord[]): void;
  /** Called with runs that could not be done. */
  onFailed(task: Task, reason: string): void;
}

/** A way to get tasks done; resolves when all are, or when it was stopped and nothing is at work any more. */
export type Executor = (tasks: readonly Task[], hooks: Hooks) => Promise<void>;
