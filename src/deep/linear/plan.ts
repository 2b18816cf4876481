import { gram, identity } from '../../numbers/matrix.ts';
import { AlignodeError, show } from '../../support/error.ts';
import { deepRules, feedbackOf, type ResolvedDeepProblem } from '../problem/index.ts';
import { earlyPowers } from './early.ts';
import type { Equations } from './equations.ts';
import { fullEquations, toOutputs } from './full.ts';
import type { Moments } from './moments.ts';
import { reducedEquations } from './reduced.ts';
import { expanded, fullStart, reducedStart } from './start.ts';

/** What is solved, and from where. */
export interface Plan {
  equations: Equations;
  /** The state at `from`, and at earlier times. */
  from: number;
  start: (t: number) => Float64Array;
}

const refuse = (path: string, found: string, want: string): never => {
  throw new AlignodeError('not-available', `${path}: found ${found}; ${want}`, { path });
};

/** Refuses what the theory does not know. */
export function requireTheory(problem: ResolvedDeepProblem): void {
  const { network, loss, rule } = problem;
  const only = 'the exact theory is that of linear networks';
  if (network.widths === undefined) refuse('network.layers', show(network.layers), `${only}: give "widths"`);
  if (network.activation !== 'linear')
    refuse('network.activation', JSON.stringify(network.activation), `${only}: use "linear"`);
  if (network.bias) refuse('network.bias', 'true', `${only} without biases: use false`);
  if (loss !== 'squared') refuse('loss', `"${loss}"`, `${only} with the loss "squared"`);
  if (!deepRules[rule].theory) {
    const known = Object.keys(deepRules).filter((name) => deepRules[name].theory);
    refuse('rule', `"${rule}"`, `theory knows ${known.join(', ')}`);
  }
  requirePlainSteps(problem);
}

/** Refuses what would change the motion of the weights and is not in the equations. */
function requirePlainSteps(problem: ResolvedDeepProblem): void {
  const { learningRate, optimizer, dropout, batchNorm, weightDecay } = problem;
  const only = 'the theory is that of plain steps';
  if (Array.isArray(learningRate) && learningRate.some((rate) => rate !== learningRate[0]))
    refuse('learningRate', show(learningRate), `${only} at one rate: give a number`);
  if (optimizer !== undefined && optimizer !== 'sgd')
    refuse('optimizer', show(optimizer), `${only}: use "sgd"`);
  for (const key of ['inputs', 'hidden'] as const)
    if (dropout?.[key]) refuse(`dropout.${key}`, `${dropout[key]}`, `${only} of the whole network: use 0`);
  if (batchNorm) refuse('batchNorm', 'true', `${only}: use false`);
  if (weightDecay) refuse('weightDecay', `${weightDecay}`, `${only} without decay: use 0`);
  for (const key of ['schedule', 'bottleneck', 'adversarial'] as const)
    if (problem[key] !== undefined) refuse(key, show(problem[key]), `${only}: leave it out`);
  if (typeof problem.network.init === 'object' && 'file' in problem.network.init)
    refuse('network.init', show(problem.network.init), 'theory starts from weights that are given or drawn');
}

export const timesFor = ({ time, epochs, steps }: ResolvedDeepProblem): number[] =>
  time ??
  refuse(
    'time',
    'nothing',
    `theory needs it: { "from": 0.1, "to": 1000, "points": 200 }${epochs || steps ? '; "epochs" and "steps" are for training' : ''}`,
  );

export const rulesSignal = ({ rule, network }: ResolvedDeepProblem): { sends: 'error' | 'targets' } => ({
  sends:
    (network.widths as number[]).length > 2 && deepRules[rule].hidden(1).from === 'targets'
      ? 'targets'
      : 'error',
});

/** Whether the reduced equations hold: from zero weights, for rules whose hidden signals take no weights. */
export function startsReduced({ network, rule }: ResolvedDeepProblem): boolean {
  const { hidden } = deepRules[rule];
  return (
    network.init === 'zero' &&
    (network.widths as number[]).length > 2 &&
    hidden(1).by === 'F' &&
    hidden(2).by === 'F'
  );
}

/** Whether the reduced equations are solved, which are taken where they hold and nothing else is asked for. */
export function chooseEquations(
  problem: ResolvedDeepProblem,
  asked: 'reduced' | 'full' | undefined,
): boolean {
  const { feedback } = problem;
  const hold = startsReduced(problem);
  const ideal = feedback !== undefined && 'draw' in feedback && feedback.draw === 'ideal';
  if (ideal && !hold)
    refuse(
      'feedback.draw',
      '"ideal"',
      'it is a limit of networks that start from zero weights: use "init": "zero", or "draw": "orthogonal"',
    );
  if (ideal && asked === 'full')
    refuse('feedback.draw', '"ideal"', 'the full equations need matrices: use "draw": "orthogonal"');
  if (asked === 'reduced' && !hold)
    refuse('equations', '"reduced"', 'they hold for dfa, fa and drtp with "init": "zero"');
  return hold && asked !== 'full';
}

export function planOf(problem: ResolvedDeepProblem, moments: Moments, isReduced: boolean): Plan {
  const widths = problem.network.widths as number[];
  const rule = deepRules[problem.rule];
  const { outputs: m } = moments;
  const feedback = feedbackOf(problem);
  const { sends } = rulesSignal(problem);
  if (!startsReduced(problem)) {
    const equations = fullEquations(moments, widths, rule, feedback ?? []);
    const start = fullStart(equations, moments, problem);
    return { equations, from: 0, start: () => start };
  }
  const G = grams(problem, m, feedback);
  const reduced = reducedEquations(moments, G, sends);
  const early = earlyPowers(moments, G);
  const from = Number.isFinite(early.until) ? early.until : 0;
  const atReduced = (t: number): Float64Array => reducedStart(reduced, moments, early, t);
  if (isReduced) return { equations: reduced, from, start: atReduced };
  const equations = fullEquations(moments, widths, rule, feedback ?? []);
  const F = toOutputs(widths, m, rule, feedback ?? []);
  return { equations, from, start: (t) => expanded(equations, reduced, atReduced(t), F) };
}

/** G_l = F_lᵀF_l of the hidden layers; 1 for ideal feedback. */
export function grams(
  problem: ResolvedDeepProblem,
  m: number,
  feedback = feedbackOf(problem),
): Float64Array[] {
  const widths = problem.network.widths as number[];
  if (feedback === undefined) return widths.slice(2).map(() => identity(m));
  return toOutputs(widths, m, deepRules[problem.rule], feedback).map((F, i) => gram(F, widths[i + 1], m));
}
