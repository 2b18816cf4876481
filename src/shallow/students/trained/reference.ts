import { normals, STREAMS } from '../../../random/index.ts';
import { activations } from '../../gaussian/index.ts';
import { layoutOf, type ResolvedProblem } from '../../problem/index.ts';
import { type Backend, type Batch, trainedWork } from '../backend.ts';
import { dot } from '../dot.ts';
import { watchedSignalOf } from '../signal.ts';
import { initialWeights, readOverlaps } from './weights.ts';

/**
 * The trained student, readable and in double precision: the truth that every other backend is tested against. One
 * example x ~ N(0, 1)^N at a time, with all right-hand sides taken before the step (Saad & Solla 1995; with f = F,
 * Refinetti et al. 2021):
 *
 *     λ_k = W_k·x/√N,   ν_m = W̃_m·x/√N,   e = Σ_k v_k g(λ_k) − Σ_m A_m g(ν_m) − σζ,
 *     W_k ← W_k − (η₁/√N) f_k g'(λ_k) e x − (κ₁/N) W_k,
 *     v_k ← v_k − (η₂/N) g(λ_k) e − (κ₂/N) v_k.
 *
 * The input of step s is the place (seed, s) of the stream `inputs`, the label noise that of `labelNoise`.
 */
function start([problem]: readonly ResolvedProblem[], N: number, [seed]: readonly number[]): Batch {
  const shape = layoutOf(problem);
  const { K, M } = shape;
  const { g, dg } = activations[problem.activation];
  const { learningRate: eta1, secondLayerRate: eta2, noise: sigma, trainSecondLayer } = problem;
  const [kappa1, kappa2] = problem.weightDecay;
  const A = problem.teacher.A;

  const { students: W, teachers } = initialWeights(problem, N, seed);
  const v = Float64Array.from(problem.student.v);
  const f = new Float64Array(K);
  const send = watchedSignalOf(problem);
  const x = new Float64Array(N);
  const zeta = new Float64Array(1);
  const lambda = new Float64Array(K);
  let step = 0;

  const field = (weights: Float64Array): number => dot(weights, x) / Math.sqrt(N);
  const readInput = (place: number, stream: number): void => normals(x, N, seed, place, 0, stream);

  /** Finds the fields of x; returns ŷ − y without noise. */
  const error = (): number => {
    let e = 0;
    for (let k = 0; k < K; k++) {
      lambda[k] = field(W[k]);
      e += v[k] * g(lambda[k]);
    }
    for (let m = 0; m < M; m++) e -= A[m] * g(field(teachers[m]));
    return e;
  };

  const learn = (): void => {
    readInput(step, STREAMS.inputs);
    let e = error();
    if (sigma > 0) {
      normals(zeta, 1, seed, step, 0, STREAMS.labelNoise);
      e -= sigma * zeta[0];
    }
    send(v, f);
    for (let k = 0; k < K; k++) {
      const move = (eta1 / Math.sqrt(N)) * f[k] * dg(lambda[k]) * e;
      for (let i = 0; i < N; i++) W[k][i] -= move * x[i] + (kappa1 / N) * W[k][i];
    }
    if (trainSecondLayer)
      for (let k = 0; k < K; k++) v[k] -= (eta2 / N) * g(lambda[k]) * e + (kappa2 / N) * v[k];
    step++;
  };

  return {
    advance: (steps) => {
      for (let i = 0; i < steps; i++) learn();
    },
    read: (_lane, y) => readOverlaps(shape, N, W, teachers, v, y),
    sampledError: (_lane, count) => {
      let sum = 0;
      for (let i = 0; i < count; i++) {
        readInput(i, STREAMS.testSet);
        sum += 0.5 * error() ** 2;
      }
      return sum / count;
    },
    weights: () => ({ W, v }),
  };
}

export const trainedReference: Backend = {
  lanes: 1,
  missing: () => undefined,
  work: trainedWork,
  memory: (K, M, N) => 8 * N * (2 * (K + M) + 1),
  start,
};
