import { expect, it } from 'vitest';
import type { Hooks, Job } from '../../src/crew/job.ts';
import type { Thread } from '../../src/crew/thread.ts';
import { onThreads } from '../../src/crew/threads.ts';
import type { News } from '../../src/crew/worker.ts';

const job: Job<string, never, never> = {
  work: () => expect.unreachable('in this thread'),
  parts: (task) => [task],
};

/** A worker that does each task at once, and says that it has begun only if it is to. */
function worker(begins: boolean): Thread & { ended: boolean } {
  const tell = (data: News<never, never>): void => queueMicrotask(() => one.onmessage?.({ data }));
  const one: Thread & { ended: boolean } = {
    onmessage: null,
    onmessageerror: null,
    onerror: null,
    ended: false,
    postMessage(order) {
      if (typeof order !== 'string') tell({ steps: 1, finished: [], seen: [], saved: false, over: true });
    },
    terminate() {
      one.ended = true;
    },
  };
  if (begins) tell('begun');
  return one;
}

async function worked(...begins: boolean[]) {
  const workers: ReturnType<typeof worker>[] = [];
  const told: string[] = [];
  const hooks: Hooks<string, never, never> = {
    threads: begins.length,
    stopped: () => false,
    onSteps: () => undefined,
    onAlone: () => told.push('alone'),
    onFinished: () => told.push('finished'),
    onFailed: () => told.push('failed'),
  };
  const open = (): Thread => {
    const one = worker(begins[workers.length]);
    workers.push(one);
    return one;
  };
  const tasks = ['a', 'b', 'c', 'd'];
  await onThreads(open, job)(tasks, hooks);
  return { told, ended: workers.map(({ ended }) => ended) };
}

it.each([
  ['last', [true, false]],
  ['first', [false, true]],
])('a worker that never begins, started %s, does not keep the end waiting', async (_where, begins) => {
  const { told, ended } = await worked(...begins);
  expect(told).toEqual(Array(4).fill('finished'));
  expect(ended).toEqual([true, true]);
});
