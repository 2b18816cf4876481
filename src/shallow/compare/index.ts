export { agreementWith } from './agreement.ts';
export { binomialInterval } from './binomial.ts';
export { compare } from './compare.ts';
export { HALF_A_MINUTE, workOf } from './plan.ts';
export type * from './types.ts';
