import { breathing } from '../../support/breath.ts';
import { AlignodeError } from '../../support/error.ts';
import { type DeepCurve, type DeepIntegrateOptions, integrateDeepInSteps } from '../linear/index.ts';
import type { ResolvedDeepProblem } from '../problem/index.ts';
import type { DeepObservables } from './observables.ts';

/** The tolerance of the curves that are compared: far below what networks in single precision resolve. */
const TOLERANCE = { rtol: 1e-11, atol: 1e-14 };
/** A second, looser solution: its distance from the first is its error, and more than that of the first. */
const LOOSER = { rtol: 1e-9, atol: 1e-12 };

/** Theory at the times compared, and how well each number of it is known; a row for each time. */
export interface Prediction {
  curve: DeepCurve;
  table: number[][];
  error: number[][];
}

export async function predict(
  problem: ResolvedDeepProblem,
  { toTable }: DeepObservables,
  data: string | undefined,
  signal: AbortSignal | undefined,
): Promise<Prediction> {
  const at = (tolerance: DeepIntegrateOptions): Promise<DeepCurve> =>
    inTurns(problem, { ...tolerance, ...(data !== undefined && { data }) }, signal);
  const curve = await at(TOLERANCE);
  const table = toTable(curve);
  const looser = toTable(await at(LOOSER));
  return { curve, table, error: table.map((row, t) => row.map((x, i) => Math.abs(x - looser[t][i]))) };
}

async function inTurns(
  problem: ResolvedDeepProblem,
  options: DeepIntegrateOptions,
  signal: AbortSignal | undefined,
): Promise<DeepCurve> {
  const steps = integrateDeepInSteps(problem, options);
  const breathe = breathing();
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    await breathe();
    if (signal?.aborted) throw new AlignodeError('interrupted', 'interrupted while theory was being solved');
  }
}
