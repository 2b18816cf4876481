import { activations } from '../gaussian/index.ts';
import { type Layout, placeOfQ, type ResolvedProblem, ruleOf } from '../problem/index.ts';

/**
 * Another numbering of the units, counted from 1: new unit k is old unit |student[k]|, its weights and output weight
 * with the sign of that number; the same for the teacher's units.
 */
export interface Exchange {
  student: number[];
  teacher: number[];
}

/** More than these are not listed. */
const MOST = 200_000;

/**
 * All exchanges, but none at all, that leave the equations of motion as they are: of teacher units that T and A do not
 * distinguish, and of student units that the rule treats alike (all by BP, those of equal F by DFA). Signs change for
 * odd activations. A curve and its image under an exchange are both solutions: from one plateau students go to the
 * minima of several. Empty if there are too many to be looked through.
 *
 * These equivalences are left out:
 * - what a teacher unit of A_m = 0 or T_mm = 0 could be besides: it drives no student, so no minima come of it;
 * - for relu (v, F, A) → −(v, F, A), with teacher units exchanged for those of opposite A: here a sign is one of the
 *   weights too, which relu does not allow;
 * - those of student units by a rule without `sends`: of a function nobody knows which units it treats alike.
 */
export function exchangesOf(problem: ResolvedProblem): Exchange[] {
  const { activation, teacher, feedback: F, student } = problem;
  const { signFlip } = activations[activation].symmetry;
  const { sends } = ruleOf(problem.rule);
  const { T, A } = teacher;
  const teachers = numberings(A.length, signFlip, (chosen, m, s) => {
    if (s * A[Math.abs(m) - 1] !== A[chosen.length]) return false;
    const all = [...chosen, m];
    const last = all.length - 1;
    return all.every((n, i) => Math.sign(n) * s * T[Math.abs(n) - 1][Math.abs(m) - 1] === T[i][last]);
  });
  const students =
    sends === undefined
      ? [student.v.map((_, k) => k + 1)]
      : numberings(
          student.v.length,
          signFlip,
          (chosen, k, s) => sends === 'v' || s * F![Math.abs(k) - 1] === F![chosen.length],
        );
  if (teachers.length * students.length > MOST) return [];
  const all = students.flatMap((one) => teachers.map((other) => ({ student: one, teacher: other })));
  return all.filter(
    ({ student, teacher }) => ![student, teacher].every((list) => list.every((u, i) => u === i + 1)),
  );
}

/** All numberings of n units, with signs or without, each of whose units fits those chosen before it. */
function numberings(
  n: number,
  signs: boolean,
  fits: (chosen: readonly number[], unit: number, sign: number) => boolean,
): number[][] {
  let found: number[][] = [[]];
  for (let place = 0; place < n && found.length <= MOST; place++)
    found = found.flatMap((chosen) =>
      Array.from({ length: n }, (_, i) => i + 1)
        .filter((unit) => !chosen.includes(unit) && !chosen.includes(-unit))
        .flatMap((unit) => (signs ? [unit, -unit] : [unit]))
        .filter((unit) => fits(chosen, unit, Math.sign(unit)))
        .map((unit) => [...chosen, unit]),
    );
  return found;
}

/** The order parameters y in another numbering, written into out. */
export function exchange(
  y: ArrayLike<number>,
  { student, teacher }: Exchange,
  { K, M, R, v }: Layout,
  out: { [i: number]: number },
): void {
  let at = 0;
  for (let k = 0; k < K; k++)
    for (let l = k; l < K; l++) {
      const [a, b] = [student[k], student[l]];
      out[at++] = Math.sign(a) * Math.sign(b) * y[placeOfQ(Math.abs(a) - 1, Math.abs(b) - 1, K)];
    }
  for (let k = 0; k < K; k++)
    for (let m = 0; m < M; m++) {
      const [a, b] = [student[k], teacher[m]];
      out[R + k * M + m] = Math.sign(a) * Math.sign(b) * y[R + (Math.abs(a) - 1) * M + Math.abs(b) - 1];
    }
  for (let k = 0; k < K; k++) out[v + k] = Math.sign(student[k]) * y[v + Math.abs(student[k]) - 1];
}
