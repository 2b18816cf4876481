import { parentPort } from 'node:worker_threads';
import type { Line } from './worker.ts';

/** The line of a worker thread of Node. */
export const nodeLine: Line = {
  listen: (hear) => parentPort!.on('message', hear),
  send: (news) => parentPort!.postMessage(news),
};
