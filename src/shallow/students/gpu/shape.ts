import { layoutOf, type ResolvedProblem, ruleOf } from '../../problem/index.ts';
import type { Shape } from './wgsl/shape.ts';

/** What a kernel must be made for to train students on a problem. */
export function shapeOf(problem: ResolvedProblem, N: number): Shape {
  const { K, M } = layoutOf(problem);
  return {
    K,
    M,
    N,
    activation: problem.activation,
    ownSignal: ruleOf(problem.rule).sends === 'v',
    trainSecondLayer: problem.trainSecondLayer,
    noise: problem.noise > 0,
    decay: [problem.weightDecay[0] > 0, problem.weightDecay[1] > 0],
  };
}
