export type { Curve, CurveStats } from './curve.ts';
export { type EarlyTimes, earlyTimes } from './earlyTimes.ts';
export { equationsOfMotion, type MotionOptions } from './equations.ts';
export { type Exchange, exchange, exchangesOf } from './exchanges.ts';
export { integrateInTurns } from './inTurns.ts';
export { type IntegrateOptions, integrate, integrateInSteps } from './integrate.ts';
export { type LearnProbabilityOptions, learnProbability, signsAllow } from './learnProbability.ts';
export {
  bestAligned,
  countMinima,
  degenerateMinima,
  type Ending,
  endsIn,
  type Minimum,
  studentAt,
} from './minima.ts';
export { type Observables, observer, testErrorOf, type Unit, units } from './observables.ts';
export { type Phases, type Places, phases, placesOf, type Shoulder } from './phases.ts';
export { type Plateau, type PlateauOptions, plateau } from './plateau.ts';
export { divergenceBound } from './segments.ts';
export { stuckUnit } from './start.ts';
