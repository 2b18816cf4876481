import { PATIENCE } from './checkpoint.ts';
import type { News, Order, Report } from './worker.ts';

/** What of the DOM's `Worker` is used, and what a worker thread of Node is made to have. */
export interface Thread {
  onmessage: ((event: { data: unknown }) => void) | null;
  onmessageerror: (() => void) | null;
  onerror: ((event: { message?: string; preventDefault(): void }) => void) | null;
  postMessage(order: Order<unknown>): void;
  /** On Node the thread has ended when what this returns resolves. */
  terminate(): void | Promise<void>;
}

/** A thread that is watched from its start to its end. */
export interface Watched<Task, Finished, Seen> {
  /** Resolves when it has begun; rejects where it could not. */
  begun: Promise<void>;
  alive(): boolean;
  /** Has one task done; `onSeen` gets what is seen of it. */
  perform(task: Task, onSeen?: (seen: Seen) => void): Promise<Finished[]>;
  /** The steps that it has done, but of tasks that failed. */
  steps(): number;
  say(order: 'pause' | 'resume'): void;
  /** Ends it, whatever it is at: the task at hand resolves with what was finished. */
  end(): void;
  /** Ends it when it has handed over a checkpoint of the task at hand; if it does not, after a while. */
  endSaved(): void;
  /** Resolves when the thread is gone; to be called after either. */
  gone(): void | Promise<void>;
}

export function watched<Task, Finished, Seen>(open: () => Thread): Watched<Task, Finished, Seen> {
  const thread = open();
  const beginning = promised<void>();
  let job:
    | ({ steps: number; done: Finished[]; onSeen?: (seen: Seen) => void } & Promised<Finished[]>)
    | undefined;
  let alive = true;
  let gone: void | Promise<void>;
  let settled = 0;
  let saving: ReturnType<typeof setTimeout> | undefined;

  const settle = (how: (one: NonNullable<typeof job>) => void): void => {
    const one = job;
    job = undefined;
    if (one !== undefined) how(one);
  };
  const finish = (): void =>
    settle(({ steps, done, resolve }) => {
      settled += steps;
      resolve(done);
    });
  const retire = (): void => {
    if (!alive) return;
    alive = false;
    clearTimeout(saving);
    gone = thread.terminate();
  };
  const die = (reason: string): void => {
    retire();
    beginning.reject(new Error(reason));
    settle(({ reject }) => reject(new Error(reason)));
  };
  const end = (): void => {
    retire();
    beginning.reject(new Error('it was ended before it could begin'));
    finish();
  };
  const hear = ({ steps, finished, seen, saved, over }: Report<Finished, Seen>): void => {
    if (job === undefined) return;
    job.steps = steps;
    for (const one of finished) job.done.push(one);
    if (job.onSeen !== undefined) seen.forEach(job.onSeen);
    if (over) finish();
    if (saved && saving !== undefined) end();
  };

  thread.onmessage = (event) => {
    const data = event.data as News<Finished, Seen>;
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
    perform: (task, onSeen) => {
      const { promise, resolve, reject } = promised<Finished[]>();
      job = { steps: 0, done: [], ...(onSeen && { onSeen }), promise, resolve, reject };
      thread.postMessage({ task, listened: onSeen !== undefined });
      return promise;
    },
    steps: () => settled + (job?.steps ?? 0),
    say: (order) => thread.postMessage(order),
    end,
    endSaved: () => {
      if (job === undefined || !alive) return end();
      // A worker that pauses cannot save.
      thread.postMessage('resume');
      if (saving !== undefined) return;
      saving = setTimeout(end, PATIENCE);
      thread.postMessage('checkpoint');
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
