export { agreementWith } from './agreement.ts';
export { binomialInterval } from './binomial.ts';
export { compare } from './compare.ts';
export type * from './types.ts';
