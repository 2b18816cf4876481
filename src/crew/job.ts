/**
 * What a crew does: tasks that end in finished results, at whose sight measurements are seen. All three are sent between
 * threads as they are, so they are plain data; a `SharedArrayBuffer` in them is shared, everything else copied.
 */
export interface Job<Task, Finished, Seen> {
  /**
   * Does a task, and appends each result to `finished`. Every few milliseconds it yields the steps done since the last
   * yield; the caller may stop there. Where `asked` says so, a job that saves hands over what it has by `onSeen` before
   * it yields again.
   */
  work(
    task: Task,
    finished: Finished[],
    onSeen?: (seen: Seen) => void,
    asked?: () => boolean,
  ): Generator<number>;
  /** A task cut into small ones: what is left of it when something in it has failed. */
  parts(task: Task): Task[];
  /** Whether it is asked for a checkpoint before it is stopped. If not, it is stopped at once. */
  savesWhenStopped?: boolean;
}

export interface Hooks<Task, Finished, Seen> {
  threads: number;
  /** Whether the work is to be broken off; asked every few milliseconds. */
  stopped(): boolean;
  /**
   * Called now and then with the steps done by all tasks together. If it returns a promise, the work pauses until that
   * is settled.
   */
  onSteps(steps: number): Promise<void> | undefined;
  /** Called with all that is seen, if given; again where a task is done again. */
  onSeen?: (seen: Seen) => void;
  /** Called with the reason where no worker could be started and all is done in this thread. */
  onAlone?(why: string): void;
  onFinished(finished: Finished[]): void;
  /** Called with a task that could not be done. */
  onFailed(task: Task, reason: string): void;
}

/** A way to get tasks done; resolves when all are, or when it was stopped and nothing is at work any more. */
export type Executor<Task, Finished, Seen> = (
  tasks: readonly Task[],
  hooks: Hooks<Task, Finished, Seen>,
) => Promise<void>;
