import type { Thread } from './thread.ts';

declare const Worker: new (url: URL, options: { type: 'module' }) => Thread;

export const cores = (): number =>
  (globalThis as { navigator?: { hardwareConcurrency?: number } }).navigator?.hardwareConcurrency ?? 1;

export const needs = 'the page must be allowed workers and have the script pageWorker.js';

/** Written so that bundlers see it, and take the script along; that of the sources ends in .ts, and they know that too. */
export const openThread = (): Thread =>
  new Worker(new URL('./pageWorker.js', import.meta.url), { type: 'module' });
