import { breathing } from '../support/breath.ts';
import { reasonOf } from '../support/error.ts';
import { checkpoint } from './checkpoint.ts';
import type { Job } from './job.ts';

/**
 * Messages to a worker: a task, and whether what is seen is wanted; a request to pause; a request to go on; a request
 * for a checkpoint of the task at hand.
 */
export type Order<Task> = { task: Task; listened: boolean } | 'pause' | 'resume' | 'checkpoint';

/** Messages from a worker: it has begun; how far it has come; its task has failed. */
export type News<Finished, Seen> = 'begun' | Report<Finished, Seen> | { failed: string };

export interface Report<Finished, Seen> {
  /** The steps that this task has done. */
  steps: number;
  /** What was finished, and what was seen, since the last report. */
  finished: Finished[];
  seen: Seen[];
  /** Whether the checkpoint asked for last is among what has been seen. */
  saved: boolean;
  /** Whether the task is done. */
  over: boolean;
}

/** The worker's end of the line to the thread that started it. */
export interface Line {
  listen(hear: (order: unknown) => void): void;
  send(news: News<unknown, unknown>): void;
}

/** What a worker does, on Node and in a page: one task after the other, and reports while it is at work. */
export function serve<Task, Finished, Seen>(
  { listen, send }: Line,
  { work }: Pick<Job<Task, Finished, Seen>, 'work'>,
): void {
  let pause: Promise<void> | undefined;
  let resume = (): void => {};
  let { ask, asked, given } = checkpoint();

  const perform = async ({ task, listened }: Exclude<Order<Task>, string>): Promise<void> => {
    const finished: Finished[] = [];
    const seen: Seen[] = [];
    let steps = 0;
    const report = (over: boolean): void =>
      send({ steps, finished: finished.splice(0), seen: seen.splice(0), saved: given(), over });
    const breathe = breathing();
    const keep = listened ? (one: Seen): unknown => seen.push(one) : undefined;
    ({ ask, asked, given } = checkpoint());
    for (const more of work(task, finished, keep, asked)) {
      steps += more;
      // Messages are received in between.
      const turn = breathe();
      if (turn === undefined) continue;
      report(false);
      await turn;
      await pause;
    }
    report(true);
  };

  listen((message) => {
    const order = message as Order<Task>;
    if (order === 'resume') {
      pause = undefined;
      resume();
    } else if (order === 'pause')
      pause ??= new Promise((resolve) => {
        resume = resolve;
      });
    else if (order === 'checkpoint') ask();
    else perform(order).catch((error) => send({ failed: reasonOf(error) }));
  });
  send('begun');
}
