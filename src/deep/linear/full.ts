import { addProduct, dot, gram, identity, product, productT, transpose } from '../../numbers/matrix.ts';
import type { DeepRule } from '../problem/index.ts';
import { blocksOf, type Equations, type Look, viewOf, type WeightLook } from './equations.ts';
import type { Moments } from './moments.ts';

/**
 * Gradient flow of a linear network by a rule, from any start. A rule's signals are δa_l = D_l s with D_l of n_l × n_L
 * and s = e, or −y for DRTP; so with Y_l = W_L … W_l, X_0 = E and X_l = X_{l−1} W_lᵀ
 *
 *     dW_l/dt = −D_l X_{l−1},   E = (C − T̂)Λ,   dΔ/dt = Σ_l Y_{l+1} Ẇ_l W_{l−1} … W_1
 *
 * (X of −y, not of e, where the rule sends it). BP's own D_l are Y_{l+1}ᵀ. The first layer is that of the uncorrelated
 * inputs, W_1 U.
 */
export function fullEquations(
  { outputs: m, rank: r, values, target }: Moments,
  widths: readonly number[],
  rule: DeepRule,
  feedback: readonly Float64Array[],
): Equations {
  const L = widths.length - 1;
  const n = [r, ...widths.slice(1)];
  const layers = blocksOf(Array.from({ length: L }, (_, l) => [n[l + 1], n[l]] as const));
  const last = layers[L - 1];
  const error = { from: last.from + last.rows * last.columns, rows: m, columns: r };
  const size = error.from + m * r;

  const state = new Float64Array(size);
  const change = new Float64Array(size);
  const W = layers.map((block) => viewOf(state, block));
  const dW = layers.map((block) => viewOf(change, block));
  const Delta = viewOf(state, error);
  const dDelta = viewOf(change, error);
  /** λ_j of every element of E. */
  const lambda = target.map((_, at) => values[at % r]);
  const driven = target.map((t, at) => -t * lambda[at]);
  /** Y[l] = W_L … W_{l+1}, of n_L × n_l, and its change. */
  const Y = n.map((width) => new Float64Array(m * width));
  const dY = n.map((width) => new Float64Array(m * width));
  Y[L].set(identity(m));
  const X = n.map((width) => new Float64Array(m * width));
  const XOfTargets = n.map((width) => new Float64Array(m * width));
  const D = n.map((width) => new Float64Array(width * m));
  D[L].set(identity(m));
  const sendsTargets = L > 1 && rule.hidden(1).from === 'targets';
  const isFixed = fixedSignals(widths, m, rule, feedback).map((F, l) => {
    if (F !== undefined) D[l].set(F);
    return F !== undefined;
  });

  /** Products of weights from the outputs down, and the rule's D_l. */
  const carry = (): void => {
    for (let l = L - 1; l >= 1; l--) product(Y[l], Y[l + 1], W[l], m, n[l + 1], n[l]);
    for (let l = L - 1; l >= 1; l--)
      if (isFixed[l]) continue;
      else if (rule.hidden(l).from === 'above') transpose(D[l], Y[l], m, n[l]);
      else D[l].fill(0);
    for (let l = 2; l < L; l++)
      if (rule.hidden(l).from === 'below') product(D[l], W[l - 1], D[l - 1], n[l], n[l - 1], m);
  };

  const motion: Equations['motion'] = (y, dy) => {
    state.set(y);
    carry();
    for (let at = 0; at < Delta.length; at++) X[0][at] = Delta[at] * lambda[at];
    if (sendsTargets) XOfTargets[0].set(driven);
    for (let l = 1; l < L; l++) {
      productT(X[l], X[l - 1], W[l - 1], m, n[l - 1], n[l]);
      if (sendsTargets) productT(XOfTargets[l], XOfTargets[l - 1], W[l - 1], m, n[l - 1], n[l]);
    }
    for (let l = 1; l <= L; l++) {
      const source = sendsTargets && l < L ? XOfTargets : X;
      product(dW[l - 1], D[l], source[l - 1], n[l], m, n[l - 1]);
    }
    for (let i = 0; i < error.from; i++) change[i] = -change[i];
    for (let l = L - 1; l >= 0; l--) {
      product(dY[l], Y[l + 1], dW[l], m, n[l + 1], n[l]);
      if (l < L - 1) addProduct(dY[l], dY[l + 1], W[l], m, n[l + 1], n[l]);
    }
    dDelta.set(dY[0]);
    for (let i = 0; i < size; i++) dy[i] = change[i];
  };

  const signals = D.slice(1, L).map((rule) => ({ rule, bp: new Float64Array(rule.length) }));
  const lookAtWeights = weightLooks(widths, m, rule, feedback);
  const look = (y: ArrayLike<number>): Look => {
    state.set(y);
    carry();
    // BP's is Y_lᵀ.
    signals.forEach(({ bp }, i) => {
      transpose(bp, Y[i + 1], m, n[i + 1]);
    });
    return { signals, weights: lookAtWeights(W) };
  };
  return { kind: 'full', size, layers, units: layers.map(() => 1), error, motion, look };
}

/** D_l of the layers whose signal takes no weights: F_l, or B_l … B_{L−1}; undefined for the others. */
function fixedSignals(
  widths: readonly number[],
  m: number,
  rule: DeepRule,
  feedback: readonly Float64Array[],
): (Float64Array | undefined)[] {
  const L = widths.length - 1;
  const fixed: (Float64Array | undefined)[] = new Array(L + 1);
  const F = toOutputs(widths, m, rule, feedback);
  for (let l = 1; l < L; l++) fixed[l] = rule.hidden(l).by === 'F' ? F[l - 1] : undefined;
  return fixed;
}

/** F_1 … F_{L−1}, from the outputs to each hidden layer: for FA, B_l … B_{L−1}. */
export function toOutputs(
  widths: readonly number[],
  m: number,
  rule: DeepRule,
  feedback: readonly Float64Array[],
): Float64Array[] {
  if (rule.feedback !== 'layers') return [...feedback];
  const F = feedback.slice();
  for (let i = F.length - 2; i >= 0; i--) {
    F[i] = new Float64Array(widths[i + 1] * m);
    product(F[i], feedback[i], F[i + 1], widths[i + 1], widths[i + 2], m);
  }
  return F;
}

/** ⟨F_l F_{l−1}ᵀ, W_l⟩ and the squared lengths; of the output layer with F_{L−1}ᵀ alone. */
function weightLooks(
  widths: readonly number[],
  m: number,
  rule: DeepRule,
  feedback: readonly Float64Array[],
): (W: readonly Float64Array[]) => (WeightLook | undefined)[] {
  const L = widths.length - 1;
  const F = toOutputs(widths, m, rule, feedback);
  const grams = F.map((one, i) => gram(one, widths[i + 1], m));
  return (W) =>
    Array.from({ length: L - 1 }, (_, i) => {
      const l = i + 2;
      const below = F[l - 2];
      if (below === undefined || (l < L && F[l - 1] === undefined)) return undefined;
      const moved = new Float64Array(widths[l] * m);
      product(moved, W[l - 1], below, widths[l], widths[l - 1], m);
      const own = l < L ? F[l - 1] : identity(m);
      return {
        cross: dot(own, moved),
        feedback: l < L ? dot(grams[l - 1], grams[l - 2]) : dot(identity(m), grams[l - 2]),
        weights: dot(W[l - 1], W[l - 1]),
      };
    });
}
