import { identity, product, productT } from '../../numbers/matrix.ts';
import type { Moments } from './moments.ts';
import { project, rangeOf } from './reduced.ts';

/** The beginning of a curve from zero weights: A_l = K_l t^{p_l}, p_l = 2^{l−1}. */
export interface EarlyPowers {
  /** A_1 … A_L and the map C at a time of the beginning; A_1 and C in the axes of the moments. */
  at(t: number): { matrices: Float64Array[]; map: Float64Array };
  /** Until this time the next term is below rounding; infinite where nothing moves. */
  until: number;
}

/** The relative size of the next term at the time `until`. */
const NEXT_TERM = 1e-18;
/** Doublings and halvings of a time: from 1 to the ends of the numbers, and to the last bit. */
const DOUBLINGS = 1000;
const HALVINGS = 60;

/**
 * While outputs are small, e = −y: then A_1 = Σ_yx t, and from dA_l/dt = Σ_yx C_{l−1}ᵀ each layer follows as a power of
 * t, A_l = (t/p_l) Σ_yx A_1ᵀ M_{l−1}ᵀ. For DRTP the hidden layers follow these powers for all time. With orthogonal
 * feedback K_l = c_l (Σ_yx Σ_yxᵀ)^{2^{l−2}}; printed with the power l − 1 in Refinetti et al. 2021, eq. 56. Coefficients
 * alone would be no numbers from the eleventh layer on, c_l = 2^{1−p_l}.
 */
export function earlyPowers(
  { outputs: m, rank: r, values, target }: Moments,
  G: readonly Float64Array[],
): EarlyPowers {
  const driven = target.map((t, at) => t * values[at % r]);

  const ranges = G.map((one) => rangeOf(one, m));

  const at: EarlyPowers['at'] = (t) => {
    const first = driven.map((x) => x * t);
    project(first, ranges[0], m);
    const S = new Float64Array(m * m);
    productT(S, driven, first, m, r, m);
    const matrices = [first];
    /** M_l = A_l G_{l−1} … A_2 G_1. */
    let M = identity(m);
    let p = 1;
    G.forEach((below, i) => {
      p *= 2;
      const A = new Float64Array(m * m);
      productT(A, S, M, m, m, m);
      for (let i = 0; i < A.length; i++) A[i] *= t / p;
      project(A, ranges[i + 1], m);
      matrices.push(A);
      const GM = new Float64Array(m * m);
      product(GM, below, M, m, m, m);
      M = new Float64Array(m * m);
      product(M, A, GM, m, m, m);
    });
    const map = new Float64Array(m * r);
    product(map, M, first, m, m, r);
    return { matrices, map };
  };

  const size = (X: Float64Array): number => {
    let most = 0;
    for (let i = 0; i < X.length; i++) most = Math.max(most, Math.abs(X[i]) * Math.sqrt(values[i % r]));
    return most;
  };
  const limit = NEXT_TERM * size(target);
  /** What is no number is too large. */
  const isEarly = (t: number): boolean => size(at(t).map) <= limit;
  return { at, until: limit > 0 ? lastOf(isEarly) : Number.POSITIVE_INFINITY };
}

/** The last time at which something holds that holds from the beginning until then; infinite if it holds for ever. */
function lastOf(holds: (t: number) => boolean): number {
  let early = 1;
  for (let i = 0; i < DOUBLINGS && !holds(early); i++) early /= 2;
  let late = early;
  for (let i = 0; i < DOUBLINGS && holds(late); i++) late *= 2;
  if (holds(late)) return Number.POSITIVE_INFINITY;
  for (let i = 0; i < HALVINGS; i++) {
    const middle = early + (late - early) / 2;
    if (holds(middle)) early = middle;
    else late = middle;
  }
  return early;
}
