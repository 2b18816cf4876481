import type { Activation, Covariance, SumKernel } from './activation.ts';

/* g(x) = x: every average is a moment of the Gaussian itself. */

function sumKernel(n: number, K: number): SumKernel {
  const Cw = new Float64Array(n);
  return (C, w, out) => {
    let wCw = 0;
    for (let b = 0; b < n; b++) {
      let sum = 0;
      for (let j = 0; j < n; j++) sum += C[b * n + j] * w[j];
      Cw[b] = sum;
      wCw += w[b] * sum;
    }
    for (let k = 0; k < K; k++) {
      out.I2[k] = Cw[k];
      for (let b = 0; b < n; b++) out.I3[k * n + b] = Cw[b];
      for (let l = 0; l < K; l++) {
        out.I4[k * K + l] = wCw;
        out.J2[k * K + l] = 1;
      }
    }
  };
}

/** g(x) = x. */
export const linear: Activation = {
  name: 'linear',
  g: (x) => x,
  dg: () => 1,
  I2: (C: Covariance, a, b) => C[a][b],
  I3: (C: Covariance, _a, b, c) => C[b][c],
  I4: (C: Covariance, _a, _b, c, d) => C[c][d],
  J2: () => 1,
  sumKernel,
  symmetry: { signFlip: true, rescaling: true },
  smoothAtZero: true,
};
