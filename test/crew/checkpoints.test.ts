import { afterEach, describe, expect, it, vi } from 'vitest';
import { PATIENCE } from '../../src/crew/checkpoint.ts';
import { inline } from '../../src/crew/inline.ts';
import type { Executor, Hooks, Job } from '../../src/crew/job.ts';
import type { Thread } from '../../src/crew/thread.ts';
import { onThreads } from '../../src/crew/threads.ts';
import { type News, type Order, serve } from '../../src/crew/worker.ts';

/** A task that takes so many steps, and how far it has come. */
interface Count {
  name: string;
  steps: number;
}
type Counting = Job<Count, string, Count>;

/** Counts, and says how far it is when it is asked; `ended` ends it as the end of its thread would. */
const counting = (savesWhenStopped: boolean, ended = () => false): Counting => ({
  *work({ name, steps }, finished, onSeen, asked) {
    for (let done = 0; done < steps && !ended(); done++) {
      if (asked?.()) onSeen?.({ name, steps: done });
      yield 1;
    }
    finished.push(name);
  },
  parts: (task) => [task],
  savesWhenStopped,
});

/** A worker that does the job in this thread, as `serve` does; what it was told is kept. */
function thread(savesWhenStopped: boolean, told: unknown[]): Thread {
  let ended = false;
  let hear: (order: unknown) => void;
  const one: Thread = {
    onmessage: null,
    onmessageerror: null,
    onerror: null,
    postMessage: (order) => {
      told.push(order);
      queueMicrotask(() => hear(order));
    },
    terminate: () => {
      ended = true;
    },
  };
  const send = (data: News<unknown, unknown>): void =>
    queueMicrotask(() => {
      if (!ended) one.onmessage?.({ data });
    });
  const listen = (listener: typeof hear): void => {
    hear = listener;
  };
  serve(
    { listen, send },
    counting(savesWhenStopped, () => ended),
  );
  return one;
}

const LONG = 1e12;

/** Two tasks that have no end, stopped when they have come far enough; and what was seen, finished and failed. */
async function stopped(
  execute: Executor<Count, string, Count>,
  change: Partial<Hooks<Count, string, Count>> = {},
) {
  const seen: Count[] = [];
  const ends: string[] = [];
  let stop = false;
  const hooks: Hooks<Count, string, Count> = {
    threads: 2,
    stopped: () => stop,
    onSteps: (steps) => {
      stop = steps > 0;
      return undefined;
    },
    onSeen: (one) => {
      // Nothing is asked before the stop.
      expect(hooks.stopped()).toBe(true);
      seen.push(one);
    },
    onFinished: (names) => ends.push(...names),
    onFailed: ({ name }, reason) => ends.push(`${name}: ${reason}`),
    ...change,
  };
  await execute(
    ['a', 'b'].map((name) => ({ name, steps: LONG })),
    hooks,
  );
  return { seen, ends };
}

describe('workers', () => {
  const orders = (told: unknown[]): unknown[] => told.filter((one) => typeof one === 'string');

  it('that save hand over what they have, each once, before they are ended', async () => {
    const told: unknown[] = [];
    const { seen, ends } = await stopped(onThreads(() => thread(true, told), counting(true)));
    expect(seen.map(({ name }) => name).toSorted()).toEqual(['a', 'b']);
    expect(seen.every(({ steps }) => steps > 0)).toBe(true);
    expect(ends).toEqual([]);
    expect(orders(told).filter((one) => one === 'checkpoint')).toHaveLength(2);
  });

  it('that pause do so too', async () => {
    const told: unknown[] = [];
    const saved: string[] = [];
    let stop = false;
    await stopped(
      onThreads(() => thread(true, told), counting(true)),
      {
        stopped: () => stop,
        onSteps: (steps) => {
          if (steps === 0 || stop) return undefined;
          stop = true;
          return Promise.resolve();
        },
        onSeen: ({ name }) => saved.push(name),
      },
    );
    expect(orders(told)).toContain('pause');
    expect(saved.toSorted()).toEqual(['a', 'b']);
  });

  it('that do not save are ended at once, and asked nothing', async () => {
    const told: unknown[] = [];
    expect(await stopped(onThreads(() => thread(false, told), counting(false)))).toEqual({
      seen: [],
      ends: [],
    });
    expect(orders(told)).toEqual([]);
  });

  it('to whom nobody listens are ended at once', async () => {
    const told: unknown[] = [];
    const execute = onThreads(() => thread(true, told), counting(true));
    const deaf: Executor<Count, string, Count> = (tasks, { onSeen: _, ...hooks }) => execute(tasks, hooks);
    expect(await stopped(deaf)).toEqual({ seen: [], ends: [] });
    expect(orders(told)).toEqual([]);
  });
});

