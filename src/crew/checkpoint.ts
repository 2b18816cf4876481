import type { Hooks, Job } from './job.ts';

/** Milliseconds that are waited for a checkpoint, at most, before the work is stopped without. */
export const PATIENCE = 10_000;

/** Whether a job that is stopped is asked for a checkpoint: one that nobody would see is not. */
export const saves = <Task, Finished, Seen>(
  { savesWhenStopped }: Job<Task, Finished, Seen>,
  { onSeen }: Hooks<Task, Finished, Seen>,
): boolean => savesWhenStopped === true && onSeen !== undefined;

/** A job at work may be asked for a checkpoint, which it hands over before its next yield. */
export interface Checkpoint {
  ask(): void;
  /** What the job is given to look at: true once for each time that it is asked. */
  asked(): boolean;
  /** Whether the job, when it has yielded, has seen to what it was asked last. */
  given(): boolean;
}

export function checkpoint(): Checkpoint {
  let asked = false;
  let given = false;
  return {
    ask: () => {
      asked = true;
      given = false;
    },
    asked: () => {
      if (!asked) return false;
      asked = false;
      given = true;
      return true;
    },
    given: () => given,
  };
}
