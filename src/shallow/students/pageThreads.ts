import type { Thread } from './thread.ts';

declare const Worker: new (url: URL, options: { type: 'module' }) => Thread;

export const cores = (): number =>
  (globalThis as { navigator?: { hardwareConcurrency?: number } }).navigator?.hardwareConcurrency ?? 1;

export const needs = 'the page must be allowed workers and have the script pageWorker.js';

/** Written so that bundlers recognise it and bundle the script; they do so with the .ts of the sources, too. */
export const openThread = (): Thread =>
  new Worker(new URL('./pageWorker.js', import.meta.url), { type: 'module' });
