import { breathing } from '../../support/breath.ts';
import { AlignodeError } from '../../support/error.ts';
import type { Problem } from '../problem/index.ts';
import type { Curve } from './curve.ts';
import { type IntegrateOptions, integrateInSteps } from './integrate.ts';

/** Like `integrate`, but it lets the event loop turn now and then, and can be interrupted. */
export async function integrateInTurns(
  problem: Problem,
  options: IntegrateOptions,
  signal: AbortSignal | undefined,
): Promise<Curve> {
  const steps = integrateInSteps(problem, options);
  const breathe = breathing();
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    await breathe();
    if (signal?.aborted) throw new AlignodeError('interrupted', 'interrupted while theory was being solved');
  }
}
