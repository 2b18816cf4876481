import { nodeThreads } from '../../crew/nodeThreads.ts';

export const threads = nodeThreads(new URL('./nodeWorker.js', import.meta.url));
