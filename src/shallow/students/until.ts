import { activations } from '../gaussian/index.ts';
import { type ResolvedProblem, ruleOf } from '../problem/index.ts';
import { signsAllow } from '../theory/index.ts';

/** The outcome of a student, which is trained until it is known. */
export type Outcome = 'learned' | 'stuck' | 'diverged' | 'undecided';

/** When the training of a student ends. Plain data, so that it can be sent to a worker. */
export interface Until {
  /** Learned: the test error is below this part of its initial value. */
  learned: number;
  /** Up to this time no student counts as stuck. */
  patience: number;
}

/** Flat: the error fell by no more than this part of itself while the time doubled. */
const FLAT = 0.1;

/**
 * Returns, from one time to the next, the outcome of a student; undefined while that is open.
 *
 * *Stuck* takes a reason and an observation. The reason: F has too few components of one sign for this teacher, and
 * such a relu student cannot learn while rates and start are small (`signsAllow`). At finite rates that is no proof:
 * the student creeps along a slow plateau, and all that is known is that none of those that were trained on did learn
 * (docs/plearn.md). The observation: after `patience`, its error has not fallen by a tenth while the time doubled. A
 * student with suitable feedback is never stuck, however slow it is: it has learned, or is open.
 */
export function judge(
  problem: ResolvedProblem,
  { learned, patience }: Until,
): (alpha: number, eg: number) => 'learned' | 'stuck' | undefined {
  const hopeless = !mayLearn(problem);
  const seen: { alpha: number; eg: number }[] = [];
  return (alpha, eg) => {
    seen.push({ alpha, eg });
    if (eg < learned * seen[0].eg) return 'learned';
    if (!hopeless || alpha <= patience) return undefined;
    const half = seen.findLast((one) => one.alpha <= alpha / 2);
    return half !== undefined && eg > (1 - FLAT) * half.eg ? 'stuck' : undefined;
  };
}

/** Whether there is no known reason why a student of this problem cannot learn. */
export function mayLearn(problem: ResolvedProblem): boolean {
  const { activation, rule, trainSecondLayer, secondLayerRate, weightDecay, teacher, feedback } = problem;
  if (activations[activation].symmetry.signFlip || ruleOf(rule).sends !== 'F' || !feedback) return true;
  // `signsAllow` assumes a second layer that learns, and no decay.
  if (!trainSecondLayer || secondLayerRate === 0 || weightDecay.some((kappa) => kappa > 0)) return true;
  return signsAllow(feedback, teacher.A);
}
