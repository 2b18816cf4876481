import { hypot, power } from '../../numbers/index.ts';
import { AlignodeError } from '../../support/error.ts';
import { activations } from '../gaussian/index.ts';
import {
  type Problem,
  type ResolvedProblem,
  resolveProblem,
  type Student,
  withStudent,
} from '../problem/index.ts';

/*
 * For K = M, a student whose unit k is teacher unit π(k), weights and output both times s_k, makes no error. For an
 * odd activation (erf) every sign flip s and permutation π will do, 2^K K! minima in all; for relu s_k = 1 and
 * each unit may be rescaled besides, which changes neither π nor the signs of v. DFA ends in the minimum with the
 * largest overlap cos(v, F): this is degeneracy breaking (Refinetti et al. 2021).
 */

/** A zero-error student: which unit is which of the teacher's, and with which sign. */
export interface Minimum {
  /** permutation[k] is the teacher unit, from 0, that student unit k has become. */
  permutation: number[];
  /** signs[k] = ±1: whether unit k is that teacher unit or its mirror image. */
  signs: number[];
  /** cos(v, F) there; NaN without feedback. */
  overlap: number;
}

/** Every zero-error minimum of a matched student. There are 2^K K! for erf: an iterator, so that none need be kept. */
export function* degenerateMinima(problem: Problem): Generator<Minimum> {
  const p = matched(problem);
  const K = p.student.v.length;
  for (const permutation of permutations(K))
    for (const signs of activations[p.activation].symmetry.signFlip
      ? signPatterns(K)
      : [new Array<number>(K).fill(1)])
      yield {
        permutation: permutation.slice(),
        signs: signs.slice(),
        overlap: overlap(p, permutation, signs),
      };
}

/** The number of these minima. */
export function countMinima(problem: Problem): number {
  const p = matched(problem);
  let count = 1;
  for (let k = 2; k <= p.student.v.length; k++) count *= k;
  return activations[p.activation].symmetry.signFlip ? count * power(2, p.student.v.length) : count;
}

/** The minimum of largest overlap with F, found by sorting: Σ F_k s_k A_π(k) is largest when both orders agree. */
export function bestAligned(problem: Problem): Minimum {
  const p = matched(problem);
  const { A } = p.teacher;
  if (!p.feedback)
    throw new AlignodeError('not-available', 'feedback: alignment needs feedback weights F; give them', {
      path: 'feedback',
    });
  const F = p.feedback;
  const { signFlip } = activations[p.activation].symmetry;
  const size = signFlip ? Math.abs : (x: number) => x;
  const descending = (x: number[]): number[] =>
    x.map((_, i) => i).sort((i, j) => size(x[j]) - size(x[i]) || i - j);
  const students = descending(F);
  const teachers = descending(A);
  const permutation = new Array<number>(A.length);
  students.forEach((k, rank) => {
    permutation[k] = teachers[rank];
  });
  const signs = permutation.map((m, k) => (signFlip && F[k] * A[m] < 0 ? -1 : 1));
  return { permutation, signs, overlap: overlap(p, permutation, signs) };
}

/** The order parameters of a minimum. */
export function studentAt(
  problem: Problem,
  { permutation, signs }: Pick<Minimum, 'permutation' | 'signs'>,
): Student {
  const { teacher } = matched(problem);
  return {
    Q: permutation.map((m, k) => permutation.map((n, l) => signs[k] * signs[l] * teacher.T[m][n])),
    R: permutation.map((m, k) => teacher.T[m].map((t) => signs[k] * t)),
    v: permutation.map((m, k) => signs[k] * teacher.A[m]),
  };
}

/** A student whose distance from a minimum is less is in it. */
const NEAR = 0.1;

/** The minimum that a student is nearest to, and how near. */
export interface Ending extends Minimum {
  /**
   * The largest difference between the student's order parameters and the minimum's: of Q and R in units of the lengths
   * of their teacher units (for relu, with each vector taken as of length 1), of v in units of the largest output weight
   * (for relu, length times output weight). So it is the same for a problem that is scaled.
   */
  distance: number;
  /** Whether the student is in that minimum (distance below 0.1), or still on its way or stuck elsewhere. */
  arrived: boolean;
  /** Whether it is in that minimum, and none has a larger overlap with F. */
  best: boolean;
}

/**
 * The minimum that a student is nearest to, as a curve ends in one: each unit is matched, most similar first, with
 * the teacher unit that it overlaps most. `distance` says how near it is.
 */
