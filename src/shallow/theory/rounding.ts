import { activations } from '../gaussian/index.ts';
import { diagonalOfQ, layoutOf, type ResolvedProblem, signalOf } from '../problem/index.ts';

/** In units of the machine precision; what a converged curve shows is about 1. */
const NOISE = 8;

/**
 * Tells whether every component of dy/dα at y is no larger than the rounding of the terms it is summed from: then
 * the state has stopped, as far as these numbers can say. The size of the terms is bounded by Cauchy–Schwarz with
 * |g'| ≤ 1, as |I3(k,b,j)| ≤ √C_bb √I2(j,j).
 */
export function stillness(
  problem: ResolvedProblem,
): (y: ArrayLike<number>, dy: ArrayLike<number>) => boolean {
  const shape = layoutOf(problem);
  const { K, M } = shape;
  const { I2 } = activations[problem.activation];
  const { learningRate: eta1, secondLayerRate: eta2, weightDecay, noise } = problem;
  const meanSquare = (variance: number): number =>
    Math.sqrt(Math.max(0, I2([[Math.max(0, variance)]], 0, 0)));
  const { T, A } = problem.teacher;
  const teacherOutput = A.reduce((sum, a, m) => sum + Math.abs(a) * meanSquare(T[m][m]), 0);
  const length = T.map((row, m) => Math.sqrt(row[m]));
  const diagonal = diagonalOfQ(shape);

  const v = new Float64Array(K);
  const signal = new Float64Array(K);
  const send = signalOf(problem);
  const f = (k: number): number => Math.abs(signal[k]);

  return (y, dy) => {
    let output = teacherOutput;
    for (let k = 0; k < K; k++) {
      v[k] = y[shape.v + k];
      output += Math.abs(v[k]) * meanSquare(y[diagonal[k]]);
    }
    send(v, signal);
    const small = (i: number, size: number): boolean => Math.abs(dy[i]) <= NOISE * Number.EPSILON * size;
    let at = 0;
    for (let k = 0; k < K; k++)
      for (let l = k; l < K; l++) {
        const drift = f(k) * Math.sqrt(Math.abs(y[diagonal[l]])) + f(l) * Math.sqrt(Math.abs(y[diagonal[k]]));
        const size =
          eta1 * output * drift +
          eta1 * eta1 * f(k) * f(l) * (output * output + noise * noise) +
          2 * weightDecay[0] * Math.abs(y[at]);
        if (!small(at++, size)) return false;
      }
    for (let k = 0; k < K; k++)
      for (let m = 0; m < M; m++)
        if (!small(at, eta1 * f(k) * output * length[m] + weightDecay[0] * Math.abs(y[at++]))) return false;
    for (let k = 0; k < K; k++)
      if (!small(at, eta2 * output * meanSquare(y[diagonal[k]]) + weightDecay[1] * Math.abs(y[at++])))
        return false;
    return true;
  };
}
