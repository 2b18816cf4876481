import { expect, it } from 'vitest';
import type { Hooks } from '../../../src/shallow/students/executor.ts';
import type { Thread } from '../../../src/shallow/students/thread.ts';
import { onThreads } from '../../../src/shallow/students/threads.ts';
import type { News, Order } from '../../../src/shallow/students/worker.ts';
import { drawnProblem, planned } from '../../support/simulations.ts';

/** A worker that does each task at once, and says that it has begun only if it is to. */
function worker(begins: boolean): Thread & { ended: boolean } {
  const tell = (data: News): void => queueMicrotask(() => one.onmessage?.({ data }));
  const one: Thread & { ended: boolean } = {
    onmessage: null,
    onmessageerror: null,
    onerror: null,
    ended: false,
    postMessage(order: Order) {
      if (typeof order !== 'string') tell({ steps: 1, records: [], measured: [], over: true });
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
  const hooks: Hooks = {
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
  const { tasks } = planned(drawnProblem(), {
    N: 30,
    runs: 40,
    seed: 1,
    student: 'projected',
    backend: 'cpu',
    threads: 2,
    redraw: [],
    testSet: 0,
  });
  const all = tasks.length;
  await onThreads(open)(tasks, hooks);
  return { told, all, ended: workers.map(({ ended }) => ended) };
}

it.each([
  ['last', [true, false]],
  ['first', [false, true]],
])('a worker that never begins, started %s, does not keep the end waiting', async (_where, begins) => {
  const { told, all, ended } = await worked(...begins);
  expect(all).toBeGreaterThan(1);
  expect(told).toEqual(Array(all).fill('finished'));
  expect(ended).toEqual([true, true]);
});
