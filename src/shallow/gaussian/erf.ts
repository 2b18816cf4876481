import { arcsine, erf as errorFunction, exp } from '../../numbers/index.ts';
import type { Activation, Covariance, SumKernel } from './activation.ts';
import { differenceOfProducts } from './differenceOfProducts.ts';
import { readableSums } from './readableSums.ts';

/*
 * g(x) = erf(x/√2), with the averages of Saad & Solla (Phys. Rev. E 52, 4225, 1995) in the arcsine form of
 * Goldt et al. (NeurIPS 2019, supplement).
 *
 * g'(x) = √(2/π) exp(−x²/2) keeps a Gaussian Gaussian: an average with a factor g'(x_a) is one over the
 * covariance C − C_a C_aᵀ/(1+C_aa), times √(2/π)/√(1+C_aa). Every closed form below is that step, once for I3,
 * twice for I4, and then the arcsine law for what remains.
 */

/** Element (b,c) of C − C_a C_aᵀ/(1+C_aa), without cancellation where b or c is a. */
function tilted(C: Covariance, a: number, b: number, c: number): number {
  return (C[b][c] + differenceOfProducts(C[a][a], C[b][c], C[a][b], C[a][c])) / (1 + C[a][a]);
}

function I2(C: Covariance, a: number, b: number): number {
  return (2 / Math.PI) * arcsine(C[a][b] / Math.sqrt((1 + C[a][a]) * (1 + C[b][b])));
}

function I3(C: Covariance, a: number, b: number, c: number): number {
  return ((2 / Math.PI) * tilted(C, a, b, c)) / Math.sqrt((1 + C[a][a]) * (1 + tilted(C, a, c, c)));
}

function J2(C: Covariance, a: number, b: number): number {
  return 2 / Math.PI / Math.sqrt((1 + C[a][a]) * (1 + tilted(C, a, b, b)));
}

function I4(C: Covariance, a: number, b: number, c: number, d: number): number {
  const bb = tilted(C, a, b, b);
  const bc = tilted(C, a, b, c);
  const bd = tilted(C, a, b, d);
  const twice = (ij: number, bi: number, bj: number): number =>
    (ij + differenceOfProducts(bb, ij, bi, bj)) / (1 + bb);
  const cd = twice(tilted(C, a, c, d), bc, bd);
  const cc = twice(tilted(C, a, c, c), bc, bc);
  const dd = twice(tilted(C, a, d, d), bd, bd);
  return (
    ((4 / Math.PI ** 2) * arcsine(cd / Math.sqrt((1 + cc) * (1 + dd)))) / Math.sqrt((1 + C[a][a]) * (1 + bb))
  );
}

/** A trial step of the integrator may leave the positive cone: a variance is then read as zero, never as NaN. */
const onePlus = (x: number): number => (x > 0 ? 1 + x : 1);

/** The rounding of the fast sums is about this times the machine precision. */
const HUGE = 1e4;

/**
 * The same sums with everything shared: for a pair (k,l) the covariance after both tilts is
 * C_cd − u_c u_d − y_c y_d, so one (c,d) costs two multiply-adds, a scaling and the arcsine that is unavoidable,
 * and (c,d), (k,l) are each visited once.
 *
 * The loops over arcsines are functions of their own, which write what they find instead of returning it: so the
 * compiler inlines the arcsine into each, and no number is put on the heap.
 */
function sumKernel(n: number, K: number): SumKernel {
  /** 1/√(1+C_jj) as given, and u, y, 1/√(1+C_jj) after each tilt. */
  const s = new Float64Array(n);
  const u = new Float64Array(n);
  const y = new Float64Array(n);
  const s1 = new Float64Array(n);
  const s2 = new Float64Array(n);
  const exact = readableSums(erf, n, K);
  return (C, w, out, diagonalOnly = false) => {
    // Subtracting the tilts loses digits where variances are huge, as for a diverging student: then one average at a
    // time.
    for (let j = 0; j < n; j++) if (C[j * n + j] > HUGE) return exact(C, w, out);
    for (let j = 0; j < n; j++) s[j] = 1 / Math.sqrt(onePlus(C[j * n + j]));
    for (let k = 0; k < K; k++) {
      const row = k * n;
      sumI2(C, row, s, w, out.I2, k);

      // The tilt by g'(x_k): C → C − u uᵀ.
      for (let j = 0; j < n; j++) u[j] = C[row + j] * s[k];
      for (let j = 0; j < n; j++) s1[j] = 1 / Math.sqrt(onePlus(C[j * n + j] - u[j] * u[j]));
      sumI3(C, u, s1, s[k], w, out.I3, row);

      const end = diagonalOnly ? k + 1 : K;
      for (let l = k; l < end; l++) {
        // The tilt by g'(x_l) on top: C → C − u uᵀ − y yᵀ.
        const scale = s1[l];
        for (let c = 0; c < n; c++) {
          y[c] = (C[l * n + c] - u[l] * u[c]) * scale;
          s2[c] = 1 / Math.sqrt(onePlus(C[c * n + c] - u[c] * u[c] - y[c] * y[c]));
        }
        sumI4(C, u, y, s2, w, (4 / Math.PI ** 2) * s[k] * scale, out.I4, k * K + l);
        out.I4[l * K + k] = out.I4[k * K + l];
        out.J2[k * K + l] = out.J2[l * K + k] = (2 / Math.PI) * s[k] * scale;
      }
    }
  };
}

type Vector = Float64Array;

function sumI2(C: Vector, row: number, s: Vector, w: Vector, out: Vector, at: number): void {
  const sk = s[at];
  let sum = 0;
  for (let j = 0; j < w.length; j++) sum += w[j] * arcsine(C[row + j] * sk * s[j]);
  out[at] = (2 / Math.PI) * sum;
}

/** Σ_j w_j s1_j (C_bj − u_b u_j) for every b: a matrix times a vector. */
function sumI3(C: Vector, u: Vector, s1: Vector, sk: number, w: Vector, out: Vector, at: number): void {
  const n = w.length;
  let wu = 0;
  for (let j = 0; j < n; j++) wu += w[j] * s1[j] * u[j];
  for (let b = 0; b < n; b++) {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += C[b * n + j] * w[j] * s1[j];
    out[at + b] = (2 / Math.PI) * sk * (sum - u[b] * wu);
  }
}

/** Σ_c Σ_d w_c w_d asin(ρ_cd) over the twice tilted covariance, each pair once. */
function sumI4(
  C: Vector,
  u: Vector,
  y: Vector,
  s2: Vector,
  w: Vector,
  factor: number,
  out: Vector,
  at: number,
): void {
  const n = w.length;
  let sum = 0;
  for (let c = 0; c < n; c++) {
    const uc = u[c];
    const yc = y[c];
    const sc = s2[c];
    const wc = w[c];
    // Twice the pairs d < c, once d = c.
    for (let d = 0; d <= c; d++) {
      const weight = d < c ? 2 * wc * w[d] : wc * wc;
      sum += weight * arcsine((C[c * n + d] - uc * u[d] - yc * y[d]) * sc * s2[d]);
    }
  }
  out[at] = factor * sum;
}

/** g(x) = erf(x/√2). */
export const erf: Activation = {
  name: 'erf',
  g: (x) => errorFunction(x * Math.SQRT1_2),
  dg: (x) => Math.sqrt(2 / Math.PI) * exp(-0.5 * x * x),
  I2,
  I3,
  I4,
  J2,
  sumKernel,
  symmetry: { signFlip: true, rescaling: false },
  smoothAtZero: true,
};
