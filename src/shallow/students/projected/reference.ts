import { chiSquare, normals, STREAMS } from '../../../random/index.ts';
import { activations } from '../../gaussian/index.ts';
import { layoutOf, type ResolvedProblem } from '../../problem/index.ts';
import { axesOf } from '../axes.ts';
import { type Backend, type Batch, projectedWork } from '../backend.ts';
import { dot } from '../dot.ts';
import { watchedSignalOf } from '../signal.ts';

/**
 * The projected student, readable: the overlaps of a trained student are by themselves a Markov chain at any finite N ≥
 * K + M, because the inputs are rotation invariant, and this steps that chain, exactly in law, at a cost that does not
 * depend on N. (The observation and this form of it are the project's own; docs/students.md has the proof.)
 *
 * W_k/√N is known by its coordinates in M axes that span the teachers (P, K × M) and in K axes for the rest (L, lower
 * triangular), so that Q = PPᵀ + LLᵀ. An input has standard normal coordinates z in these axes and √χ²(N − M − K) along
 * one more that holds all the rest of it. The step adds c_k times these coordinates to row k, c_k = −(η₁/N) f_k g'(λ_k)
 * e, which turns [L | 0] into K × (K + 1); a rotation of the axes brings it back to a lower triangle. Overlaps are
 * never subtracted from each other, so residuals that shrink to nothing keep their digits.
 *
 * The coordinates of step s are the place (seed, s) of the streams `inputs` and `projectedChiSquare`.
 */
function start([problem]: readonly ResolvedProblem[], N: number, [seed]: readonly number[]): Batch {
  const { K, M, n, R: ofR, v: ofV } = layoutOf(problem);
  const { g, dg } = activations[problem.activation];
  const { learningRate: eta1, secondLayerRate: eta2, noise: sigma, trainSecondLayer } = problem;
  const [kappa1, kappa2] = problem.weightDecay;
  const A = problem.teacher.A;

  const axes = axesOf(problem);
  const row = (i: number, from: number, to: number): Float64Array => axes.slice(i * n + from, i * n + to);
  const teachers = Array.from({ length: M }, (_, m) => row(K + m, 0, M));
  const P = Array.from({ length: K }, (_, k) => row(k, 0, M));
  /** With the one column more that a step fills and empties again. */
  const L = Array.from({ length: K }, (_, k) => Float64Array.of(...row(k, M, n), 0));
  const v = Float64Array.from(problem.student.v);
  const f = new Float64Array(K);
  const send = watchedSignalOf(problem);

  const z = new Float64Array(n);
  const u = new Float64Array(K + 1);
  const zeta = new Float64Array(1);
  const lambda = new Float64Array(K);
  const c = new Float64Array(K);
  let step = 0;

  /** Finds the fields of z; returns ŷ − y without noise. */
  const error = (): number => {
    let e = 0;
    for (let k = 0; k < K; k++) {
      lambda[k] = 0;
      for (let j = 0; j < M; j++) lambda[k] += P[k][j] * z[j];
      for (let j = 0; j <= k; j++) lambda[k] += L[k][j] * z[M + j];
      e += v[k] * g(lambda[k]);
    }
    for (let m = 0; m < M; m++) {
      let nu = 0;
      for (let j = 0; j <= m; j++) nu += teachers[m][j] * z[j];
      e -= A[m] * g(nu);
    }
    return e;
  };

  const learn = (): void => {
    normals(z, n, seed, step, 0, STREAMS.inputs);
    let e = error();
    if (sigma > 0) {
      normals(zeta, 1, seed, step, 0, STREAMS.labelNoise);
      e -= sigma * zeta[0];
    }
    for (let j = 0; j < K; j++) u[j] = z[M + j];
    u[K] = Math.sqrt(chiSquare(N - n, seed, step, 0, STREAMS.projectedChiSquare, 0));
    send(v, f);
    for (let k = 0; k < K; k++) {
      c[k] = (-eta1 / N) * f[k] * dg(lambda[k]) * e;
      for (let j = 0; j < M; j++) P[k][j] += c[k] * z[j] - (kappa1 / N) * P[k][j];
    }
    addRankOne(L, c, u, 1 - kappa1 / N);
    if (trainSecondLayer)
      for (let k = 0; k < K; k++) v[k] -= (eta2 / N) * g(lambda[k]) * e + (kappa2 / N) * v[k];
    step++;
  };

  return {
    advance: (steps) => {
      for (let i = 0; i < steps; i++) learn();
    },
    read: (_lane, y) => {
      let at = 0;
      for (let k = 0; k < K; k++) for (let l = k; l < K; l++) y[at++] = dot(P[k], P[l]) + dot(L[k], L[l]);
      for (let k = 0; k < K; k++) for (let m = 0; m < M; m++) y[ofR + k * M + m] = dot(P[k], teachers[m]);
      y.set(v, ofV);
    },
    sampledError: (_lane, count) => {
      let sum = 0;
      for (let i = 0; i < count; i++) {
        normals(z, n, seed, i, 0, STREAMS.testSet);
        sum += 0.5 * error() ** 2;
      }
      return sum / count;
    },
  };
}

/**
 * [L | 0] ← ([L | 0]·decay + c uᵀ)·G for some rotation G that makes it a lower triangle beside a column of zeros again:
 * the update of a QR factorisation by a matrix of rank one (Golub & Van Loan, "Matrix Computations", section 6.5).
 * First u is rotated onto the first axis, from the last axis down, which fills the diagonal above L's; then c|u| is
 * added to the first column; then that diagonal is rotated away again, from the first row down.
 */
export function addRankOne(L: Float64Array[], c: Float64Array, u: Float64Array, decay: number): void {
  const K = L.length;
  if (decay !== 1) for (const row of L) for (let j = 0; j < K; j++) row[j] *= decay;
  for (let j = K - 1; j >= 0; j--) {
    u[j] = rotate(L, j, u[j], u[j + 1]);
  }
  for (let k = 0; k < K; k++) L[k][0] += c[k] * u[0];
  for (let k = 0; k < K; k++) {
    rotate(L, k, L[k][k], L[k][k + 1]);
    L[k][k + 1] = 0;
  }
}

/** Squares below this have lost digits to underflow: the direction is then left alone, an error of 1e-145. */
const NOTHING = 1e-290;

/**
 * Rotates columns j and j + 1 of rows j and below, so that the direction (a, b) becomes column j; returns its length.
 */
function rotate(L: Float64Array[], j: number, a: number, b: number): number {
  const square = a * a + b * b;
  const r = Math.sqrt(square);
  if (!(square > NOTHING)) return r;
  const cos = a / r;
  const sin = b / r;
  for (let k = j; k < L.length; k++) {
    const p = L[k][j];
    const q = L[k][j + 1];
    L[k][j] = cos * p + sin * q;
    L[k][j + 1] = cos * q - sin * p;
  }
  return r;
}

export const projectedReference: Backend = {
  lanes: 1,
  missing: () => undefined,
  work: projectedWork,
  memory: (K, M) => 8 * (K + M) * (K + M + 2),
  start,
};
