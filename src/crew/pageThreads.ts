import type { Threads } from './here.ts';
import type { Thread } from './thread.ts';

/** What of a page's `Worker` is used; TypeScript has it only together with the whole DOM. */
export type OpenPageWorker = new (url: URL, options: { type: 'module' }) => Thread;

/**
 * `open` is one expression, `new Worker(new URL('./….js', import.meta.url), { type: 'module' })`, in a file of its own
 * beside the script: bundlers recognise it and bundle the script. They do so with the .ts of the sources, too.
 */
export const pageThreads = (script: string, open: () => Thread): Threads => ({
  cores: () =>
    (globalThis as { navigator?: { hardwareConcurrency?: number } }).navigator?.hardwareConcurrency ?? 1,
  needs: `the page must be allowed workers and have the script ${script}`,
  open,
});
