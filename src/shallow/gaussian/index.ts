import type { Activation } from './activation.ts';
import { erf } from './erf.ts';
import { linear } from './linear.ts';
import { relu } from './relu.ts';

/** Every activation by the name that problem files use. Adding one is one file and one line here. */
export const activations: Readonly<Record<string, Activation>> = { erf, linear, relu };

export type { Activation, Covariance, FieldSums, SumKernel } from './activation.ts';
export { emptySums } from './activation.ts';
export { readableSums } from './readableSums.ts';
export { erf, linear, relu };
