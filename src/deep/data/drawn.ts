import { cholesky } from '../../numbers/positive.ts';
import { normals, STREAMS } from '../../random/index.ts';
import type { GaussianSpec, LinearTeacherSpec } from '../problem/index.ts';
import { type ExampleRows, emptyRows } from './examples.ts';
import type { Law } from './law.ts';

/* Sets that are laws. Places of `STREAMS.deepData`: example i has its inputs at step i + FIRST, its targets' noise as student 1 there. */

const TEACHER = 2;
const FIRST = 3;

/** Eq. 20 of Refinetti et al. 2021: the targets do not depend on the inputs. */
export function gaussianLaw({ inputs, alpha, beta }: GaussianSpec): Law {
  const shared = alpha * (1 - beta);
  return {
    inputs,
    outputs: 2,
    Sigma: diagonal(new Array<number>(inputs).fill(1)),
    T: new Float64Array(2 * inputs),
    noise: Float64Array.of(1, shared, shared, alpha * alpha),
  };
}

export function teacherLaw({ T, covariance, noise = 0 }: LinearTeacherSpec, widths: readonly number[]): Law {
  const inputs = Array.isArray(T) ? T[0].length : widths[0];
  const outputs = Array.isArray(T) ? T.length : widths[widths.length - 1];
  return {
    inputs,
    outputs,
    Sigma:
      covariance === undefined
        ? diagonal(new Array<number>(inputs).fill(1))
        : Array.isArray(covariance[0])
          ? Float64Array.from(covariance.flat())
          : diagonal(covariance as number[]),
    T: Array.isArray(T) ? Float64Array.from(T.flat()) : drawTeacher(outputs, inputs, T.seed),
    noise: diagonal(new Array<number>(outputs).fill(noise * noise)),
  };
}

/** Normal elements of variance 1/n_0: outputs of inputs of variance 1 have variance 1. */
function drawTeacher(outputs: number, inputs: number, seed: number): Float64Array {
  const T = new Float64Array(outputs * inputs);
  normals(T, T.length, seed, TEACHER, 0, STREAMS.deepData);
  return T.map((x) => x / Math.sqrt(inputs));
}

function diagonal(values: readonly number[]): Float64Array {
  const n = values.length;
  const D = new Float64Array(n * n);
  values.forEach((x, i) => {
    D[i * n + i] = x;
  });
  return D;
}

/** So many examples of a law. */
export function drawExamples(
  { inputs, outputs, Sigma, T, noise }: Law,
  count: number,
  seed: number,
): ExampleRows {
  const rows = emptyRows(count, inputs, outputs);
  const ofInputs = rootOf(Sigma, inputs);
  const ofNoise = rootOf(noise, outputs);
  const z = new Float64Array(inputs);
  const w = new Float64Array(outputs);
  for (let i = 0; i < count; i++) {
    const x = rows.x.subarray(i * inputs, (i + 1) * inputs);
    const y = rows.y.subarray(i * outputs, (i + 1) * outputs);
    normals(z, inputs, seed, FIRST + i, 0, STREAMS.deepData);
    normals(w, outputs, seed, FIRST + i, 1, STREAMS.deepData);
    ofInputs(z, x);
    ofNoise(w, y);
    for (let j = 0; j < outputs; j++) for (let k = 0; k < inputs; k++) y[j] += T[j * inputs + k] * x[k];
  }
  return rows;
}

/** Writes L z with L Lᵀ = C into out. */
function rootOf(C: Float64Array, n: number): (z: Float64Array, out: Float64Array) => void {
  const isDiagonal = C.every((c, at) => c === 0 || at % (n + 1) === 0);
  if (isDiagonal) {
    const root = Float64Array.from({ length: n }, (_, i) => Math.sqrt(C[i * n + i]));
    return (z, out) => {
      for (let i = 0; i < n; i++) out[i] = root[i] * z[i];
    };
  }
  const L = cholesky(C, n);
  return (z, out) => {
    for (let i = 0; i < n; i++) {
      out[i] = 0;
      for (let j = 0; j < n; j++) out[i] += L[i * n + j] * z[j];
    }
  };
}
