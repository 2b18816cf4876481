import { moments } from '../../numbers/moments.ts';
import { breathing } from '../../support/breath.ts';
import { AlignodeError } from '../../support/error.ts';
import { layoutOf, type Problem, pack } from '../problem/index.ts';
import { type Curve, exchangesOf, integrateInTurns, stuckUnit } from '../theory/index.ts';
import { divergenceNote } from './divergence.ts';
import { matchTo, type Renumbered, renumber, wordsOn } from './match.ts';
import { type Trained, trainStudents } from './students.ts';
import { curvesOf, lazyCurvesOf } from './summary.ts';
import { type RunRecord, rowWidth } from './task.ts';
import type { Run, SimulateOptions, Simulation } from './types.ts';

/**
 * Trains students on a problem, each on inputs of its own, and measures them at the problem's times. This happens on a
 * GPU, or on the CPU in worker threads of Node or workers of the page; with one thread, or where there are no workers,
 * in the calling thread. The numbers depend on the problem and the settings alone: not on threads, order or how the
 * work is cut.
 */
export async function simulate(problem: Problem, options: SimulateOptions): Promise<Simulation> {
  const trained = await trainStudents(problem, options);
  const { settings, failed, device } = trained;
  const renumbered = await renumberingsOf(trained, options.signal);
  const collected = collect(trained, renumbered);
  const notes = [
    ...trained.notes,
    stuckNote(trained) ?? [],
    ...wordsOn([...renumbered.values()], collected.runs, collected.alpha),
    divergenceNote(collected) ?? [],
  ].flat();
  return { ...collected, settings, failed, notes, ...(device && { device }) };
}

/** Combines the runs; the result does not depend on which run finished first. */
function collect(
  { planned: { problem, problems, seeds, varying }, records, settings: { testSet } }: Trained,
  renumbered: ReadonlyMap<number, Renumbered>,
): Omit<Simulation, 'settings' | 'failed' | 'notes'> {
  const shape = layoutOf(problem);
  const times = problem.alpha.length;
  const inOrder = records.toSorted((a, b) => a.run - b.run);
  const averaged = inOrder
    .filter(({ divergedAt }) => divergedAt < 0)
    .map(({ run, rows }) => {
      const as = renumbered.get(run);
      return as ? renumber(rows, as, times, problem) : rows;
    });
  const { mean, stderr } = moments(averaged, times * rowWidth(shape.size, testSet));
  return {
    problem,
    alpha: problem.alpha,
    runs: averaged.length,
    mean: curvesOf(mean, times, shape),
    stderr: curvesOf(stderr, times, shape),
    perRun: inOrder.map(({ run, rows, divergedAt }) => {
      const result: Partial<Run> = { run: run + 1, seed: seeds[run] };
      if (divergedAt >= 0) result.diverged = problem.alpha[divergedAt];
      const as = renumbered.get(run);
      if (as) result.renumbered = { ...as, from: problem.alpha[as.from] };
      for (const part of varying) Object.assign(result, { [part]: problems[run][part] });
      // Not assigned, so that getters stay getters.
      return Object.defineProperties(
        result,
        Object.getOwnPropertyDescriptors(lazyCurvesOf(rows, times, shape)),
      ) as Run;
    }),
    complete: records.length === seeds.length,
  };
}

/** More steps than this are not taken for a curve that only serves to number units. */
const MOST_STEPS = 20_000;

/** How the units of each run are renumbered, where theory is one curve; by the runs' numbers from 0. */
async function renumberingsOf(
  { planned: { problem, varying }, records, settings: { match } }: Trained,
  signal: AbortSignal | undefined,
): Promise<Map<number, Renumbered>> {
  const found = new Map<number, Renumbered>();
  const converged = records.filter(({ divergedAt }) => divergedAt < 0);
  if (match === 'none' || varying.length > 0 || converged.length === 0) return found;
  const exchanges = exchangesOf(problem);
  if (exchanges.length === 0) return found;
  const curve = await theoryOf(problem, signal);
  if (curve === undefined) return found;
  const last = problem.alpha.length - 1;
  const states = problem.alpha.map((_, i) =>
    pack({ ...problem, student: { Q: curve.Q[i], R: curve.R[i], v: curve.v[i] } }),
  );
  const numberingOf = matchTo(problem, (t) => states[t], exchanges);
  const breathe = breathing();
  for (const record of converged) {
    await breathe();
    if (signal?.aborted) return new Map();
    const as = numberingOf(statesOf(record, last + 1), last);
    if (as) found.set(record.run, as);
  }
  return found;
}

/** That a unit will never move, where theory has it move. */
function stuckNote({ planned: { problems } }: Trained): string | undefined {
  const [problem] = problems;
  const unit = stuckUnit(problem);
  if (unit === undefined) return undefined;
  return (
    `student unit ${unit + 1} starts with weights that are exactly zero, where the derivative of ${problem.activation} ` +
    'is 0 by definition: it never moves, while theory takes the limit of small weights'
  );
}

const statesOf = ({ rows }: RunRecord, times: number) => {
  const width = rows.length / times;
  return (t: number): Float64Array => rows.subarray(t * width, (t + 1) * width);
};

/** The curve of theory, if it can be had and nobody waits. */
async function theoryOf(problem: Problem, signal: AbortSignal | undefined): Promise<Curve | undefined> {
  try {
    return await integrateInTurns(problem, { maxSteps: MOST_STEPS }, signal);
  } catch (error) {
    if (error instanceof AlignodeError) return undefined;
    throw error;
  }
}
