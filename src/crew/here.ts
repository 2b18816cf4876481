import { onNode } from '../support/onNode.ts';
import type { Executor, Job } from './job.ts';
import type { Thread } from './thread.ts';
import { onThreads } from './threads.ts';

/** Threads that run one script, of Node or of a page. */
export interface Threads {
  /** How many can work at the same time. */
  cores(): number;
  /** What must be there for them to start. */
  needs: string;
  open(): Thread;
}

/** What a job can be done with in this place. */
export interface Machine<Task, Finished, Seen> {
  cores: number;
  /** Does tasks on threads. */
  execute: Executor<Task, Finished, Seen>;
  /** What to tell of work for which no thread could be started, and why. */
  alone(why: string, threads: number): string;
}

/** Loads the threads of this place: those of the other may name what is not there. */
export async function machineHere<Task, Finished, Seen>(
  { node, page }: Record<'node' | 'page', () => Promise<{ threads: Threads }>>,
  job: Job<Task, Finished, Seen>,
): Promise<Machine<Task, Finished, Seen>> {
  const { cores, needs, open } = (await (onNode() ? node() : page())).threads;
  return {
    cores: cores(),
    execute: onThreads(open, job),
    alone: (why, threads) =>
      `no worker could be started (${why}): one thread was used, this one, and not ${threads}; ${needs}, or ask for threads: 1`,
  };
}
