import { dot, product, productT } from '../../numbers/matrix.ts';
import type { Equations, Look, WeightLook } from './equations.ts';
import { type Moments, type TestMoments, trace } from './moments.ts';

/** Alignments of every layer, from the first at index 0, and of all stacked; NaN where there is none. */
export interface LayerAlignments {
  layers: number[];
  total: number;
}

/** What is observed of a network at one time. */
export interface DeepObservables {
  trainLoss: number;
  /** NaN without data to test on. */
  testLoss: number;
  weightAlignment: LayerAlignments;
  gradientAlignment: LayerAlignments;
}

/** ⟨a, b⟩, |a|² and |b|². */
type Products = readonly [cross: number, a: number, b: number];

const cosine = ([cross, a, b]: Products): number => {
  const size = Math.sqrt(a) * Math.sqrt(b);
  return size > 0 ? Math.max(-1, Math.min(1, cross / size)) : Number.NaN;
};

/** `of`: the products of each layer that has an alignment. The total is that of eq. 18, all stacked. */
function aligned(of: readonly (Products | undefined)[], needed: (l: number) => boolean): LayerAlignments {
  const missing = of.some((products, l) => products === undefined && needed(l));
  const sums = [0, 1, 2].map((i) => of.reduce((sum, products) => sum + (products?.[i] ?? 0), 0));
  return {
    layers: of.map((products) => (products === undefined ? Number.NaN : cosine(products))),
    total: missing ? Number.NaN : cosine(sums as unknown as Products),
  };
}

/**
 * The loss ½⟨|e|²⟩, the weight alignment ∠(F_l F_{l−1}ᵀ, W_l) of the layers above the first, and the gradient alignment
 * of the hidden layers, the cosine of δa_l by the rule with that by BP over all examples. With D_l and B_l as in `Look`
 *
 *     GA_l = tr(D_lᵀB_l ⟨e sᵀ⟩) / √(tr(D_lᵀD_l ⟨s sᵀ⟩) tr(B_lᵀB_l ⟨e eᵀ⟩)).
 */
export function observer(
  { error, look }: Equations,
  moments: Moments,
  test: TestMoments | undefined,
  sends: 'error' | 'targets',
): (y: ArrayLike<number>) => DeepObservables {
  const { outputs: m, rank: r, values, target, residual } = moments;
  const Delta = new Float64Array(m * r);
  const scaled = new Float64Array(m * r);
  const half = new Float64Array(m * r);
  const ee = new Float64Array(m * m);
  const es = new Float64Array(m * m);
  const fitted = new Float64Array(m * m);
  productT(
    fitted,
    target.map((t, at) => t * values[at % r]),
    target,
    m,
    r,
    m,
  );
  const yy = fitted.map((x, i) => x + residual[i]);
  /** λ_j and √λ_j of every element of Δ. */
  const lambda = target.map((_, at) => values[at % r]);
  const roots = lambda.map(Math.sqrt);
  const unfitted = trace(residual, m);

  return (y) => {
    for (let i = 0; i < Delta.length; i++) Delta[i] = y[error.from + i];
    // e is measured in units of its own size: squares of errors of 1e-200 are no numbers.
    let square = unfitted;
    for (let at = 0; at < Delta.length; at++)
      square = Math.max(square, (Math.abs(Delta[at]) * roots[at]) ** 2);
    let unit = Math.sqrt(square);
    if (unit === 0)
      for (let at = 0; at < Delta.length; at++) unit = Math.max(unit, Math.abs(Delta[at]) * roots[at]);
    const by = unit > 0 ? 1 / unit : 0;
    for (let at = 0; at < Delta.length; at++) {
      scaled[at] = Delta[at] * by;
      half[at] = scaled[at] * lambda[at];
    }
    // ⟨eeᵀ⟩ = ΔΛΔᵀ + ⟨rrᵀ⟩, and ⟨eyᵀ⟩ = ΔΛT̂ᵀ − ⟨rrᵀ⟩.
    productT(ee, half, scaled, m, r, m);
    for (let i = 0; i < ee.length; i++) ee[i] += residual[i] * by * by;
    if (sends === 'targets') {
      productT(es, half, target, m, r, m);
      for (let i = 0; i < es.length; i++) es[i] = residual[i] * by - es[i];
    }
    const { signals, weights }: Look = look(y);
    const [sent, both] = sends === 'error' ? [ee, ee] : [yy, transposed(es, m)];
    const gradients = signals.map(
      ({ cross, rule, bp }): Products => [dot(cross, both), dot(rule, sent), dot(bp, ee)],
    );
    return {
      trainLoss: 0.5 * unit * unit * trace(ee, m),
      testLoss: testLoss(),
      weightAlignment: aligned([undefined, ...weights.map((one) => one && productsOf(one))], (l) => l > 0),
      gradientAlignment: aligned([...gradients, undefined], (l) => l < gradients.length),
    };
  };

  function testLoss(): number {
    if (test === undefined) return Number.NaN;
    product(half, Delta, test.Sigma, m, r, r);
    return 0.5 * (dot(half, Delta) - 2 * dot(Delta, test.cross) + test.square);
  }
}

const productsOf = ({ cross, feedback, weights }: WeightLook): Products => [cross, feedback, weights];

/** ⟨e sᵀ⟩ of ⟨s eᵀ⟩. */
function transposed(S: Float64Array, m: number): Float64Array {
  const T = new Float64Array(m * m);
  for (let i = 0; i < m; i++) for (let j = 0; j < m; j++) T[j * m + i] = S[i * m + j];
  return T;
}
