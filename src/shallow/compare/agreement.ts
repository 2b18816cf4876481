import { zOf } from '../../numbers/estimate.ts';
import { howMany } from '../../support/howMany.ts';
import { checkOptions, refuse } from '../../support/options.ts';
import { type Problem, resolveProblem } from '../problem/index.ts';
import { atExamples, deviations, predict } from './deviation.ts';
import { observablesOf } from './observables.ts';
import { AGREEMENT_OPTIONS, DEFAULTS, LEAST_RUNS } from './options.ts';
import { refuseStuck } from './stuck.ts';
import type { Agreement, AgreementOptions, Students } from './types.ts';
import { divergence, judge, lost, partedFrom, SEVERAL_MINIMA, testsOf } from './verdict.ts';

/**
 * Solves the theory once, at the times at which students of this N are measured. It resolves with a function that
 * compares students with theory as they come: at each time those measured so far, at times with ten or more.
 *
 * Unlike `compare`, it trains nothing to measure the bias of a finite N, so none is subtracted: with enough students to
 * resolve b/N, a right theory is found wrong. `level` is the chance of a false alarm at one look; repeated looks while
 * students come raise it.
 */
export async function agreementWith(
  problem: Problem,
  options: AgreementOptions,
): Promise<(students: Students) => Agreement> {
  checkOptions(options, AGREEMENT_OPTIONS);
  const { N, level = DEFAULTS.level, signal } = options;
  const resolved = resolveProblem(problem);
  refuseStuck(resolved);
  const observables = observablesOf(resolved);
  const prediction = await predict(atExamples(resolved, N), observables, signal);
  const { curve } = prediction;
  const { alpha } = curve;

  return (students) => {
    checkStudents(students, N, alpha.length);
    const { perRun, failed = [] } = students;
    const here = deviations(students, prediction, observables);
    const counts = here.map(([{ students }]) => students);
    const parted = partedFrom(perRun);
    const isMeasured = (t: number): boolean => counts[t] >= LEAST_RUNS;
    const isTested = (t: number): boolean => isMeasured(t) && alpha[t] < parted;
    const enough = alpha.map((_, t) => t).filter(isTested);
    const untested = alpha.filter((_, t) => !isTested(t));
    const tests = testsOf({
      alpha: enough.map((t) => alpha[t]),
      names: observables.names,
      N,
      deviations: enough.map((t) => here[t]),
    });
    const few = {
      all: `at every time fewer than ${LEAST_RUNS} students were measured so far (${Math.max(...counts)} at most), too few to know a standard error`,
      most: `as fewer than ${LEAST_RUNS} students were measured there so far`,
    };
    const because = parted < Number.POSITIVE_INFINITY ? SEVERAL_MINIMA : few;
    const trouble = lost(failed.length, perRun.length + failed.length) ?? divergence(perRun);
    const planned = alpha.filter((_, t) => isMeasured(t)).length * observables.names.length;
    const verdict = judge(tests, level, { times: alpha, untested, planned, because }, trouble);
    const message = `${verdict.message}; the bias of N = ${N}, of order 1/N, is not taken off: once the students resolve it, a right theory is found wrong too`;
    return {
      theory: curve,
      z: observables.toCurves(here.map((row) => row.map(zOf))),
      tests,
      verdict: { ...verdict, message },
    };
  };
}

function checkStudents({ perRun, settings }: Students, N: number, times: number): void {
  if (settings.N !== N)
    refuse(
      'settings.N',
      `found ${settings.N}; theory was solved at the times of N = ${N}, use students of that N`,
    );
  const other = perRun.find(({ eg }) => eg.length !== times);
  if (other !== undefined)
    refuse(
      'perRun',
      `found ${howMany(other.eg.length, 'time')} in run ${other.run}; use a number for each of the ${howMany(times, 'time')} of the theory, NaN where it was not measured`,
    );
}
