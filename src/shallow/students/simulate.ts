import { layoutOf, type Problem } from '../problem/index.ts';
import { type Trained, trainStudents } from './students.ts';
import { curvesOf, lazyCurvesOf, moments } from './summary.ts';
import { rowWidth } from './task.ts';
import type { Run, SimulateOptions, Simulation } from './types.ts';

/**
 * Trains students on a problem, each on inputs of its own, and measures them at the problem's times. This happens on a
 * GPU, or on the CPU in worker threads of Node or workers of the page; with one thread, or where there are no workers,
 * in the calling thread. The numbers depend on the problem and the settings alone: not on threads, order or how the
 * work is cut.
 */
export async function simulate(problem: Problem, options: SimulateOptions): Promise<Simulation> {
  const trained = await trainStudents(problem, options);
  const { settings, failed, notes, device } = trained;
  return { ...collect(trained), settings, failed, notes, ...(device && { device }) };
}

/** Combines the runs; the result does not depend on which run finished first. */
function collect({
  planned: { problem, problems, seeds, varying },
  records,
  settings: { testSet },
}: Trained): Omit<Simulation, 'settings' | 'failed' | 'notes'> {
  const shape = layoutOf(problem);
  const times = problem.alpha.length;
  const inOrder = records.toSorted((a, b) => a.run - b.run);
  const averaged = inOrder.filter(({ divergedAt }) => divergedAt < 0).map(({ rows }) => rows);
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
