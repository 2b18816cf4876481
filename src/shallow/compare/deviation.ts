import { combine, type Estimate, meanOf, systematic } from '../../numbers/estimate.ts';
import { layoutOf, type ResolvedProblem } from '../problem/index.ts';
import { backends, type Run, schedule } from '../students/index.ts';
import { type Curve, exchange, integrateInTurns } from '../theory/index.ts';
import type { Observables } from './observables.ts';
import type { Students } from './types.ts';

/** The tolerance of the curves that are compared: far below what any number of runs resolves. */
export const TOLERANCE = { rtol: 1e-12, atol: 1e-15 };
/** A second, looser solution: where the two part, as after a plateau, their distance is the error of the looser. */
const LOOSER = { rtol: 1e-10, atol: 1e-13 };
/**
 * The accumulated rounding error of an order parameter, relative to the largest of its time: in doubles, and in floats.
 * Floats are also assumed while "auto" has not yet chosen what does the work.
 */
const ROUNDING = { cpu: 1e-13, gpu: 1e-7 };

/** The curves at a simulation's times, and how well each number of them is known; a row for each time. */
export interface Prediction {
  curve: Curve;
  error: number[][];
  /** The largest of the order parameters at each time, the teacher's among them. */
  largest: number[];
}

/** The problem at the times at which students of this N are looked at. */
export const atExamples = (problem: ResolvedProblem, N: number): ResolvedProblem => ({
  ...problem,
  alpha: schedule(problem.alpha, N).map((n) => n / N),
});

export async function predict(
  problem: ResolvedProblem,
  { toTable }: Observables,
  signal: AbortSignal | undefined,
): Promise<Prediction> {
  const curve = await integrateInTurns(problem, TOLERANCE, signal);
  const other = toTable(await integrateInTurns(problem, LOOSER, signal));
  const { T, A } = problem.teacher;
  const table = toTable(curve);
  const error = table.map((row, t) =>
    row.map((x, i) => Math.abs(x - other[t][i]) + (i === 0 ? curve.stats.egFloor : 0)),
  );
  const largest = table.map((row) =>
    [...row.slice(1), ...T.flat(), ...A].reduce((most, x) => Math.max(most, Math.abs(x)), 0),
  );
  return { curve, error, largest };
}

/** Mean − theory. */
export interface Deviation extends Estimate {
  /** How many students the mean is over. */
  students: number;
  /** The part of the error that is not the spread of the students: what rounding and the integrator leave open. */
  resolution: number;
}

/** Mean − theory over the students measured so far that did not diverge; a row for each time, in it the observables. */
export function deviations(
  { perRun, settings }: Students,
  { curve, error, largest }: Prediction,
  { toTable }: Observables,
): Deviation[][] {
  const shape = layoutOf(curve.problem);
  /** The table of a run, its units numbered as in the means. */
  const numbered = (run: Run): number[][] => {
    const table = toTable(run);
    const by = run.renumbered;
    if (by)
      curve.alpha.forEach((alpha, t) => {
        if (alpha < by.from) return;
        const [eg, ...y] = table[t];
        const moved: number[] = [];
        exchange(y, by, shape, moved);
        table[t] = [eg, ...moved];
      });
    return table;
  };
  const flat = perRun
    .filter(({ diverged }) => diverged === undefined)
    .map((run) => Float64Array.from(numbered(run).flat()));
  const rounding = Object.hasOwn(backends, settings.backend) ? ROUNDING.cpu : ROUNDING.gpu;
  return toTable(curve).map((row, t) => {
    const place = t * row.length;
    const here = flat.filter((run) => row.some((_, i) => !Number.isNaN(run[place + i])));
    return row.map((theory, i) => {
      // eg is half the mean square of a difference of the networks' answers, and that is what is rounded.
      const scale = rounding * largest[t];
      const rounded = i === 0 ? scale * Math.sqrt(2 * Math.abs(theory)) + scale ** 2 / 2 : scale;
      const mean = meanOf(here.map((run) => run[place + i] - theory));
      const resolution = error[t][i] + rounded;
      const sum = combine([
        [1, mean],
        [1, systematic(resolution)],
      ]);
      return { ...sum, students: here.length, resolution };
    });
  });
}
