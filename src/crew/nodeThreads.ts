import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Threads } from './here.ts';
import type { Thread } from './thread.ts';

export const cores = availableParallelism;

export const nodeThreads = (script: URL): Threads => ({
  cores,
  needs: `the package must have its script ${script.pathname.split('/').at(-1)}`,
  open: () => openThread(script),
});

/** A worker thread of Node that behaves as a worker of a page does. */
function openThread(script: URL): Thread {
  const worker = new Worker(script);
  const thread: Thread = {
    onmessage: null,
    onmessageerror: null,
    onerror: null,
    postMessage: (order) => worker.postMessage(order),
    terminate: () => worker.terminate().then(() => {}),
  };
  const fail = (message: string): void => thread.onerror?.({ message, preventDefault() {} });
  worker.on('message', (data) => thread.onmessage?.({ data }));
  worker.on('messageerror', () => thread.onmessageerror?.());
  worker.on('error', (error) => fail(error.message));
  // After an error too, when it has been reported.
  worker.on('exit', (code) => fail(`it ended with exit code ${code}`));
  return thread;
}
