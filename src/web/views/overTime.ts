import type { LineChart, Series } from '../../draw/index.ts';
import { type Curves, type Phases, phases, type ResolvedProblem } from '../../index.ts';
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

/** The error of a curve that ends on a plateau is at least this part of that of the symmetric one. */
const NEAR = 0.5;

/** The phases of a whole curve, if it comes to a plateau. */
export function phasesIn({ curve, done, failure, about }: TheorySeen): Phases | undefined {
  if (!done || failure) return undefined;
  const found = phases(curve);
  // A curve that has learned is also flat to its end: it may be on the plateau only if its error is about that of the
  // plateau.
  const level = about && 'eg' in about.plateau ? about.plateau.eg : Number.POSITIVE_INFINITY;
  const plateaus = found.plateaus.filter(({ left }) => left || curve.eg[curve.eg.length - 1] > NEAR * level);
  return plateaus.length > 0 ? { ...found, plateaus } : undefined;
}

/** The phases as figure 3b of the paper has them here: the plateau lies within the second. */
export function marksOf(theory: TheorySeen): Required<Pick<LineChart, 'lines' | 'bands'>> {
  const found = phasesIn(theory);
  if (!found) return { lines: [], bands: [] };
  const { align, memorise, plateaus } = found;
  return {
    // A student that never leaves the plateau does not first align and then memorise.
    bands:
      align && memorise
        ? [
            { from: align.from, to: align.to, label: 'align' },
            { from: memorise.from, to: memorise.to, label: 'memorise' },
          ].filter(({ from, to }) => from < to)
        : [],
    lines: plateaus.flatMap(({ from, to, left }, i) => {
      const name = i === 0 ? 'plateau' : 'shoulder';
      return [{ x: from, label: `${name} begins` }, ...(left ? [{ x: to, label: `${name} ends` }] : [])];
    }),
  };
}
