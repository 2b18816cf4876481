import { AlignodeError } from '../../support/error.ts';
import {
  componentName,
  isBuiltIn,
  type Layout,
  type ResolvedProblem,
  ruleName,
  ruleOf,
} from '../problem/index.ts';

/* Why a curve could not be integrated, and what would do. */

export function diverged(
  y: number,
  alpha: number,
  component: string,
  problem: ResolvedProblem,
): AlignodeError {
  return new AlignodeError(
    'diverged',
    `the curve diverges: ${component} = ${y.toPrecision(3)} at alpha = ${alpha.toPrecision(6)}; ${lower(problem)}`,
    { alpha, component },
  );
}

export function notPositive(
  alpha: number,
  found: string,
  component: string,
  { rtol, atol }: { rtol: number; atol: number },
): AlignodeError {
  return new AlignodeError(
    'not-positive',
    `at alpha = ${alpha.toPrecision(6)} the overlaps are those of no student (${found}): the tolerance is too loose; ` +
      `use a smaller rtol (now ${rtol}) or atol (now ${atol}); where units start exactly alike, rounding may do this at any tolerance: start them a little apart`,
    { alpha, component },
  );
}

function lower({ learningRate, secondLayerRate }: ResolvedProblem): string {
  return `the learning rate is too large: lower learningRate (now ${learningRate}) or secondLayerRate (now ${secondLayerRate})`;
}

export function noNumber(
  state: ArrayLike<number>,
  alpha: number,
  problem: ResolvedProblem,
  shape: Layout,
): AlignodeError {
  const y = Array.from(state);
  const worst = y.reduce((at, x, i) => (Math.abs(x) > Math.abs(y[at]) ? i : at), 0);
  const component = componentName(worst, shape);
  const signal = isBuiltIn(problem.rule)
    ? ''
    : `the signal of "${ruleName(problem.rule)}" writes none there, or `;
  return new AlignodeError(
    'not-finite',
    `the equations give no finite number just after alpha = ${alpha.toPrecision(6)}, where the largest order ` +
      `parameter is ${component} = ${y[worst].toPrecision(3)}; ${signal}${lower(problem)}`,
    { alpha, component },
  );
}

export function tooManySteps(alpha: number, maxSteps: number, problem: ResolvedProblem): AlignodeError {
  const jump = ruleOf(problem.rule).sends
    ? ''
    : `; where the signal of "${ruleName(problem.rule)}" jumps, it may hold the curve at the jump, past which no solution in the ordinary ` +
      'sense goes on: then a smooth signal is the remedy';
  return new AlignodeError(
    'too-many-steps',
    `${maxSteps} steps took the curve to alpha = ${alpha.toPrecision(6)} only; ${remediesFor(problem)}${jump}`,
    { alpha },
  );
}

/** From here on curves tend to be violent: they need short steps for as long as they go on, however many are allowed. */
const VIOLENT = 1;

/** What helps most comes first. */
function remediesFor({ learningRate, secondLayerRate }: ResolvedProblem): string {
  const rates = `learningRate (now ${learningRate}) or secondLayerRate (now ${secondLayerRate})`;
  return Math.max(learningRate, secondLayerRate) > VIOLENT
    ? `at so large a learning rate the curve is violent: lower ${rates}, ask for a shorter alpha, or raise maxSteps (--max-steps)`
    : `raise maxSteps (--max-steps), ask for a shorter alpha, or lower ${rates} if the curve is violent there`;
}