describe('a worker', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  /** Stopped from its first report on; after the checkpoint is asked for it sends what it is to. */
  async function asked(answer: News<string, Count>[]) {
    vi.useFakeTimers();
    let stop = false;
    let ended = Number.NaN;
    let since = Number.NaN;
    const tell = (data: News<string, Count>): void => queueMicrotask(() => one.onmessage?.({ data }));
    const report = { steps: 1, finished: ['first'], seen: [], saved: false, over: false };
    const one: Thread = {
      onmessage: null,
      onmessageerror: null,
      onerror: null,
      postMessage: (order: Order<unknown>) => {
        if (typeof order !== 'string') tell(report);
        if (order !== 'checkpoint') return;
        since = Date.now();
        answer.forEach(tell);
      },
      terminate: () => {
        ended = Date.now();
      },
    };
    tell('begun');
    const running = stopped(
      onThreads(() => one, counting(true)),
      {
        threads: 1,
        stopped: () => stop,
        onSteps: (steps) => {
          stop = steps > 0;
          return undefined;
        },
      },
    );
    await vi.advanceTimersByTimeAsync(3 * PATIENCE);
    return { ...(await running), waited: ended - since };
  }
  const report = { steps: 2, finished: [], seen: [], saved: false, over: false };

  it('that does not answer is ended after ten seconds; what was finished is kept', async () => {
    expect(await asked([])).toEqual({ seen: [], ends: ['first'], waited: 10_000 });
  });

  it('that goes on without an answer is, too', async () => {
    const found = await asked([{ ...report, finished: ['second'] }]);
    expect(found).toEqual({ seen: [], ends: ['first', 'second'], waited: 10_000 });
  });

  const soon = expect.toSatisfy((ms: number) => ms < 1000);
  const checkpoint = { name: 'a', steps: 2 };

  it.each([
    ['that answers', { ...report, seen: [checkpoint], saved: true }, [checkpoint], ['first']],
    ['whose task is over', { ...report, over: true }, [], ['first']],
    ['whose task fails', { failed: 'no memory' }, [], []],
  ])('%s is not waited for any longer', async (_what, news, seen, ends) => {
    expect(await asked([news])).toEqual({ seen, ends, waited: soon });
  });

  it('that has not begun is not waited for', async () => {
    vi.useFakeTimers();
    const since = Date.now();
    let ended = Number.NaN;
    const never: Thread = {
      onmessage: null,
      onmessageerror: null,
      onerror: null,
      postMessage: () => {},
      terminate: () => {
        ended = Date.now();
      },
    };
    const running = stopped(
      onThreads(() => never, counting(true)),
      { stopped: () => true },
    );
    await vi.advanceTimersByTimeAsync(3 * PATIENCE);
    await running;
    expect(ended - since).toEqual(soon);
  });
});

describe('in this thread', () => {
  it('a job that saves hands over what it has, once, and the next task is not begun', async () => {
    const { seen, ends } = await stopped(inline(counting(true)));
    expect(seen).toEqual([{ name: 'a', steps: expect.toSatisfy((steps: number) => steps > 0) }]);
    expect(ends).toEqual([]);
  });

  it('a job that does not save is asked nothing', async () => {
    expect((await stopped(inline(counting(false)))).seen).toEqual([]);
  });

  it.each([
    ['hands it over', true, 1],
    ['does not look whether it is asked', false, 10],
  ])('a job that %s goes on for so many seconds', async (_what, looks, seconds) => {
    vi.useFakeTimers({ toFake: ['performance'] });
    try {
      let steps = 0;
      const job: Counting = {
        ...counting(true),
        *work(_task, _finished, _onSeen, asked) {
          for (; steps < 1000; steps++) {
            vi.advanceTimersByTime(1000);
            if (looks) asked?.();
            yield 1;
          }
        },
      };
      await stopped(inline(job));
      // Those after the stop, each of a second.
      expect(steps).toBe(seconds);
    } finally {
      vi.useRealTimers();
    }
  });
});
