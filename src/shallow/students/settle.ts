import { layoutOf, type Problem, type ResolvedProblem } from '../problem/index.ts';
import { trainStudents } from './students.ts';
import type { AdapterFacts, SimulateOptions, Simulation, SimulationSettings } from './types.ts';
import type { Outcome, Until } from './until.ts';

/** The outcome of one student. */
export interface Settled {
  run: number;
  /** The seed with which this run alone gives the same outcome. */
  seed: number;
  outcome: Outcome;
  /** The time at which the outcome was known, or of the last measurement. */
  alpha: number;
  /** Its test error then; NaN if it diverged. */
  eg: number;
  feedback: number[];
}

export interface Settling {
  problem: ResolvedProblem;
  settings: SimulationSettings;
  device?: AdapterFacts;
  /** Every student that was finished, in the order of the runs. */
  students: Settled[];
  failed: Simulation['failed'];
  complete: boolean;
  notes: string[];
}

/**
 * Trains students as `simulate` does, but each only until its outcome is known at one of the problem's times, and keeps
 * no curves. A batch goes on until the last of its students is settled.
 */
export async function settle(
  problem: Problem,
  options: Omit<SimulateOptions, 'onStart' | 'onMeasured'>,
  until: Until,
): Promise<Settling> {
  const { planned, settings, records, failed, notes, device } = await trainStudents(problem, options, until);
  const { problems, seeds } = planned;
  const { size } = layoutOf(planned.problem);
  const students = records
    .toSorted((a, b) => a.run - b.run)
    .map(({ run, rows, outcome = 'undecided', decidedAt = 0 }): Settled => {
      const own = problems[problems.length === 1 ? 0 : run];
      return {
        run: run + 1,
        seed: seeds[run],
        outcome,
        alpha: planned.problem.alpha[decidedAt],
        eg: rows[size],
        feedback: own.feedback ?? [],
      };
    });
  return {
    problem: planned.problem,
    settings,
    ...(device && { device }),
    students,
    failed,
    complete: students.length === seeds.length,
    notes,
  };
}
