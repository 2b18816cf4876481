import { parentPort } from 'node:worker_threads';
import { serve } from './worker.ts';

serve({
  listen: (hear) => parentPort!.on('message', hear),
  send: (news) => parentPort!.postMessage(news),
});
