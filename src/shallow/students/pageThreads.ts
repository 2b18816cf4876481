import { type OpenPageWorker, pageThreads } from '../../crew/pageThreads.ts';

declare const Worker: OpenPageWorker;

export const threads = pageThreads(
  'pageWorker.js',
  () => new Worker(new URL('./pageWorker.js', import.meta.url), { type: 'module' }),
);
