import { AlignodeError } from '../../support/error.ts';
import type { ResolvedDeepProblem } from '../problem/index.ts';

/* Why a curve could not be integrated, and what would do. */

const at = (time: number): string => `time = ${time.toPrecision(6)}`;

/** What the rule or the start has to do with it. */
function remedy({ rule }: ResolvedDeepProblem): string {
  if (rule === 'drtp')
    return 'hidden layers by DRTP never learn of the outputs, so that their weights grow without end (Refinetti et al. 2021, eq. 56): ask for earlier times';
  return rule === 'bp'
    ? 'start from smaller weights'
    : `by "${rule}" the error may grow where weights are not aligned with the feedback: start from smaller weights, take another feedback, or ask for earlier times`;
}

export const diverged = (
  what: string,
  size: number,
  time: number,
  problem: ResolvedDeepProblem,
): AlignodeError =>
  new AlignodeError(
    'diverged',
    `the curve diverges: ${what} has an element ${size.toPrecision(3)} at ${at(time)}; ${remedy(problem)}`,
    { alpha: time, component: what },
  );

export const noNumber = (time: number, problem: ResolvedDeepProblem): AlignodeError =>
  new AlignodeError(
    'not-finite',
    `the equations give no finite number just after ${at(time)}; ${remedy(problem)}`,
    { alpha: time },
  );

export const tooManySteps = (time: number, maxSteps: number, problem: ResolvedDeepProblem): AlignodeError =>
  new AlignodeError(
    'too-many-steps',
    `${maxSteps} steps took the curve to ${at(time)} only; ${problem.rule === 'drtp' ? remedy(problem) : 'raise maxSteps (--max-steps), or ask for earlier times'}`,
    { alpha: time },
  );

/** Steps of this length, which only become shorter, do not reach the end. */
export const outOfReach = (
  time: number,
  length: number,
  end: number,
  maxSteps: number,
  problem: ResolvedDeepProblem,
): AlignodeError =>
  new AlignodeError(
    'too-many-steps',
    `${at(time)} is reached in steps of ${length.toPrecision(3)}, which grow shorter: ${maxSteps} of them do not reach ${end}; ${remedy(problem)}`,
    { alpha: time },
  );
