export { setErfTable } from './activation';
export { reserve } from './memory';
export * from './parts';
export { setProblem } from './problem';
export * from './projected';
export * from './trained';
