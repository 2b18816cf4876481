export { compare } from './compare.ts';
export { integrate, integrateInSteps, resolveProblem } from './integrate.ts';
export { simulate } from './simulate.ts';
