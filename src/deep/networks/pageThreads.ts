import { type OpenPageWorker, pageThreads } from '../../crew/pageThreads.ts';

declare const Worker: OpenPageWorker;

export const threads = pageThreads(
  'networksPageWorker.js',
  () => new Worker(new URL('./networksPageWorker.js', import.meta.url), { type: 'module' }),
);
