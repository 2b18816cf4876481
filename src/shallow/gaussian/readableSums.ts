import type { Activation, SumKernel } from './activation.ts';

/** The sums as theory writes them, one average at a time: the truth that every fast kernel is tested against. */
export function readableSums(activation: Activation, n: number, K: number): SumKernel {
  return (C, w, out) => {
    const rows = Array.from({ length: n }, (_, i) => C.subarray(i * n, (i + 1) * n));
    for (let k = 0; k < K; k++) {
      out.I2[k] = 0;
      for (let j = 0; j < n; j++) out.I2[k] += w[j] * activation.I2(rows, k, j);
      for (let b = 0; b < n; b++) {
        out.I3[k * n + b] = 0;
        for (let j = 0; j < n; j++) out.I3[k * n + b] += w[j] * activation.I3(rows, k, b, j);
      }
      for (let l = 0; l < K; l++) {
        out.J2[k * K + l] = activation.J2(rows, k, l);
        let sum = 0;
        for (let i = 0; i < n; i++)
          for (let j = 0; j < n; j++) sum += w[i] * w[j] * activation.I4(rows, k, l, i, j);
        out.I4[k * K + l] = sum;
      }
    }
  };
}
