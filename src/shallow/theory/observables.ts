import { type Activation, activations, emptySums } from '../gaussian/index.ts';
import {
  fieldsOf,
  layoutOf,
  type Problem,
  pack,
  type ResolvedProblem,
  resolveProblem,
  ruleOf,
  type Student,
  signalOf,
  withStudent,
} from '../problem/index.ts';
import { absoluteTolerance } from './tolerances.ts';

/** What is measured on a state y of a problem's order parameters. An observer overwrites it at the next call. */
export interface Observables {
  /** eg = ½ E(ŷ − y)², without the noise, as summed: near perfect learning errors may make it negative. */
  eg: number;
  /**
   * What rounding and the integrator's tolerance leave of eg near perfect learning. It is a sum whose terms cancel
   * there, each known to relative precision only: below this value eg is not known.
   */
  egFloor: number;
  /** cos(v, F), or cos(v, f) without feedback weights; NaN where one of them is zero. */
  weightAlignment: number;
  /**
   * The cosine between the first layer's update and the one of BP for the same example, with the products averaged
   * over examples; NaN where one of them is zero.
   */
  updateAlignment: number;
  /** S_k = E[g'(λ_k)² e²] for each student unit. */
  readonly errorPower: Float64Array;
}

/** The rounding of one I2 and of the order parameters in it, in units of the machine precision. */
const ROUNDINGS = 4;
/** How many steps' errors may add up in eg; 3 was the worst in two dozen drawn problems. */
const STEPS = 10;

/**
 * Update alignment (Refinetti et al. 2021, in closed form): the updates of unit k are −η f_k g'(λ_k) e x for the rule
 * and −η v_k g'(λ_k) e x for BP, so with S_k = E[g'(λ_k)² e²] = Σ w w' I4(k,k,·,·) + σ² J2(k,k)
 *
 *     cosine = Σ_k v_k f_k S_k / √(Σ_k v_k² S_k · Σ_k f_k² S_k).
 *
 * For BP itself f = v and the cosine is 1. Where feedback weights F are given, F takes the place of f then: it says how
 * DFA would move this student.
 *
 * rtol and atol are the tolerances to which states are known; they enter `egFloor`.
 */
export function observer(
  problem: ResolvedProblem,
  { rtol = 0, atol = 0 } = {},
): (y: ArrayLike<number>) => Observables {
  const { K, n } = layoutOf(problem);
  const activation = activations[problem.activation];
  const kernel = activation.sumKernel(n, K);
  const variance = problem.noise ** 2;
  const { C, w, v, load } = fieldsOf(problem);
  const rows = Array.from({ length: n }, (_, i) => C.subarray(i * n, (i + 1) * n));
  const f = new Float64Array(K);
  const send = signalOf(problem);
  const F = problem.feedback ? Float64Array.from(problem.feedback) : f;
  const measured = ruleOf(problem.rule).sends === 'v' ? F : f;
  const sums = emptySums(n, K);
  const result: Observables = {
    eg: 0,
    egFloor: 0,
    weightAlignment: 0,
    updateAlignment: 0,
    errorPower: new Float64Array(K),
  };

  return (y) => {
    load(y);
    send(v, f);
    testError(activation, rows, w, ROUNDINGS * Number.EPSILON + STEPS * rtol, STEPS * atol, result);
    kernel(C, w, sums, true);
    const S = result.errorPower;
    for (let k = 0; k < K; k++) S[k] = Math.max(0, sums.I4[k * K + k] + variance * sums.J2[k * K + k]);
    result.weightAlignment = cosine(v, F, K);
    result.updateAlignment = cosine(v, measured, K, S);
    return result;
  };
}

