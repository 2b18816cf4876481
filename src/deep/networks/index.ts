export type { Network, NetworkPlan, State } from './backend.ts';
export { checkpointFromNpz, checkpointToNpz, recordFromNpz, recordToNpz } from './journalFiles.ts';
export { BY_LAYER, LAYERS_ALONE, SINGLE } from './layout.ts';
export { DEEP_SIMULATE_OPTIONS } from './options.ts';
export { networkFromNpz, networkToNpz } from './savedNetwork.ts';
export { simulateDeep } from './simulate.ts';
export type { Checkpoint, RunRecord } from './task.ts';
export type * from './types.ts';
