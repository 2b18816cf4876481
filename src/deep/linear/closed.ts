import { Matrix, SingularValueDecomposition } from 'ml-matrix';
import { powerOfTwo } from '../../numbers/bits.ts';
import { power } from '../../numbers/index.ts';
import { productT, rowsOf } from '../../numbers/matrix.ts';
import { AlignodeError } from '../../support/error.ts';
import { dataOf } from '../data/index.ts';
import { type DeepProblem, deepRules, resolveDeepProblem } from '../problem/index.ts';
import { earlyPowers } from './early.ts';
import { type Moments, momentsOf, trace } from './moments.ts';
import { grams, requireTheory, startsReduced } from './plan.ts';

/* What is known of DFA, FA and DRTP from zero weights without integrating. */

/** A_l = K_l t^{p_l} at the beginning. */
export interface DeepEarlyTimes {
  /** K_2 … K_L, of n_L × n_L, and their powers 2^{l−1}. */
  coefficients: number[][][];
  powers: number[];
  /** Up to this time the next term is below rounding; hidden layers by DRTP follow the powers for all time. */
  until: number;
}

/**
 * How the alignment matrices begin: with the covariance Σ_yx of targets and inputs, in the order of the layers. With
 * orthogonal feedback K_l = c_l (Σ_yx Σ_yxᵀ)^{2^{l−2}}, c_l = c_1 … c_{l−1}/2^{l−1}. Refinetti et al. 2021, eq. 56,
 * prints the power l − 1, which is right for l = 2 and 3 only, and t in place of t^{2^{l−1}}.
 */
export function deepEarlyTimes(problem: DeepProblem): DeepEarlyTimes {
  const { moments, G } = fromZero(problem);
  const { at, until } = earlyPowers(moments, G);
  const [, ...coefficients] = at(1).matrices;
  return {
    coefficients: coefficients.map((K) => rowsOf(K, moments.outputs, moments.outputs)),
    powers: coefficients.map((_, i) => powerOfTwo(i + 1)),
    until,
  };
}

/** Where a network ends that learns by DFA or FA. */
export interface DeepEndPoint {
  /** The loss of the least-squares map: what no linear network can fit. */
  loss: number;
  /** That map, n_L × n_0: of all that fit best, the smallest. */
  map: number[][];
  /** A_2 … A_L there, where the modes of the targets are decoupled; otherwise null. */
  alignmentMatrices: number[][][] | null;
}

/**
 * Networks that start from zero weights end at the least-squares map T̂ that vanishes along inputs without variance; of
 * the many products that make it, learning takes one. Where feedback is orthogonal or ideal and the right singular
 * vectors of T̂ = U s Vᵀ are axes in which inputs are uncorrelated, each mode moves alone: a = (A_1)_i by ȧ = λ(s −
 * γ_L a^{2^L−1}), and dA_l/da depends on a only. So
 *
 *     A_l = U diag(γ_{l−1} a^{2^{l−1}}/2^{l−1}) Uᵀ,   a = (s/γ_L)^{1/(2^L−1)},   γ_l = g_{l−1} γ_{l−1}²/2^{l−1},
 *
 * γ_1 = 1, with G_l = g_l·1: at the end A_l is U s^{2^{l−1}/(2^L−1)} Uᵀ but for a factor, better conditioned than the
 * targets, and the worse the higher the layer.
 */
export function deepEndPoint(problem: DeepProblem): DeepEndPoint {
  const { moments, G, rule } = fromZero(problem);
  if (deepRules[rule].hidden(1).from === 'targets')
    throw new AlignodeError('not-available', `rule: found "${rule}"; its weights grow without end`, {
      path: 'rule',
    });
  const { outputs: m, rank, axes, target, residual } = moments;
  const inputs = axes.length / rank;
  const map = new Float64Array(m * inputs);
  productT(map, target, axes, m, rank, inputs);
  return {
    loss: 0.5 * trace(residual, m),
    map: rowsOf(map, m, inputs),
    alignmentMatrices: decoupled(moments) ? endMatrices(moments, G) : null,
  };
}

