import type { News, Report, Word } from './pageWorker.ts';
import type { RunRecord, Tell } from './task.ts';

/** What of the DOM's `Worker` is used; TypeScript has it only together with the whole DOM. */
export interface PageWorker {
  onmessage: ((event: { data: News }) => void) | null;
  onmessageerror: (() => void) | null;
  onerror: ((event: { message?: string; preventDefault(): void }) => void) | null;
  postMessage(word: Word): void;
  terminate(): void;
}

/** A worker of a page, from its start to its end. */
export interface PageHand {
  /** Resolves when it has begun; rejects where it could not. */
  begun: Promise<void>;
  alive(): boolean;
  /** Has one task done, and `told` of its students. */
  perform(word: Exclude<Word, string>, told?: Tell): Promise<RunRecord[]>;
  /** The steps that it has done, but of tasks that failed. */
  steps(): number;
  say(word: 'pause' | 'resume'): void;
  /** Ends it, whatever it is at: the task at hand resolves with the runs that were finished. */
  end(): void;
}

export function pageHand(open: () => PageWorker): PageHand {
  const worker = open();
  const beginning = promised<void>();
  let job: ({ steps: number; records: RunRecord[]; told?: Tell } & Promised<RunRecord[]>) | undefined;
  let alive = true;
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
    worker.terminate();
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
    if (job.told !== undefined) measured.forEach(job.told);
    if (over) finish();
  };

  worker.onmessage = ({ data }) => {
    if (data === 'begun') beginning.resolve();
    else if ('failed' in data) settle(({ reject }) => reject(new Error(data.failed)));
    else hear(data);
  };
  worker.onmessageerror = () => die('what it sent could not be read');
  worker.onerror = (event) => {
    event.preventDefault();
    die(event.message || 'its script could not be loaded');
  };
  return {
    begun: beginning.promise,
    alive: () => alive,
    perform: (word, told) => {
      const { promise, resolve, reject } = promised<RunRecord[]>();
      job = { steps: 0, records: [], ...(told && { told }), promise, resolve, reject };
      worker.postMessage(word);
      return promise;
    },
    steps: () => settled + (job?.steps ?? 0),
    say: (word) => worker.postMessage(word),
    end: () => {
      retire();
      beginning.reject(new Error('it was ended before it could begin'));
      finish();
    },
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
