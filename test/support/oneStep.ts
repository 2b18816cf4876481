import { activations, type ResolvedProblem } from '../../src/index.ts';

/** The local fields that a standard normal input makes on weight vectors, and what one example does on average. */
export interface Network {
  problem: ResolvedProblem;
  /** Weight vectors over √N, in an orthonormal basis of their span. */
  students: number[][];
  teachers: number[][];
}

/**
 * What one example x (its coordinates in that basis) does to the order parameters, times N, by the update of the
 * weights itself: W_k/√N moves by −(η₁/N) f_k g'(λ_k) e x − (κ₁/N) W_k/√N, and |x|² = N. Order as in the layout of y.
 * Label noise enters squared only; `e` is without it and its mean square is added.
 */
export function changeByOneExample({ problem: p, students, teachers }: Network, x: number[]): number[] {
  const { g, dg } = activations[p.activation];
  const field = (weights: number[]): number => weights.reduce((sum, w, i) => sum + w * x[i], 0);
  const lambda = students.map(field);
  const nu = teachers.map(field);
  const { v } = p.student;
  const e =
    lambda.reduce((sum, l, k) => sum + v[k] * g(l), 0) -
    nu.reduce((sum, n, m) => sum + p.teacher.A[m] * g(n), 0);
  const f = p.rule === 'bp' ? v : (p.feedback ?? []);
  // The coefficient of x in the step of each unit.
  const push = lambda.map((l, k) => -p.learningRate * f[k] * dg(l));
  const [kappa1, kappa2] = p.weightDecay;
  const dQ = lambda.flatMap((_, k) =>
    lambda
      .slice(k)
      .map(
        (_l, j) =>
          push[k] * e * lambda[k + j] +
          push[k + j] * e * lambda[k] +
          push[k] * push[k + j] * (e * e + p.noise ** 2) -
          2 * kappa1 * p.student.Q[k][k + j],
      ),
  );
  const dR = lambda.flatMap((_, k) => nu.map((n, m) => push[k] * e * n - kappa1 * p.student.R[k][m]));
  const dv = lambda.map((l, k) => (p.trainSecondLayer ? -p.secondLayerRate * g(l) * e - kappa2 * v[k] : 0));
  return [...dQ, ...dR, ...dv];
}
