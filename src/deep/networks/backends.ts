import type { Backend } from './backend.ts';
import { cpuBackend } from './cpu/network.ts';
import { referenceBackend } from './reference/backend.ts';

/** Every backend by the name that options use, the fastest first. */
export const backends: Readonly<Record<string, Backend>> = {
  cpu: cpuBackend,
  reference: referenceBackend,
};
