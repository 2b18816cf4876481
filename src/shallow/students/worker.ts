import { breathing } from '../../support/breath.ts';
import { reasonOf } from '../../support/error.ts';
import { type Measurement, type RunRecord, type Task, trainRuns } from './task.ts';

/** Messages to a worker: a task, and whether its measurements are wanted; a request to pause; a request to go on. */
export type Order = { task: Task; listened: boolean } | 'pause' | 'resume';

/** Messages from a worker: it has begun; how far it has come; its task has failed. */
export type News = 'begun' | Report | { failed: string };

export interface Report {
  /** The steps that this task has done. */
  steps: number;
  /** The runs finished, and the students measured, since the last report. */
  records: RunRecord[];
  measured: Measurement[];
  /** Whether the task is done. */
  over: boolean;
}

/** The worker's end of the line to the thread that started it. */
export interface Line {
  listen(hear: (order: Order) => void): void;
  send(news: News): void;
}

/** What a worker does, on Node and in a page: one task after the other, and reports while it is at work. */
export function serve({ listen, send }: Line): void {
  let pause: Promise<void> | undefined;
  let resume = (): void => {};

  const work = async ({ task, listened }: Exclude<Order, string>): Promise<void> => {
    const records: RunRecord[] = [];
    const measured: Measurement[] = [];
    let steps = 0;
    const report = (over: boolean): void =>
      send({ steps, records: records.splice(0), measured: measured.splice(0), over });
    const breathe = breathing();
    const keep = listened ? (one: Measurement): unknown => measured.push(one) : undefined;
    for (const more of trainRuns(task, records, keep)) {
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

  listen((order) => {
    if (order === 'resume') {
      pause = undefined;
      resume();
    } else if (order === 'pause')
      pause ??= new Promise((resolve) => {
        resume = resolve;
      });
    else work(order).catch((error) => send({ failed: reasonOf(error) }));
  });
  send('begun');
}
