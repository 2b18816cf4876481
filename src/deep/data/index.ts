export { type Data, dataOf, isLaw } from './dataOf.ts';
export type { ExampleRows } from './examples.ts';
export type { Law } from './law.ts';