/**
 * The alignment matrix of layer l by DRTP to first order in Σ_x − 1 and TTᵀ − 1, but for a factor that grows with time:
 * 1 + 2^{l−2} (TTᵀ − 1 + 2T(Σ_x − 1)Tᵀ). Refinetti et al. 2021, eq. 57, prints l − 1 in place of 2^{l−2}.
 */
export function drtpFirstOrder(T: number[][], covariance: number[][], l: number): number[][] {
  const m = T.length;
  const n = covariance.length;
  const factor = powerOfTwo(l - 2);
  return Array.from({ length: m }, (_, i) =>
    Array.from({ length: m }, (_, j) => {
      let sum = 0;
      for (let a = 0; a < n; a++) {
        sum -= T[i][a] * T[j][a];
        for (let b = 0; b < n; b++) sum += 2 * T[i][a] * covariance[a][b] * T[j][b];
      }
      return (i === j ? 1 : 0) + factor * (sum - (i === j ? 1 : 0));
    }),
  );
}

function fromZero(problem: DeepProblem): { moments: Moments; G: Float64Array[]; rule: string } {
  const resolved = resolveDeepProblem(problem);
  requireTheory(resolved);
  if (!startsReduced(resolved))
    throw new AlignodeError(
      'not-available',
      'network.init: this is known for dfa, fa and drtp from zero weights: use "init": "zero" and one of these rules',
      { path: 'network.init' },
    );
  const moments = momentsOf(dataOf(resolved), false);
  return { moments, G: grams(resolved, moments.outputs), rule: resolved.rule };
}

/** Relative to the largest, below which an element counts as zero. */
const ROUNDING = 1e-10;

/** Whether T̂ᵀT̂ and Λ have common axes. */
function decoupled({ outputs: m, rank: r, values, target }: Moments): boolean {
  const element = (i: number, j: number): number => {
    let sum = 0;
    for (let k = 0; k < m; k++) sum += target[k * r + i] * target[k * r + j];
    return sum;
  };
  let largest = 0;
  for (let i = 0; i < r; i++) largest = Math.max(largest, element(i, i) * values[i]);
  for (let i = 0; i < r; i++)
    for (let j = 0; j < i; j++)
      if (Math.abs(element(i, j) * (values[j] - values[i])) > ROUNDING * largest) return false;
  return true;
}

function endMatrices(
  { outputs: m, rank: r, target }: Moments,
  G: readonly Float64Array[],
): number[][][] | null {
  const scales = G.map((one) => one[0]);
  const isMultiple = G.every((one, l) =>
    one.every((x, at) => Math.abs(x - (at % (m + 1) === 0 ? scales[l] : 0)) <= ROUNDING * scales[l]),
  );
  if (!isMultiple) return null;
  const { values, U } = singular(target, m, r);
  const L = G.length + 1;
  const gamma = [1];
  for (let l = 2; l <= L; l++) gamma.push((scales[l - 2] * gamma[l - 2] ** 2) / powerOfTwo(l - 1));
  const a = values.map((s) => power(s / gamma[L - 1], 1 / (powerOfTwo(L) - 1)));
  return G.map((_, i) => {
    const p = powerOfTwo(i + 1);
    const modes = a.map((x) => (gamma[i] * power(x, p)) / p);
    return Array.from({ length: m }, (_, j) =>
      Array.from({ length: m }, (_, k) => modes.reduce((sum, mode, q) => sum + U[j][q] * mode * U[k][q], 0)),
    );
  });
}

/**
 * Singular values, exactly 0 where they are 0 to rounding, and left vectors. Not from T̂T̂ᵀ: rounding would leave a root
 * of 1e-8 in place of 0, and of that small powers are taken.
 */
function singular(target: Float64Array, m: number, r: number): { values: number[]; U: number[][] } {
  if (r === 0) return { values: [], U: [] };
  const rows = Array.from({ length: m }, (_, i) => Array.from(target.subarray(i * r, (i + 1) * r)));
  const { diagonal, leftSingularVectors } = new SingularValueDecomposition(new Matrix(rows), {
    autoTranspose: true,
  });
  const least = 4 * Number.EPSILON * Math.max(m, r) * Math.max(...diagonal);
  return { values: diagonal.map((s) => (s > least ? s : 0)), U: leftSingularVectors.to2DArray() };
}
