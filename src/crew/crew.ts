import { reasonOf } from '../support/error.ts';
import type { Hooks, Job } from './job.ts';

/** Has a worker do one task; rejects where the task fails or the worker dies. */
export type Perform<Task, Finished> = (task: Task) => Promise<Finished[]>;

/** Workers, as the code that hands out the work sees them. */
export interface Crew<Task, Finished> {
  /** How many work at the same time, at most. */
  size: number;
  /** One more worker; undefined if none can be had. */
  hire(): Promise<Perform<Task, Finished> | undefined>;
  /** Called when no task is left to hand out: workers that have not started yet are no longer waited for. */
  enough(): void;
  /** Steps done by all together, now. */
  steps(): number;
  pause(): void;
  resume(): void;
  /** Called ten times a second from the stop on: all work should end, and return what was finished. */
  stop(): void;
}

/** Milliseconds between two looks at the workers. */
const LOOK = 100;

/**
 * Has tasks done by a crew, and returns those for which no worker could be had. If a worker dies, its task is cut
 * into its parts, and each of these is tried once more; a part that fails twice is reported.
 */
export async function employ<Task, Finished, Seen>(
  crew: Crew<Task, Finished>,
  { parts }: Pick<Job<Task, Finished, Seen>, 'parts'>,
  tasks: readonly Task[],
  { stopped, onSteps, onFinished, onFailed }: Hooks<Task, Finished, Seen>,
): Promise<Task[]> {
  let pause: Promise<void> | undefined;

  const attempt = async (perform: Perform<Task, Finished>, task: Task, again: boolean): Promise<void> => {
    await pause;
    if (stopped()) return;
    try {
      onFinished(await perform(task));
    } catch (error) {
      if (stopped()) return;
      if (again) for (const part of parts(task)) await attempt(perform, part, false);
      else onFailed(task, reasonOf(error));
    }
  };
  const report = (): void => {
    if (pause !== undefined) return;
    const wait = onSteps(crew.steps());
    if (wait === undefined) return;
    crew.pause();
    pause = wait.then(() => {
      pause = undefined;
      if (stopped()) crew.stop();
      else crew.resume();
    });
  };

  const timer = setInterval(() => {
    if (stopped()) crew.stop();
    report();
  }, LOOK);
  try {
    // As many lanes as workers, each with one task at a time, all from one queue.
    const queue = tasks.values();
    const lane = async (): Promise<void> => {
      const perform = await crew.hire();
      if (perform === undefined) return;
      for (const task of queue) await attempt(perform, task, true);
      crew.enough();
    };
    await Promise.all(Array.from({ length: crew.size }, lane));
    await pause;
    const left = [...queue];
    if (left.length === 0) await onSteps(crew.steps());
    return left;
  } finally {
    clearInterval(timer);
  }
}
