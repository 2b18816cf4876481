export { integrate, integrateInSteps, resolveProblem } from './integrate.ts';
