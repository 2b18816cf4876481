import { expect, it } from 'vitest';
import type { Hooks } from '../../../src/shallow/students/executor.ts';
import type { PageWorker } from '../../../src/shallow/students/pageHand.ts';
import { onPageThreads } from '../../../src/shallow/students/pageThreads.ts';
import type { News, Word } from '../../../src/shallow/students/pageWorker.ts';
import { drawnProblem, planned } from '../../support/simulations.ts';

/** A worker of a page that does each task at once, and says that it has begun only if it is to. */
function worker(begins: boolean): PageWorker & { ended: boolean } {
  const tell = (data: News): void => queueMicrotask(() => one.onmessage?.({ data }));
  const one: PageWorker & { ended: boolean } = {
    onmessage: null,
    onmessageerror: null,
    onerror: null,
    ended: false,
    postMessage(word: Word) {
      if (typeof word !== 'string') tell({ steps: 1, records: [], measured: [], over: true });
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
  const open = (): PageWorker => {
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
  await onPageThreads(open)(tasks, hooks);
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
