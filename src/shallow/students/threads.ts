import { availableParallelism } from 'node:os';
import { MessageChannel, type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import { Piscina } from 'piscina';
import { type Crew, employ, type Hand } from './crew.ts';
import { type Executor, type Hooks, reasonOf } from './executor.ts';
import { type Order, STATES } from './order.ts';
import type { Measurement, RunRecord } from './task.ts';

export const cores = availableParallelism;

/** Milliseconds that workers told to stop have for it; then they are ended, in the middle of a step or a test set. */
const GRACE = 2000;

/**
 * Runs tasks on worker threads of Node; `employ` says what becomes of a task whose worker dies. Where workers die
 * before they can begin, everything left is reported at once.
 */
export const onThreads =
  (worker: URL = new URL('./workerEntry.cjs', import.meta.url)): Executor =>
  async (tasks, hooks) => {
    const state = new Int32Array(new SharedArrayBuffer(4));
    const turnTo = (next: number): void => {
      Atomics.store(state, 0, next);
      Atomics.notify(state, 0);
    };
    let stoppedAt: number | undefined;
    let settled = 0;
    /** The steps done of each task that is at work or waits for a worker, and what takes it back. */
    const underWay = new Map<Float64Array, AbortController>();
    let hopeless: string | undefined;
    let lastFault = 'it ended before it could begin';
    const size = Math.min(hooks.threads, tasks.length);
    const pool = new Piscina({
      filename: worker.href,
      minThreads: 1,
      maxThreads: size,
      // Workers sleep between tasks as event loops do, so that one that dies is noticed.
      atomics: 'disabled',
    });
    // The death of a worker at work is met where its task fails.
    pool.on('error', (error) => {
      lastFault = reasonOf(error);
    });

    const hand: Hand = async (task) => {
      if (hopeless !== undefined) throw new Error(hopeless);
      const done = new Float64Array(new SharedArrayBuffer(8));
      const recall = new AbortController();
      const wire = hooks.onMeasured && listen(hooks.onMeasured);
      underWay.set(done, recall);
      try {
        const order: Order = { task, state, done, ...(wire && { port: wire.port }) };
        const transferList = wire ? [wire.port] : [];
        const records: RunRecord[] = await pool.run(order, { signal: recall.signal, transferList });
        settled += done[0];
        return records;
      } catch (error) {
        throw hopeless === undefined ? error : new Error(hopeless);
      } finally {
        underWay.delete(done);
        wire?.end();
      }
    };
    const crew: Crew = {
      size,
      hire: async () => hand,
      steps: () => [...underWay.keys()].reduce((sum, done) => sum + done[0], settled),
      look: () => {
        // A worker that dies at work is replaced at once, one that cannot begin is not, and its task would wait forever.
        if (pool.threads.length > 0 || underWay.size === 0) return;
        hopeless = `no worker thread would start: ${lastFault}`;
        for (const recall of underWay.values()) recall.abort();
      },
      pause: () => turnTo(STATES.pause),
      resume: () => turnTo(STATES.work),
      stop: () => {
        stoppedAt ??= performance.now();
        turnTo(STATES.stop);
        if (performance.now() - stoppedAt > GRACE) void pool.destroy();
      },
    };
    try {
      await employ(crew, tasks, hooks);
    } finally {
      await pool.destroy();
    }
  };

/** A port for a worker, through which it tells what it measures until `end`. */
function listen(onMeasured: NonNullable<Hooks['onMeasured']>): { port: MessagePort; end(): void } {
  const { port1: here, port2: port } = new MessageChannel();
  const hear = (some: Measurement[]): void => some.forEach(onMeasured);
  here.on('message', hear);
  return {
    port,
    end: () => {
      // What was sent before the task's result is here by now, but its events need not have come.
      for (let next = receiveMessageOnPort(here); next; next = receiveMessageOnPort(here)) hear(next.message);
      here.close();
    },
  };
}
