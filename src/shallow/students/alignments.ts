import { moments } from '../../numbers/moments.ts';
import { pack } from '../problem/index.ts';
import { observer } from '../theory/index.ts';
import type { Simulation } from './types.ts';

/** The two alignments of `Curve`, one value for each time. */
export interface Alignments {
  weightAlignment: number[];
  updateAlignment: number[];
}

/**
 * The alignments of a simulation's students: the mean over those that did not diverge and its standard error, by the
 * closed forms of theory at the overlaps that each student has at each time. NaN where one student has no angle.
 */
export function alignmentsOf({
  problem,
  perRun,
  alpha,
}: Pick<Simulation, 'problem' | 'perRun' | 'alpha'>): Record<'mean' | 'stderr', Alignments> {
  const measured = perRun
    .filter(({ diverged }) => diverged === undefined)
    .map(({ Q, R, v, ...run }) => {
      // What was drawn anew for the run takes the place of the problem's own.
      const { teacher = problem.teacher, feedback = problem.feedback } = run;
      const own = { ...problem, teacher, ...(feedback && { feedback }) };
      const measure = observer(own);
      return Float64Array.from(
        alpha.flatMap((_, t) => {
          const found = measure(pack({ ...own, student: { Q: Q[t], R: R[t], v: v[t] } }));
          return [found.weightAlignment, found.updateAlignment];
        }),
      );
    });
  const { mean, stderr } = moments(measured, 2 * alpha.length);
  const apart = (both: Float64Array): Alignments => ({
    weightAlignment: alpha.map((_, t) => both[2 * t]),
    updateAlignment: alpha.map((_, t) => both[2 * t + 1]),
  });
  return { mean: apart(mean), stderr: apart(stderr) };
}