/** eg at a state y of a problem's order parameters, never negative: that of `observer`, without its other numbers. */
export function testErrorOf(problem: ResolvedProblem): (y: ArrayLike<number>) => number {
  const { n } = layoutOf(problem);
  const activation = activations[problem.activation];
  const { C, w, load } = fieldsOf(problem);
  const rows = Array.from({ length: n }, (_, i) => C.subarray(i * n, (i + 1) * n));
  const result = { eg: 0, egFloor: 0 };
  return (y) => {
    load(y);
    testError(activation, rows, w, 0, 0, result);
    return Math.max(0, result.eg);
  };
}

/** ½ Σ_ij w_i w_j I2(i,j), and what relative errors, and absolute ones of so much at most, may do to it. */
function testError(
  activation: Activation,
  C: Float64Array[],
  w: Float64Array,
  relative: number,
  atMost: number,
  result: { eg: number; egFloor: number },
): void {
  let sum = 0;
  let size = 0;
  let weights = 0;
  let longest = 0;
  let heaviest = 0;
  let largest = 0;
  for (let i = 0; i < w.length; i++) {
    weights += Math.abs(w[i]);
    longest = Math.max(longest, C[i][i]);
    heaviest = Math.max(heaviest, Math.abs(w[i]));
    for (let j = 0; j < i; j++) {
      const term = w[i] * w[j] * activation.I2(C, i, j);
      sum += term;
      size += Math.abs(term);
    }
    const square = activation.I2(C, i, i);
    largest = Math.max(largest, square);
    const half = 0.5 * w[i] * w[i] * square;
    sum += half;
    size += Math.abs(half);
  }
  // |∂eg/∂C_ij| ≤ |w_i w_j| and |∂eg/∂v_k| ≤ Σ_j |w_j| √(I2(j,j) I2(k,k)), for errors that are not relative.
  result.eg = sum;
  result.egFloor =
    relative * size +
    absoluteTolerance(atMost, longest) * weights * weights +
    absoluteTolerance(atMost, heaviest) * weights * Math.sqrt(largest * size);
}

function cosine(v: Float64Array, f: Float64Array, K: number, S?: Float64Array): number {
  let vv = 0;
  let ff = 0;
  let vf = 0;
  for (let k = 0; k < K; k++) {
    const s = S ? S[k] : 1;
    vv += s * v[k] * v[k];
    ff += s * f[k] * f[k];
    vf += s * v[k] * f[k];
  }
  // 0/0 is NaN: no direction, no angle. Rounding must not push a cosine beyond ±1.
  const c = vf / Math.sqrt(vv) / Math.sqrt(ff);
  return c > 1 ? 1 : c < -1 ? -1 : c;
}

/** What each student unit has become. */
export interface Unit {
  /** ‖W_k‖/√N = √Q_kk. */
  length: number;
  /** cos(W_k, W̃_m) for every teacher unit m; NaN for a vector of length zero. */
  overlap: number[];
  /** The teacher unit with the largest |overlap|, counted from 0; −1 if there is none. */
  nearest: number;
  v: number;
  /** Whether v_k has the sign of F_k; false without feedback. */
  aligned: boolean;
  /** S_k = E[g'(λ_k)² e²]: how strongly the error drives this unit. */
  errorPower: number;
}

/** What each unit of a student has become; of the problem's own student at α = 0 if none is given. */
export function units(problem: Problem, student?: Student): Unit[] {
  const resolved = resolveProblem(problem);
  const p = student ? withStudent(resolved, student) : resolved;
  const { Q, R, v } = p.student;
  const { T } = p.teacher;
  const { errorPower } = observer(p)(pack(p));
  return v.map((vk, k) => {
    const overlap = R[k].map((r, m) => r / Math.sqrt(Q[k][k] * T[m][m]));
    const nearest = overlap.reduce(
      (best, c, m) => (Math.abs(c) > (best < 0 ? 0 : Math.abs(overlap[best])) ? m : best),
      -1,
    );
    return {
      length: Math.sqrt(Q[k][k]),
      overlap,
      nearest,
      v: vk,
      aligned: p.feedback !== undefined && vk * p.feedback[k] > 0,
      errorPower: errorPower[k],
    };
  });
}
