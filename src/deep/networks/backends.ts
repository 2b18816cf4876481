import type { Backend } from './backend.ts';
import { cpuBackend, relaxedBackend } from './cpu/network.ts';
import { referenceBackend } from './reference/backend.ts';

/** Every backend by the name that options use; the first that runs is taken where none is asked for. */
export const backends: Readonly<Record<string, Backend>> = {
  cpu: cpuBackend,
  relaxed: relaxedBackend,
  reference: referenceBackend,
};
