export type { Network, NetworkPlan, State } from './backend.ts';
export { backends } from './backends.ts';
export { BY_LAYER, LAYERS_ALONE, SINGLE } from './layout.ts';
export { DEEP_SIMULATE_OPTIONS } from './options.ts';
export { requireTraining } from './requirements.ts';
export { networkFromNpz, networkToNpz } from './savedNetwork.ts';
export { simulateDeep, trainNetworks } from './simulate.ts';
export type { Checkpoint, RunRecord } from './task.ts';
export type * from './types.ts';
