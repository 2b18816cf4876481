import type { NetworkPlan } from '../backend.ts';
import { RMSPROP } from '../backend.ts';

/** How parameters w move by a gradient g at the rate η; formulas as PyTorch documents them. */
export interface Optimizer {
  /** `moment`: a number of its own for each parameter, which starts at 0; of plain descent, none. */
  move(w: Float64Array, g: Float64Array, rate: number, moment: Float64Array): void;
}

/** w ← w − η g. */
const sgd: Optimizer = {
  move(w, g, rate) {
    for (let i = 0; i < w.length; i++) w[i] -= rate * g[i];
  },
};

/** v ← μ v + g, w ← w − η v. */
const momentum = (mu: number): Optimizer => ({
  move(w, g, rate, v) {
    for (let i = 0; i < w.length; i++) {
      v[i] = mu * v[i] + g[i];
      w[i] -= rate * v[i];
    }
  },
});

/** v ← μ v + g, w ← w − η (g + μ v). */
const nesterov = (mu: number): Optimizer => ({
  move(w, g, rate, v) {
    for (let i = 0; i < w.length; i++) {
      v[i] = mu * v[i] + g[i];
      w[i] -= rate * (g[i] + mu * v[i]);
    }
  },
});

/** s ← ρ s + (1 − ρ) g², w ← w − η g/(√s + ε). */
const rmsprop = (decay: number, epsilon: number): Optimizer => ({
  move(w, g, rate, s) {
    for (let i = 0; i < w.length; i++) {
      s[i] = decay * s[i] + (1 - decay) * g[i] * g[i];
      w[i] -= (rate * g[i]) / (Math.sqrt(s[i]) + epsilon);
    }
  },
});

export function optimizerOf(spec: NetworkPlan['optimizer']): Optimizer {
  if (spec === 'sgd') return sgd;
  if ('momentum' in spec) return (spec.nesterov ? nesterov : momentum)(spec.momentum);
  const { decay, epsilon } = { ...RMSPROP, ...spec.rmsprop };
  return rmsprop(decay, epsilon);
}
