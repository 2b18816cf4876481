import { activations } from '../gaussian/index.ts';
import { type ResolvedProblem, ruleOf } from '../problem/index.ts';
import { signsAllow } from '../theory/index.ts';

/** What has become of a student who is trained until that is known. */
export type Outcome = 'learned' | 'stuck' | 'diverged' | 'undecided';

/** When a student is trained no longer. Plain data, so that it can be sent to a worker. */
export interface Until {
  /** Learned: the test error is below this part of that at the start. */
  learned: number;
  /** Nobody is stuck up to this time. */
  patience: number;
}

/** Flat: no more than this part of the error was lost while the time doubled. */
const FLAT = 0.1;

/**
 * Tells, from one time to the next, what has become of a student; undefined while that is open.
 *
 * *Stuck* takes both a reason and a look. The reason: F has too few components of a sign for this teacher, and a relu student
 * who lacks them cannot learn while rates and start are small (`signsAllow`). At finite rates that is no proof: it creeps on a slow
 * plateau, and what is known is that none who was trained on did learn (docs/plearn.md). The look: after `patience` its error
 * has not fallen by a tenth while the time doubled. A student whose feedback would do is never stuck, however slow
 * it is: it is learned, or open.
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

/** Whether nothing is known that would keep a student of this problem from learning. */
export function mayLearn(problem: ResolvedProblem): boolean {
  const { activation, rule, trainSecondLayer, secondLayerRate, weightDecay, teacher, feedback } = problem;
  if (activations[activation].symmetry.signFlip || ruleOf(rule).sends !== 'F' || !feedback) return true;
  // What `signsAllow` rests on needs a second layer that learns, and nothing that decays.
  if (!trainSecondLayer || secondLayerRate === 0 || weightDecay.some((kappa) => kappa > 0)) return true;
  return signsAllow(feedback, teacher.A);
}
