export { cholesky, isPositive, negativePart } from '../../numbers/positive.ts';
export {
  componentName,
  covariance,
  diagonalOfQ,
  type Fields,
  fieldsOf,
  type Layout,
  layout,
  layoutOf,
  pack,
  placeOfQ,
  unpackQ,
  unpackR,
  unpackV,
} from './overlaps.ts';
export { type PartialProblem, withPrefix } from './prefix.ts';
export { refuseDeep, resolveProblem, withStudent } from './resolve.ts';
export { isBuiltIn, type Rule, ruleName, ruleOf, rules, signalOf } from './rules.ts';
export type * from './types.ts';
