export {
  type DeepEarlyTimes,
  type DeepEndPoint,
  deepEarlyTimes,
  deepEndPoint,
  drtpFirstOrder,
} from './closed.ts';
export { type Conditioning, conditioning, conditionOf } from './conditioning.ts';
export type { AlignmentCurves, DeepCurve, DeepStats } from './curve.ts';
export { type DeepIntegrateOptions, integrateDeep, integrateDeepInSteps } from './integrate.ts';
export { requireTheory } from './plan.ts';
