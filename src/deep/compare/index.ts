export { compareDeep } from './compare.ts';
export { DEEP_COMPARE_OPTIONS } from './options.ts';
export type * from './types.ts';
