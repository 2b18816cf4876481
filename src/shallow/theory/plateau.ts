import { EigenvalueDecomposition, Matrix, SingularValueDecomposition } from 'ml-matrix';
import { hypot, ln } from '../../numbers/index.ts';
import type { Motion } from '../../ode/index.ts';
import { AlignodeError } from '../../support/error.ts';
import { activations } from '../gaussian/index.ts';
import {
  covariance,
  isPositive,
  layoutOf,
  type Problem,
  pack,
  type ResolvedProblem,
  resolveProblem,
  ruleName,
  ruleOf,
  type Student,
  signalOf,
  unpackQ,
  unpackR,
  unpackV,
  withStudent,
} from '../problem/index.ts';
import { equationsOfMotion } from './equations.ts';
import { differentiate } from './jacobian.ts';
import { observer } from './observables.ts';

/** Which fixed point is wanted. */
export interface PlateauOptions {
  /**
   * "first" (if not given): the equations to first order in η₁, for which theory gives the plateau in closed form.
   * "full": with the terms of order η₁² and the noise, as `integrate` solves them.
   */
  order?: 'first' | 'full';
  /** Where Newton's method starts; the closed form for T = 1, A = ±1 if not given. */
  start?: Student;
}

/** The fixed point, how it is left, and when. */
export interface Plateau {
  /** The order parameters of the fixed point. */
  student: Student;
  eg: number;
  /** Eigenvalues of the Jacobian, per unit of α, largest real part first. */
  eigenvalues: { re: number; im: number }[];
  /** How many of them are zero to rounding: directions along which, to linear order, the plateau is a family. */
  neutral: number;
  /**
   * The largest real part: specialisation grows as exp(escapeRate α). It depends on where in the family the student
   * stands; the closed form has equal |v_k|, `start` may have others.
   */
  escapeRate: number;
  /** The largest |dy/dα| left, and the Newton steps taken. */
  residual: number;
  iterations: number;
  /**
   * The α that a student still spends on the plateau, from a state `from` that has arrived there, such as that of a
   * curve halfway through its plateau (`phases` says when that is). It is the time in which the part of its deviation
   * along the escaping directions grows, as exp(escapeRate α), to the size of the plateau's overlaps R. Infinity if it
   * has no such part, or if nothing escapes. A student that has not arrived, as at α = 0, gets a number too: the time
   * that this part alone would take.
   */
  length(from: Student): number;
}

const MOST_ITERATIONS = 60;
/** Singular values and eigenvalues below this, relative to the largest, are zeros seen through finite differences. */
const ZERO = 1e-7;
const LARGEST = 12;
/**
 * How far outside the positive cone Newton's method may end. The plateau is on its edge, and directions that are
 * neutral to second order too are approached only to the root of the rounding.
 */
const ROOM = 1e-3;

/**
 * The symmetric plateau (Saad & Solla 1995): all student units do the same up to the sign s_k = sgn f_k of what the
 * rule sends back at the start (for DFA sgn F_k, for BP sgn v_k), and no teacher unit is preferred. For T = 1, A = 1,
 * to first order in η,
 *
 *     Q_kl = s_k s_l/(2M−1),   R_km = s_k/√(M(2M−1)),   Σ_k s_k v_k = M,
 *
 * where only the sum is fixed: the plateau is a family, and Newton's method takes the smallest step that solves the
 * linear equations, so that it moves to the family and not along it. (Eq. 31 of Refinetti et al. 2021 holds at K = 2.)
 */
export function plateau(problem: Problem, options: PlateauOptions = {}): Plateau {
  const p = resolveProblem(problem);
  const { K, M } = layoutOf(p);
  const { symmetry } = activations[p.activation];
  if (!symmetry.signFlip || symmetry.rescaling)
    throw new AlignodeError(
      'not-available',
      `activation: the symmetric plateau is known for erf, not for ${p.activation}`,
      { path: 'activation' },
    );
  if (p.learningRate === 0)
    throw new AlignodeError('not-available', 'learningRate: found 0; without learning there is no plateau', {
      path: 'learningRate',
    });
  if (Math.max(K, M) > LARGEST)
    throw new AlignodeError(
      'not-available',
      `student: the plateau's eigenvalues are computed for up to ${LARGEST} units, here K = ${K} and M = ${M}`,
      { path: 'student' },
    );
  const shape = layoutOf(p);
  const motion = equationsOfMotion(p, { firstOrder: (options.order ?? 'first') === 'first' });
  const frozen = !p.trainSecondLayer || p.secondLayerRate === 0;
  // v stands last in y; if it is not trained, it is not among the unknowns.
  const unknowns = frozen ? shape.v : shape.size;
  const y = pack(options.start ? withStudent(p, options.start) : { ...p, student: guess(p, frozen) });
  const { residual, iterations, jacobian } = newton(motion, y, unknowns, p, options);
  if (!options.start && !ruleOf(p.rule).sends && turns(p, unpackV(y, shape)))
    throw new AlignodeError(
      'not-available',
      `rule: what "${ruleName(p.rule)}" sends back has other signs on the plateau than at the start, so it is not known which plateau it comes to; give a start`,
      { path: 'rule' },
    );

  const decomposition = new EigenvalueDecomposition(new Matrix(jacobian));
  const re = decomposition.realEigenvalues;
  const im = decomposition.imaginaryEigenvalues;
  const eigenvalues = re.map((x, i) => ({ re: x, im: im[i] })).sort((a, b) => b.re - a.re || b.im - a.im);
  const zero = ZERO * Math.max(...re.map((x, i) => hypot(x, im[i])));
  const escapeRate = Math.abs(eigenvalues[0].re) <= zero ? 0 : eigenvalues[0].re;
  const size = Math.max(...unpackR(y, shape).flat().map(Math.abs));
  const vectors = decomposition.eigenvectorMatrix;

  return {
    student: { Q: unpackQ(y, shape), R: unpackR(y, shape), v: unpackV(y, shape) },
    eg: Math.max(0, observer(p)(y).eg),
    eigenvalues,
    neutral: eigenvalues.filter((x) => hypot(x.re, x.im) <= zero).length,
    escapeRate,
    residual,
    iterations,
    length: (from) => {
      if (from === undefined)
        throw new AlignodeError(
          'invalid-option',
          'length: found undefined; give the student { Q, R, v } of a curve that has arrived on the plateau: the time left from there is returned',
          { path: 'length' },
        );
      if (escapeRate <= zero) return Number.POSITIVE_INFINITY;
      const deviation = pack(withStudent(p, from)).map((x, i) => x - y[i]);
      // The deviation in the basis of eigenvectors, and back with the escaping ones alone.
      const parts = new SingularValueDecomposition(vectors, { autoTranspose: true }).solve(
        Matrix.columnVector(Array.from(deviation.subarray(0, unknowns))),
      );
      let escaping = 0;
      for (let i = 0; i < unknowns; i++) {
        let x = 0;
        for (let j = 0; j < unknowns; j++) if (re[j] > zero) x += vectors.get(i, j) * parts.get(j, 0);
        escaping = Math.max(escaping, Math.abs(x));
      }
      return escaping > 0 ? Math.max(0, ln(size / escaping) / escapeRate) : Number.POSITIVE_INFINITY;
    },
  };
}

