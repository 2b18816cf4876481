import type { Motion } from '../../ode/index.ts';
import { activations, emptySums, type SumKernel } from '../gaussian/index.ts';
import { fieldsOf, layoutOf, type ResolvedProblem, signalOf } from '../problem/index.ts';

export interface MotionOptions {
  /** Leaves out the terms of order η₁² (and the label noise, which enters there): small learning rates. */
  firstOrder?: boolean;
  /** The sums to use in place of the activation's fast ones. */
  kernel?: SumKernel;
}

/**
 * The equations of motion for N → ∞, dy/dα of the order parameters y (see `Layout`; Saad & Solla 1995; Biehl & Schwarze 1995; for f = F, Refinetti et al. 2021).
 * Students and teachers form one index set with signed output weights w = (v, −A); f = v for BP, F for DFA, and what
 * `Rule.signal` makes of v and F for any other rule:
 *
 *     dR_km/dα = −η₁ f_k Σ_j w_j I3(k,m,j)                                   − κ₁ R_km
 *     dQ_kl/dα = −η₁ Σ_j w_j [f_k I3(k,l,j) + f_l I3(l,k,j)]                 − 2κ₁ Q_kl
 *                + η₁² f_k f_l [Σ_j Σ_j' w_j w_j' I4(k,l,j,j') + σ² J2(k,l)]
 *     dv_k/dα  = −η₂ Σ_j w_j I2(k,j)                                         − κ₂ v_k
 */
export function equationsOfMotion(problem: ResolvedProblem, options: MotionOptions = {}): Motion {
  const { K, M, n } = layoutOf(problem);
  const eta1 = problem.learningRate;
  const eta2 = problem.trainSecondLayer ? problem.secondLayerRate : 0;
  const kappa1 = problem.weightDecay[0];
  const kappa2 = problem.trainSecondLayer ? problem.weightDecay[1] : 0;
  const square = options.firstOrder ? 0 : eta1 * eta1;
  const variance = problem.noise ** 2;
  const sumUp = options.kernel ?? activations[problem.activation].sumKernel(n, K);

  const { C, w, v, load } = fieldsOf(problem);
  const f = new Float64Array(K);
  const send = signalOf(problem);
  const sums = emptySums(n, K);
  const { I2, I3, I4, J2 } = sums;

  return (y, dy) => {
    load(y);
    send(v, f);
    sumUp(C, w, sums);
    let at = 0;
    for (let k = 0; k < K; k++)
      for (let l = k; l < K; l++) {
        dy[at] =
          square * f[k] * f[l] * (I4[k * K + l] + variance * J2[k * K + l]) -
          eta1 * (f[k] * I3[k * n + l] + f[l] * I3[l * n + k]) -
          2 * kappa1 * y[at];
        at++;
      }
    for (let k = 0; k < K; k++)
      for (let m = 0; m < M; m++) {
        dy[at] = -eta1 * f[k] * I3[k * n + K + m] - kappa1 * y[at];
        at++;
      }
    for (let k = 0; k < K; k++) {
      dy[at] = -eta2 * I2[k] - kappa2 * y[at];
      at++;
    }
  };
}
