import { addProduct, dot, identity, product, productT, tProduct, transpose } from '../../numbers/matrix.ts';
import { choleskyOfRows } from '../../numbers/positive.ts';
import { symmetricEigen } from './eigen.ts';
import { blocksOf, type Equations, type Look, viewOf, type WeightLook } from './equations.ts';
import type { Moments } from './moments.ts';

/**
 * DFA from zero weights (Refinetti et al. 2021, section 2.1; DRTP and, with F_l = B_l … B_{L−1}, FA likewise): for all
 * time
 *
 *     W_1 = F_1 A_1,   W_l = F_l A_l F_{l−1}ᵀ,   W_L = A_L F_{L−1}ᵀ,
 *
 * so that n_L × n_0 + (L − 1) n_L² unknowns do for any widths. With G_l = F_lᵀF_l, M_1 = 1 and M_l = A_l G_{l−1} M_{l−1}
 * the network's map is C = M_L A_1, and
 *
 *     dA_1/dt = −E,   dA_l/dt = −E A_1ᵀ M_{l−1}ᵀ,   E = (C − T̂)Λ;
 *
 * for DRTP −Σ_yx stands for E, but in the output layer. Of layers with fewer units than outputs, F_l is blind to a part
 * of E, which is left out of A_l: it would grow for ever, and no weight would know of it. Δ = C − T̂ is integrated beside
 * them, dΔ/dt = Ṁ_L A_1 + M_L Ȧ_1, as it goes to zero while C does not: its digits would be lost.
 */
export function reducedEquations(
  { outputs: m, rank: r, values, target }: Moments,
  G: readonly Float64Array[],
  sends: 'error' | 'targets',
): Equations {
  const L = G.length + 1;
  const layers = blocksOf([[m, r], ...G.map(() => [m, m] as const)]);
  const error = { from: m * r + (L - 1) * m * m, rows: m, columns: r };
  const size = error.from + m * r;

  const state = new Float64Array(size);
  const change = new Float64Array(size);
  const A = layers.map((block) => viewOf(state, block));
  const dA = layers.map((block) => viewOf(change, block));
  const Delta = viewOf(state, error);
  const dDelta = viewOf(change, error);
  /** λ_j of every element of E. */
  const lambda = target.map((_, at) => values[at % r]);
  const driven = target.map((t, at) => t * lambda[at]);
  const E = new Float64Array(m * r);
  const square = (): Float64Array => new Float64Array(m * m);
  const [X, XOfTargets, GM, GdM] = [square(), square(), square(), square()];
  const areOne = G.map((one) => one.every((x, at) => x === (at % (m + 1) === 0 ? 1 : 0)));
  /** G_{l−1} M, in `out` where it is not M itself. */
  const byG = (out: Float64Array, l: number, M: Float64Array): Float64Array => {
    if (areOne[l - 1]) return M;
    product(out, G[l - 1], M, m, m, m);
    return out;
  };
  const ranges = G.map((one) => rangeOf(one, m));
  const M = Array.from({ length: L }, () => identity(m));
  const dM = Array.from({ length: L }, square);

  const motion: Equations['motion'] = (y, dy) => {
    state.set(y);
    for (let at = 0; at < E.length; at++) E[at] = Delta[at] * lambda[at];
    for (let at = 0; at < E.length; at++) dA[0][at] = sends === 'error' || L === 1 ? -E[at] : driven[at];
    project(dA[0], ranges[0], m);
    productT(X, E, A[0], m, r, m);
    if (sends === 'targets') {
      productT(XOfTargets, driven, A[0], m, r, m);
      for (let i = 0; i < m * m; i++) XOfTargets[i] = -XOfTargets[i];
    }
    for (let l = 1; l < L; l++) {
      const source = sends === 'targets' && l < L - 1 ? XOfTargets : X;
      // M_1 = 1 does not move.
      if (l === 1) dA[l].set(source);
      else productT(dA[l], source, M[l - 1], m, m, m);
      for (let i = 0; i < m * m; i++) dA[l][i] = -dA[l][i];
      project(dA[l], ranges[l], m);
      const below = l === 1 ? G[0] : byG(GM, l, M[l - 1]);
      product(M[l], A[l], below, m, m, m);
      product(dM[l], dA[l], below, m, m, m);
      if (l > 1) addProduct(dM[l], A[l], byG(GdM, l, dM[l - 1]), m, m, m);
    }
    product(dDelta, dM[L - 1], A[0], m, m, r);
    addProduct(dDelta, M[L - 1], dA[0], m, m, r);
    for (let i = 0; i < size; i++) dy[i] = change[i];
  };

  const sizes = [...G.map((one) => longest(one, m)), 1];
  const units = sizes.map((size, l) => size * (l > 0 ? sizes[l - 1] : 1));
  return { kind: 'reduced', size, layers, units, error, motion, look: looker(A, state, G, m) };
}