/**
 * The closed form for T = 1, A = ±1, as weights: W_k = s_k c Σ_m sgn(A_m) W̃_m with c = 1/√(M(2M−1)). So for any T
 * Newton's method starts from a student that can exist.
 */
function guess(problem: ResolvedProblem, frozen: boolean): Student {
  const { teacher, student } = problem;
  const { T, A } = teacher;
  const M = A.length;
  const K = student.v.length;
  const s = signsAt(problem, student.v);
  const c = 1 / Math.sqrt(M * (2 * M - 1));
  const sum = T.map((row) => row.reduce((total, t, n) => total + (A[n] < 0 ? -t : t), 0));
  const square = sum.reduce((total, t, m) => total + (A[m] < 0 ? -t : t), 0);
  const a = A.reduce((total, x) => total + Math.abs(x), 0) / M;
  return {
    Q: s.map((sk) => s.map((sl) => sk * sl * c * c * square)),
    R: s.map((sk) => sum.map((t) => sk * c * t)),
    v: frozen ? student.v : s.map((sk) => (sk * a * M) / K),
  };
}

/** The signs of what the rule sends back for output weights v. */
function signsAt(problem: ResolvedProblem, v: readonly number[]): number[] {
  const f = new Float64Array(v.length);
  signalOf(problem)(Float64Array.from(v), f);
  return Array.from(f, (x) => (x < 0 ? -1 : 1));
}

/** Whether the rule sends back other signs for v than for the student at the start. */
function turns(problem: ResolvedProblem, v: readonly number[]): boolean {
  const before = signsAt(problem, problem.student.v);
  return signsAt(problem, v).some((sign, k) => sign !== before[k]);
}

/** Newton's method with the least-squares step of least length; y becomes the fixed point. */
function newton(
  motion: Motion,
  y: Float64Array,
  size: number,
  p: ResolvedProblem,
  { start, order }: PlateauOptions,
) {
  const force = new Float64Array(y.length);
  let jacobian = differentiate(motion, y, size);
  for (let iterations = 0; iterations < MOST_ITERATIONS; iterations++) {
    motion(y, force);
    const svd = new SingularValueDecomposition(new Matrix(jacobian), { autoTranspose: true });
    const right = svd.rightSingularVectors;
    const left = svd.leftSingularVectors;
    const step = new Float64Array(size);
    svd.diagonal.forEach((value, j) => {
      if (value <= ZERO * svd.diagonal[0]) return;
      let along = 0;
      for (let i = 0; i < size; i++) along += left.get(i, j) * force[i];
      for (let i = 0; i < size; i++) step[i] -= (along / value) * right.get(i, j);
    });
    const length = hypot(...step);
    const damping = Math.min(1, 0.5 / length);
    for (let i = 0; i < size; i++) y[i] += damping * step[i];
    if (!(length < 1e6)) break;
    jacobian = differentiate(motion, y, size);
    if (length < 1e-11) {
      motion(y, force);
      const residual = Math.max(...force.subarray(0, size).map(Math.abs));
      const possible = isPositive(covariance(p, y), layoutOf(p).n, ROOM);
      if (possible && residual <= 1e-10 * svd.diagonal[0])
        return { residual, iterations: iterations + 1, jacobian };
    }
  }
  throw new AlignodeError(
    'no-convergence',
    `plateau: Newton's method found no fixed point near ${start ? 'the start' : 'the closed form for T = 1 and A = ±1'} for ` +
      `learningRate = ${p.learningRate}; ${start ? 'give another start, or none: the closed form is then taken' : 'give a start'}` +
      (order === 'full'
        ? '. To order η₁² (order "full") a DFA student with unequal |F_k| drifts along the plateau and may rest nowhere: use order "first"'
        : ''),
  );
}
