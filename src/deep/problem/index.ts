export { type PointActivation, pointActivations } from './activations.ts';
export { feedbackOf, weightsOf } from './draw.ts';
export { feedbackColumns } from './feedbackChecks.ts';
export { type Loss, losses } from './losses.ts';
export { isDeep, resolveDeepProblem } from './resolve.ts';
export { type DeepRule, deepRules, type Source } from './rules.ts';
export { examplesOf, type ImageSet, imageSets, isImages, sizesOf } from './sets.ts';
export type * from './types.ts';
