import type { OnMeasured, RunRecord } from './task.ts';
import type { News, Order, Report } from './worker.ts';

/** What of the DOM's `Worker` is used, and what a worker thread of Node is made to have. */
export interface Thread {
  onmessage: ((event: { data: News }) => void) | null;
  onmessageerror: (() => void) | null;
  onerror: ((event: { message?: string; preventDefault(): void }) => void) | null;
  postMessage(order: Order): void;
  /** On Node the thread has ended when what this returns resolves. */
  terminate(): void | Promise<void>;
}

/** A thread that is watched from its start to its end. */
export interface Watched {
  /** Resolves when it has begun; rejects where it could not. */
  begun: Promise<void>;
  alive(): boolean;
  /** Has one task done; `onMeasured` gets its students as they are measured. */
  perform(order: Exclude<Order, string>, onMeasured?: OnMeasured): Promise<RunRecord[]>;
  /** The steps that it has done, but of tasks that failed. */
  steps(): number;
  say(order: 'pause' | 'resume'): void;
  /** Ends it, whatever it is at: the task at hand resolves with the runs that were finished. */
  end(): void;
  /** Resolves when the thread is gone; to be called after `end`. */
  gone(): void | Promise<void>;
}

export function watched(open: () => Thread): Watched {
  const thread = open();
  const beginning = promised<void>();
  let job:
    | ({ steps: number; records: RunRecord[]; onMeasured?: OnMeasured } & Promised<RunRecord[]>)
    | undefined;
  let alive = true;
  let gone: void | Promise<void>;
  let settled = 0;

  const settle = (how: (one: NonNullable<typeof job>) => void): void => {
    const one = job;
    job = undefined;
    if (one !== undefined) how(one);
  };
  const finish = (): void =>
    settle(({ steps, records, resolve }) => {
      settled += steps;
      resolve(records);
    });
  const retire = (): void => {
    if (!alive) return;
    alive = false;
    gone = thread.terminate();
  };
  const die = (reason: string): void => {
    retire();
    beginning.reject(new Error(reason));
    settle(({ reject }) => reject(new Error(reason)));
  };
  const hear = ({ steps, records, measured, over }: Report): void => {
    if (job === undefined) return;
    job.steps = steps;
    for (const record of records) job.records.push(record);
    if (job.onMeasured !== undefined) measured.forEach(job.onMeasured);
    if (over) finish();
  };

  thread.onmessage = ({ data }) => {
    if (data === 'begun') beginning.resolve();
    else if ('failed' in data) settle(({ reject }) => reject(new Error(data.failed)));
    else hear(data);
  };
  thread.onmessageerror = () => die('what it sent could not be read');
  thread.onerror = (event) => {
    event.preventDefault();
    die(event.message || 'its script could not be loaded');
  };
  return {
    begun: beginning.promise,
    alive: () => alive,
    perform: (order, onMeasured) => {
      const { promise, resolve, reject } = promised<RunRecord[]>();
      job = { steps: 0, records: [], ...(onMeasured && { onMeasured }), promise, resolve, reject };
      thread.postMessage(order);
      return promise;
    },
    steps: () => settled + (job?.steps ?? 0),
    say: (order) => thread.postMessage(order),
    end: () => {
      retire();
      beginning.reject(new Error('it was ended before it could begin'));
      finish();
    },
    gone: () => gone,
  };
}

interface Promised<T> {
  promise: Promise<T>;
  resolve(value: T): void;
  reject(error: Error): void;
}

function promised<T>(): Promised<T> {
  let resolve!: Promised<T>['resolve'];
  let reject!: Promised<T>['reject'];
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}