export function endsIn(problem: Problem, at: Student): Ending {
  const p = matched(problem);
  const { student } = withStudent(p, at);
  const { T, A } = p.teacher;
  const K = A.length;
  const { signFlip, rescaling } = activations[p.activation].symmetry;
  const lengths = lengthsOf(T);
  const ownLengths = lengthsOf(student.Q);
  const cosine = (k: number, m: number): number => over(student.R[k][m], ownLengths[k], lengths[m]) || 0;
  const worth = (k: number, m: number): number => (signFlip ? Math.abs(cosine(k, m)) : cosine(k, m));
  const pairs = Array.from({ length: K * K }, (_, i) => [Math.floor(i / K), i % K] as const);
  pairs.sort(([k, m], [l, n]) => worth(l, n) - worth(k, m));
  const permutation = new Array<number>(K).fill(-1);
  for (const [k, m] of pairs) if (permutation[k] < 0 && !permutation.includes(m)) permutation[k] = m;
  const signs = permutation.map((m, k) => (signFlip && cosine(k, m) < 0 ? -1 : 1));

  // relu takes the same weights at any length, with an output weight that makes up for it.
  const outputs = (v: number[], of: number[]): number[] => (rescaling ? v.map((x, k) => x * of[k]) : v);
  const largestOf = (list: number[]): number => Math.max(...list.map(Math.abs)) || 1;
  // A teacher unit of length 0 has no size of its own.
  const sizes = lengths.map((length) => length || largestOf(lengths));
  const units = rescaling ? ownLengths : permutation.map((m) => sizes[m]);
  const output = outputs(student.v, ownLengths);
  const wanted = outputs(A, lengths);
  const largest = largestOf(wanted);
  let distance = 0;
  for (let k = 0; k < K; k++) {
    const [m, s] = [permutation[k], signs[k]];
    distance = Math.max(distance, Math.abs(output[k] - s * wanted[m]) / largest);
    for (let l = 0; l < K; l++) {
      const n = permutation[l];
      distance = Math.max(
        distance,
        Math.abs(
          over(student.Q[k][l], units[k], units[l]) - s * signs[l] * over(T[m][n], sizes[m], sizes[n]),
        ),
        Math.abs(over(student.R[k][l], units[k], sizes[l]) - s * over(T[m][l], sizes[m], sizes[l])),
      );
    }
  }
  const here = overlap(p, permutation, signs);
  const arrived = distance < NEAR;
  const best = arrived && p.feedback !== undefined && here >= bestAligned(p).overlap - 1e-12;
  return { permutation, signs, overlap: here, distance, arrived, best };
}

const lengthsOf = (squares: number[][]): number[] => squares.map((row, i) => Math.sqrt(row[i]));

/** An overlap in units of two lengths; that with a vector of length 0 is 0 in any. */
const over = (overlap: number, one: number, other: number): number =>
  one > 0 && other > 0 ? overlap / one / other : overlap;

function matched(problem: Problem): ResolvedProblem {
  const p = resolveProblem(problem);
  const K = p.student.v.length;
  const M = p.teacher.A.length;
  if (K !== M)
    throw new AlignodeError(
      'not-available',
      `student: the degenerate minima are known for as many student as teacher units, here K = ${K} and M = ${M}`,
      { path: 'student' },
    );
  const { signFlip, rescaling } = activations[p.activation].symmetry;
  if (signFlip && rescaling)
    throw new AlignodeError(
      'not-available',
      `activation: the minima of a ${p.activation} student form a continuum; use erf or relu`,
      { path: 'activation' },
    );
  return p;
}

function overlap(
  { teacher: { A }, feedback: F }: ResolvedProblem,
  permutation: number[],
  signs: number[],
): number {
  if (!F) return Number.NaN;
  let vF = 0;
  for (let k = 0; k < F.length; k++) vF += signs[k] * A[permutation[k]] * F[k];
  return vF / hypot(...A) / hypot(...F);
}

/** All orders of 0 … n−1 (Heap 1963). The array is the same one each time. */
function* permutations(n: number): Generator<number[]> {
  const order = Array.from({ length: n }, (_, i) => i);
  const count = new Array<number>(n).fill(0);
  yield order;
  for (let i = 1; i < n; ) {
    if (count[i] < i) {
      const j = i % 2 === 0 ? 0 : count[i];
      [order[i], order[j]] = [order[j], order[i]];
      yield order;
      count[i]++;
      i = 1;
    } else count[i++] = 0;
  }
}

function* signPatterns(n: number): Generator<number[]> {
  for (let bits = 0; bits < power(2, n); bits++)
    yield Array.from({ length: n }, (_, i) => (bits & (1 << i) ? -1 : 1));
}