/** A variance of the outputs of this size, relative to the largest, is rounding. */
const BLIND = 1e-14;

/** The projector onto what F sees, with G = FᵀF; undefined where that is all. */
export function rangeOf(G: Float64Array, m: number): Float64Array | undefined {
  const { values, vector } = symmetricEigen(G, m);
  const least = BLIND * m * Math.max(...values);
  if (values.every((value) => value > least)) return undefined;
  const P = new Float64Array(m * m);
  values.forEach((value, k) => {
    if (value > least)
      for (let at = 0; at < P.length; at++) P[at] += vector(Math.floor(at / m), k) * vector(at % m, k);
  });
  return P;
}

/** A becomes P A; a projector that is undefined leaves it as it is. */
export function project(A: Float64Array, P: Float64Array | undefined, m: number): void {
  if (P !== undefined) product(A, P, A.slice(), m, m, A.length / m);
}

/** The length of the longest column of F, with G = FᵀF. */
function longest(G: Float64Array, m: number): number {
  let most = 0;
  for (let i = 0; i < m; i++) most = Math.max(most, G[i * m + i]);
  return Math.sqrt(most);
}

/**
 * BP's signals are F_l D_l e with D_{L−1} = A_Lᵀ and D_l = A_{l+1}ᵀ G_{l+1} D_{l+1}; the rule's are F_l s. In place of F_l
 * stands a root of G_l = F_lᵀF_l, which is F_l but for a rotation.
 */
function looker(
  A: readonly Float64Array[],
  state: Float64Array,
  G: readonly Float64Array[],
  m: number,
): (y: ArrayLike<number>) => Look {
  const L = A.length;
  const square = (): Float64Array => new Float64Array(m * m);
  const signals = G.map((one) => {
    const rule = square();
    transpose(rule, choleskyOfRows(one, m), m, m);
    return { rule, bp: square() };
  });
  const D = G.map(square);
  const weights: WeightLook[] = Array.from({ length: L }, () => ({ cross: 0, feedback: 0, weights: 0 }));
  const [above, left, right, GG] = [square(), square(), square(), square()];

  return (y) => {
    state.set(y);
    for (let l = L - 2; l >= 0; l--) {
      if (l === L - 2) above.set(identity(m));
      else product(above, G[l + 1], D[l + 1], m, m, m);
      tProduct(D[l], A[l + 1], above, m, m, m);
      product(signals[l].bp, signals[l].rule, D[l], m, m, m);
    }
    for (let l = 1; l < L; l++) {
      const below = G[l - 1];
      const own = l < L - 1 ? G[l] : identity(m);
      const found = weights[l];
      // tr(G_l A_l G_{l−1}), tr(G_l G_{l−1}) and tr(A_lᵀ G_l A_l G_{l−1}); G_L = 1. Both G are symmetric.
      product(left, own, A[l], m, m, m);
      product(right, A[l], below, m, m, m);
      product(GG, own, below, m, m, m);
      found.cross = dot(left, below);
      found.weights = dot(left, right);
      found.feedback = 0;
      for (let i = 0; i < m; i++) found.feedback += GG[i * m + i];
    }
    return { signals, weights: weights.slice(1) };
  };
}
