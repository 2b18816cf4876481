import { nodeThreads } from '../../crew/nodeThreads.ts';

export const threads = nodeThreads(new URL('./networksNodeWorker.js', import.meta.url));
