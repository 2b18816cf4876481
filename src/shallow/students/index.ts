export { type Alignments, alignmentsOf } from './alignments.ts';
export { backends } from './backends.ts';
export { numbersOf } from './divergence.ts';
export { SIMULATE_OPTIONS } from './options.ts';
export { schedule } from './schedule.ts';
export { type Settled, type Settling, settle } from './settle.ts';
export { simulate } from './simulate.ts';
export type * from './types.ts';
export type { Outcome, Until } from './until.ts';
