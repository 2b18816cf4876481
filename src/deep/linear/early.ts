import { power } from '../../numbers/index.ts';
import { product, productT } from '../../numbers/matrix.ts';
import type { Moments } from './moments.ts';

/** The beginning of a curve from zero weights: A_l = K_l t^{p_l}. */
export interface EarlyPowers {
  /** K_1 of n_L × n_0 (in the axes of the moments), K_2 … K_L of n_L × n_L. */
  coefficients: Float64Array[];
  /** p_l = 2^{l−1}. */
  powers: number[];
  /** Before this time the next term is below rounding; infinite where nothing moves. */
  until: number;
}

/** The relative size of the next term at the time `until`. */
const NEXT_TERM = 1e-18;

/**
 * While outputs are small, e = −y: then A_1 = Σ_yx t, and from dA_l/dt = Σ_yx C_{l−1}ᵀ each layer follows as a power of
 * t. For DRTP the hidden layers follow these powers for all time. With orthogonal feedback K_l = c_l (Σ_yx
 * Σ_yxᵀ)^{2^{l−2}}; printed with the power l − 1 in Refinetti et al. 2021, eq. 56.
 */
export function earlyPowers(
  { outputs: m, rank: r, values, target }: Moments,
  G: readonly Float64Array[],
): EarlyPowers {
  const first = target.map((t, at) => t * values[at % r]);
  const S = new Float64Array(m * m);
  productT(S, first, first, m, r, m);
  const coefficients = [first];
  const powers = [1];
  /** M_l = A_l G_{l−1} … A_2 G_1, and its power of t. */
  let M = Float64Array.from({ length: m * m }, (_, i) => (i % (m + 1) === 0 ? 1 : 0));
  let order = 0;
  for (const below of G) {
    const p = order + 2;
    const K = new Float64Array(m * m);
    productT(K, S, M, m, m, m);
    for (let i = 0; i < K.length; i++) K[i] /= p;
    coefficients.push(K);
    powers.push(p);
    const GM = new Float64Array(m * m);
    product(GM, below, M, m, m, m);
    M = new Float64Array(m * m);
    product(M, K, GM, m, m, m);
    order += p;
  }
  const C = new Float64Array(m * r);
  product(C, M, first, m, m, r);
  const size = (X: Float64Array): number =>
    Math.sqrt(X.reduce((sum, x, at) => sum + x * x * values[at % r], 0));
  return { coefficients, powers, until: power((NEXT_TERM * size(target)) / size(C), 1 / (order + 1)) };
}

/** A_1 … A_L at a time of the beginning. */
export const earlyMatrices = ({ coefficients, powers }: EarlyPowers, t: number): Float64Array[] =>
  coefficients.map((K, l) => K.map((k) => k * power(t, powers[l])));
