export { activationOf, type PointActivation, pointActivations } from './activations.ts';
export { biasesOf, feedbackOf, weightsOf } from './draw.ts';
export { feedbackShapes } from './feedbackShapes.ts';
export { type Loss, losses } from './losses.ts';
export { isDeep, resolveDeepProblem } from './resolve.ts';
export { type DeepRule, deepRules, type Source } from './rules.ts';
export { examplesOf, type ImageSet, imageSets, isImages, sizesOf } from './sets.ts';
export { fieldsOf, type ImageShape, imageShapeOf, type LayerShape, shapesOf, type Window } from './shapes.ts';
export type * from './types.ts';
