import {
  biasesOf,
  deepRules,
  feedbackOf,
  imageShapeOf,
  type LayerShape,
  type ResolvedDeepProblem,
  shapesOf,
  weightsOf,
} from '../problem/index.ts';
import type { NetworkPlan, State } from './backend.ts';
import { bottleneckRows } from './bottleneck.ts';

/** Seeds of a run: of its steps and of its start, and of its feedback where that is drawn anew. */
export interface Seeds {
  steps: number;
  start: number;
  feedback?: number;
}

/** The plan of one run of a problem; `saved` is the network from which it starts, where the problem names a file. */
export function planOf(
  problem: ResolvedDeepProblem,
  inputs: number,
  batch: number,
  seeds: Seeds,
  saved?: State,
): NetworkPlan {
  const shapes = shapesOf(problem, inputs);
  const image = imageShapeOf(problem);
  const { network, learningRate = 0, dropout, bottleneck } = problem;
  const own = withFeedbackSeed(problem, seeds.feedback);
  return {
    shapes,
    inputs,
    ...(image && { image }),
    batch,
    activation: network.activation,
    loss: problem.loss,
    rates: shapes.map((_, i) => (typeof learningRate === 'number' ? learningRate : learningRate[i])),
    optimizer: problem.optimizer ?? 'sgd',
    decay: problem.weightDecay ?? 0,
    dropout: { inputs: dropout?.inputs ?? 0, hidden: dropout?.hidden ?? 0 },
    batchNorm: problem.batchNorm ?? false,
    learns: shapes.map(({ rows }, i) =>
      bottleneck?.layer === i + 1 ? bottleneckRows(rows, bottleneck.units, bottleneck.seed) : undefined,
    ),
    epsilon: problem.adversarial?.epsilon ?? 0,
    start: saved ?? startOf(problem, seeds.start, shapes),
    feedback: Object.fromEntries(
      [...rulesIn(problem)].map((rule) => [rule, feedbackOf(own, rule, shapes) ?? []]),
    ),
    spec: own.feedback,
    seed: seeds.steps,
  };
}

/** Every rule that a problem uses. */
export const rulesIn = ({ rule, schedule = [] }: ResolvedDeepProblem): Set<string> =>
  new Set([rule, ...schedule.flatMap((entry) => entry.rule ?? [])]);

function withFeedbackSeed(problem: ResolvedDeepProblem, seed: number | undefined): ResolvedDeepProblem {
  const { feedback } = problem;
  return seed === undefined || feedback === undefined || !('seed' in feedback)
    ? problem
    : { ...problem, feedback: { ...feedback, seed } };
}

function startOf(problem: ResolvedDeepProblem, seed: number, shapes: readonly LayerShape[]): State {
  const state: State = {};
  weightsOf(problem, seed, shapes).forEach((W, i) => {
    state[`W_${i + 1}`] = W;
  });
  biasesOf(problem, seed, shapes)?.forEach((b, i) => {
    state[`b_${i + 1}`] = b;
  });
  return state;
}

/** Whether signals of the rule come by matrices that it has. */
export const hasMatrices = (rule: string): boolean =>
  ['layers', 'outputs', 'first'].includes(deepRules[rule].feedback);
