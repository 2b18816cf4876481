import { exp } from '../../numbers/index.ts';
import { AlignodeError } from '../../support/error.ts';
import { activations } from '../gaussian/index.ts';
import { type Problem, resolveProblem, type Student, signalOf } from '../problem/index.ts';

/** The leading order of the curve in α. */
export interface EarlyTimes {
  /** dR_km/dα, dQ_kl/dα at α = 0 and d²v_k/dα² there without decay. */
  R: number[][];
  Q: number[][];
  v: number[];
  /** The leading order of the curve: R = Ṙ α, Q = Q̇ α, v = v(0) exp(−κ₂α) + v̈ α²/2. */
  at(alpha: number): Student;
}

/**
 * How learning begins from zero first-layer weights, to leading order in α, for an activation that is smooth at 0.
 * With f the rule's signal at the start (F for DFA), sums over teacher units and field 0 of variance zero:
 *
 *     Ṙ_km = η₁ f_k Σ_n A_n I3(0,m,n)
 *     Q̇_kl = η₁² f_k f_l [Σ_n Σ_n' A_n A_n' I4(0,0,n,n') + σ² J2(0,0)]
 *     v̈_k  = η₂ [Σ_n A_n Ṙ_kn I3(0,n,n)/T_nn − Σ_l v_l Q̇_kl g'(0)²]
 *
 * f must be continuous at v(0), as it is for BP and DFA. For erf, T = 1 and v(0) = 0:
 * Ṙ_km = (√2/π) η A_m F_k, Q̇_kl = (2/3π) η² ‖A‖² F_k F_l, v̇_k = (2/π²) η² ‖A‖² F_k α.
 * (Eq. 29 of Refinetti et al. 2021 prints (2/π) η² (A_k² + A_l²) F_k F_l for Q̇.)
 */
export function earlyTimes(problem: Problem): EarlyTimes {
  const p = resolveProblem(problem);
  const activation = activations[p.activation];
  if (!activation.smoothAtZero)
    throw new AlignodeError(
      'not-available',
      `activation: ${p.activation} has no derivative at 0, so a unit with zero weights has no direction to start in; use an activation that is smooth at 0`,
      { path: 'activation' },
    );
  if ([...p.student.Q, ...p.student.R].flat().some((x) => x !== 0))
    throw new AlignodeError(
      'not-available',
      'student: early times are those from zero weights; set Q and R to 0',
      {
        path: 'student',
      },
    );
  const { T, A } = p.teacher;
  const { v } = p.student;
  const M = A.length;
  const f = new Float64Array(v.length);
  signalOf(p)(Float64Array.from(v), f);
  // Field 0 is a student of zero weights, fields 1 … M the teacher.
  const C = [new Array<number>(M + 1).fill(0), ...T.map((row) => [0, ...row])];
  const force = A.map((_, m) => A.reduce((sum, a, n) => sum + a * activation.I3(C, 0, m + 1, n + 1), 0));
  const power =
    A.reduce(
      (sum, a, n) => sum + a * A.reduce((inner, b, m) => inner + b * activation.I4(C, 0, 0, n + 1, m + 1), 0),
      0,
    ) +
    p.noise ** 2 * activation.J2(C, 0, 0);
  const gain = A.map((a, n) => (T[n][n] > 0 ? (a * activation.I3(C, 0, n + 1, n + 1)) / T[n][n] : 0));
  const eta2 = p.trainSecondLayer ? p.secondLayerRate : 0;
  const kappa2 = p.trainSecondLayer ? p.weightDecay[1] : 0;
  const slope2 = activation.dg(0) ** 2;

  const R = Array.from(f, (fk) => force.map((x) => p.learningRate * fk * x));
  const Q = Array.from(f, (fk) => Array.from(f, (fl) => p.learningRate ** 2 * fk * fl * power));
  const acceleration = v.map(
    (_, k) =>
      eta2 *
      (gain.reduce((sum, x, n) => sum + x * R[k][n], 0) -
        v.reduce((sum, vl, l) => sum + vl * Q[k][l] * slope2, 0)),
  );
  return {
    R,
    Q,
    v: acceleration,
    at: (alpha) => ({
      R: R.map((row) => row.map((x) => x * alpha)),
      Q: Q.map((row) => row.map((x) => x * alpha)),
      v: v.map((x, k) => x * exp(-kappa2 * alpha) + 0.5 * acceleration[k] * alpha * alpha),
    }),
  };
}
