import { dot, product } from '../../numbers/matrix.ts';
import { choleskyOfRows } from '../../numbers/positive.ts';
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
 * of the hidden layers, the cosine of δa_l by the rule with that by BP over all examples. With D_l and B_l as in `Look`,
 * ⟨e sᵀ⟩ = Z_e Z_sᵀ and so on,
 *
 *     GA_l = ⟨B_l Z_e, D_l Z_s⟩ / (|B_l Z_e| |D_l Z_s|).
 *
 * From ⟨eeᵀ⟩ itself a signal would be lost that is 1e-8 of the weights times the errors: as BP's is where an error is left
 * that a narrow layer cannot get at.
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
  /** λ_j and √λ_j of every element of Δ. */
  const lambda = target.map((_, at) => values[at % r]);
  const roots = lambda.map(Math.sqrt);
  const rest = choleskyOfRows(residual, m);
  /** Of n_L × (rank + n_L): Z_e, and Z_s for s = −y. */
  const width = r + m;
  const Ze = new Float64Array(m * width);
  const Zy = new Float64Array(m * width);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < r; j++) Zy[i * width + j] = -target[i * r + j] * roots[j];
    for (let j = 0; j < m; j++) Zy[i * width + r + j] = -rest[i * m + j];
  }
  const unfitted = trace(residual, m);

  const map = new Float64Array(m * r);
  /** ⟨y xᵀ⟩ of the test. */
  const withTargets = new Float64Array(m * r);
  if (test !== undefined) {
    product(withTargets, target, test.Sigma, m, r, r);
    for (let at = 0; at < m * r; at++) withTargets[at] += test.cross[at];
  }

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
    // e = Δx − r.
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < r; j++) Ze[i * width + j] = scaled[i * r + j] * roots[j];
      for (let j = 0; j < m; j++) Ze[i * width + r + j] = -rest[i * m + j] * by;
    }
    const { signals, weights }: Look = look(y);
    const gradients = signals.map(({ rule, bp }): Products => {
      const own = sent(rule, sends === 'error' ? Ze : Zy, m, width);
      const byBp = sent(bp, Ze, m, width);
      return [dot(own, byBp), dot(own, own), dot(byBp, byBp)];
    });
    return {
      trainLoss: 0.5 * unit * unit * meanSquare(by),
      testLoss: testLoss(),
      weightAlignment: aligned([undefined, ...weights.map((one) => one && productsOf(one))], (l) => l > 0),
      gradientAlignment: aligned([...gradients, undefined], (l) => l < gradients.length),
    };
  };

  /** tr⟨eeᵀ⟩ = tr(ΔΛΔᵀ) + tr⟨rrᵀ⟩, in the unit of e. */
  function meanSquare(by: number): number {
    let whole = 0;
    for (let i = 0; i < m; i++) {
      let sum = 0;
      for (let at = i * r; at < (i + 1) * r; at++) sum += half[at] * scaled[at];
      whole += sum + residual[i * m + i] * by * by;
    }
    return whole;
  }

  function testLoss(): number {
    if (test === undefined) return Number.NaN;
    // e = Δx − r = Cx − y: from the one whose terms are smaller. T̂ is large along inputs that hardly vary.
    product(half, Delta, test.Sigma, m, r, r);
    const ofError = dot(half, Delta);
    for (let at = 0; at < map.length; at++) map[at] = Delta[at] + target[at];
    product(half, map, test.Sigma, m, r, r);
    const ofMap = dot(half, map);
    return ofMap + test.targets < ofError + test.square
      ? 0.5 * (ofMap - 2 * dot(map, withTargets) + test.targets)
      : 0.5 * (ofError - 2 * dot(Delta, test.cross) + test.square);
  }
}

const productsOf = ({ cross, feedback, weights }: WeightLook): Products => [cross, feedback, weights];

/** A signal less than this of the sizes of all that is summed in it is rounding. */
const ROUNDING = 16 * Number.EPSILON;

/** D Z; zero where it is zero to rounding. */
function sent(D: Float64Array, Z: Float64Array, m: number, width: number): Float64Array {
  const n = D.length / m;
  const out = new Float64Array(n * width);
  product(out, D, Z, n, m, width);
  const least = dot(out, out) / ROUNDING ** 2;
  // The sizes are no larger together than |D| |Z|, which is found sooner.
  if (least > dot(D, D) * dot(Z, Z)) return out;
  const sizes = new Float64Array(n * width);
  product(sizes, D.map(Math.abs), Z.map(Math.abs), n, m, width);
  return least > dot(sizes, sizes) ? out : out.fill(0);
}
