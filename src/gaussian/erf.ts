import errorFunction from '@stdlib/math-base-special-erf';
import type { Activation, Covariance, SumKernel } from './activation.ts';
import { arcsine } from './arcsine.ts';
import { differenceOfProducts } from './differenceOfProducts.ts';

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
  return (2 / Math.PI) * Math.asin(C[a][b] / Math.sqrt((1 + C[a][a]) * (1 + C[b][b])));
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
    ((4 / Math.PI ** 2) * Math.asin(cd / Math.sqrt((1 + cc) * (1 + dd)))) /
    Math.sqrt((1 + C[a][a]) * (1 + bb))
  );
}

/** A trial step of the integrator may leave the positive cone: a variance is then read as zero, never as NaN. */
const onePlus = (x: number): number => (x > 0 ? 1 + x : 1);

/**
 * The same sums with everything shared: for a pair (k,l) the covariance after both tilts is
 * C_cd − u_c u_d − y_c y_d, so one (c,d) costs two multiply-adds, a scaling and the arcsine that is unavoidable,
 * and (c,d), (k,l) are each visited once.
 */
function sumKernel(n: number, K: number): SumKernel {
  const s = new Float64Array(n);
  const u = new Float64Array(n);
  const y = new Float64Array(n);
  const p = new Float64Array(n);
  const z = new Float64Array(n);
  return (C, w, out, diagonalOnly = false) => {
    for (let j = 0; j < n; j++) s[j] = 1 / Math.sqrt(onePlus(C[j * n + j]));
    for (let k = 0; k < K; k++) {
      const row = k * n;
      const sk = s[k];

      let sum2 = 0;
      for (let j = 0; j < n; j++) sum2 += w[j] * arcsine(C[row + j] * sk * s[j]);
      out.I2[k] = (2 / Math.PI) * sum2;

      // The tilt by g'(x_k): C → C − u uᵀ.
      let wu = 0;
      for (let j = 0; j < n; j++) {
        u[j] = C[row + j] * sk;
        p[j] = w[j] / Math.sqrt(onePlus(C[j * n + j] - u[j] * u[j]));
        wu += p[j] * u[j];
      }
      for (let b = 0; b < n; b++) {
        const offset = b * n;
        let sum3 = 0;
        for (let j = 0; j < n; j++) sum3 += C[offset + j] * p[j];
        out.I3[row + b] = (2 / Math.PI) * sk * (sum3 - u[b] * wu);
      }

      const end = diagonalOnly ? k + 1 : K;
      for (let l = k; l < end; l++) {
        // The tilt by g'(x_l) on top: C → C − u uᵀ − y yᵀ.
        const rowL = l * n;
        const ul = u[l];
        const tl = 1 / Math.sqrt(onePlus(C[rowL + l] - ul * ul));
        for (let c = 0; c < n; c++) {
          y[c] = (C[rowL + c] - ul * u[c]) * tl;
          const variance = C[c * n + c] - u[c] * u[c] - y[c] * y[c];
          z[c] = 1 / Math.sqrt(onePlus(variance));
          p[c] = arcsine(variance > 0 ? variance * z[c] * z[c] : 0);
        }
        let sum4 = 0;
        for (let c = 0; c < n; c++) {
          const offset = c * n;
          const uc = u[c];
          const yc = y[c];
          const zc = z[c];
          let sum = 0;
          for (let d = 0; d < c; d++)
            sum += w[d] * arcsine((C[offset + d] - uc * u[d] - yc * y[d]) * zc * z[d]);
          sum4 += w[c] * (2 * sum + w[c] * p[c]);
        }
        const value = (4 / Math.PI ** 2) * sk * tl * sum4;
        out.I4[k * K + l] = value;
        out.I4[l * K + k] = value;
        const j2 = (2 / Math.PI) * sk * tl;
        out.J2[k * K + l] = j2;
        out.J2[l * K + k] = j2;
      }
    }
  };
}

export const erf: Activation = {
  name: 'erf',
  g: (x) => errorFunction(x * Math.SQRT1_2),
  dg: (x) => Math.sqrt(2 / Math.PI) * Math.exp(-0.5 * x * x),
  I2,
  I3,
  I4,
  J2,
  sumKernel,
  symmetry: { signFlip: true, rescaling: false },
  smoothAtZero: true,
};
