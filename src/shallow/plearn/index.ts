export { plearn } from './plearn.ts';
export type * from './types.ts';
