export { backends } from './backends.ts';
export { checkOptions } from './options.ts';
export { schedule } from './schedule.ts';
export { simulate } from './simulate.ts';
export type * from './types.ts';
