import type { LineChart, Series } from '../../draw/index.ts';
import { type Phases, phasesOf } from '../../figures/shallow/phases.ts';
import type { Curves, ResolvedProblem } from '../../index.ts';
import { ruleOf } from '../../shallow/problem/index.ts';
import type { TheorySeen } from '../scene.ts';
import { isLog } from '../state/problem.ts';
import type { State } from '../state/state.ts';
import { inCharts, type StudentsSeen } from '../students/seen.ts';

/** What all charts over α have in common: the axis, how far the curve is, and where it breaks off. */
export function overTime(
  { problem: { alpha } }: State,
  { problem, reached, end, done, failure }: TheorySeen,
): Pick<LineChart, 'x'> & Required<Pick<LineChart, 'lines' | 'bands'>> {
  const log = isLog(alpha);
  const from = problem.alpha.find((a) => !log || a > 0) ?? end;
  const coming = Math.max(from, reached);
  return {
    x: { label: 'time α = examples / N', log, ...(from < end && { range: [from, end] }) },
    lines:
      failure?.alpha === undefined
        ? []
        : [{ x: failure.alpha, label: failure.code === 'diverged' ? 'diverges' : 'breaks off' }],
    bands: done || coming >= end ? [] : [{ from: coming, to: end, label: 'to come' }],
  };
}

/** The students, if they and their teacher have as many units as those of a problem. */
export function alike(
  students: StudentsSeen | undefined,
  { student, teacher }: ResolvedProblem,
): StudentsSeen | undefined {
  const theirs = students?.problem;
  return theirs?.student.v.length === student.v.length && theirs.teacher.A.length === teacher.A.length
    ? students
    : undefined;
}

/** The mean of the students with its standard error, for the order parameter that `pick` takes out. */
export function meansOf(
  students: StudentsSeen,
  pick: (of: Curves, i: number) => number,
  look: Pick<Series, 'colour' | 'silent'>,
): Series {
  const { alpha, counts, mean, stderr } = students;
  const measured = alpha.map((_, i) => i).filter((i) => counts[i] > 0);
  const y = measured.map((i) => pick(mean, i));
  const error = measured.map((i) => pick(stderr, i));
  return {
    ...inCharts(students),
    ...look,
    x: measured.map((i) => alpha[i]),
    y,
    low: y.map((x, i) => x - error[i]),
    high: y.map((x, i) => x + error[i]),
  };
}

/** A plateau is above what rounding leaves of the error, by this factor at least. */
const ABOVE = 10;
/** The error of a curve on a plateau is at least this part of that of the symmetric one. */
const NEAR = 0.5;

/** The phases of a whole curve by a rule that aligns, if it comes to a plateau. */
export function phasesIn({ problem, curve, done, failure, about }: TheorySeen): Phases | undefined {
  if (ruleOf(problem.rule).sends === 'v' || !done || failure) return undefined;
  const phases = phasesOf(curve);
  if (!phases || phases.aligned < 0 || curve.eg[phases.plateau] < ABOVE * curve.stats.egFloor)
    return undefined;
  // A curve that has learned is also flat to its end: it may be on the plateau only if its error is about that of the
  // plateau.
  const last = curve.alpha.length - 1;
  const level = about && 'eg' in about.plateau ? about.plateau.eg : Number.POSITIVE_INFINITY;
  return phases.leaves < last || curve.eg[last] > NEAR * level ? phases : undefined;
}

/** The phases as figure 3b of the paper has them here: the plateau lies within the second. */
export function marksOf(theory: TheorySeen): Required<Pick<LineChart, 'lines' | 'bands'>> {
  const phases = phasesIn(theory);
  if (!phases) return { lines: [], bands: [] };
  const { alpha } = theory.curve;
  const last = alpha.length - 1;
  const { aligned, plateau, leaves } = phases;
  return {
    // A student that is aligned best after it has left the plateau, or that never leaves it, does not first align and
    // then memorise.
    bands:
      aligned < leaves && leaves < last
        ? [
            { from: 0, to: aligned, label: 'align' },
            { from: aligned, to: last, label: 'memorise' },
          ]
            .filter(({ from, to }) => from < to)
            .map(({ from, to, label }) => ({ from: alpha[from], to: alpha[to], label }))
        : [],
    lines: [
      { x: alpha[plateau], label: 'plateau begins' },
      ...(leaves < last ? [{ x: alpha[leaves], label: 'plateau ends' }] : []),
    ],
  };
}
