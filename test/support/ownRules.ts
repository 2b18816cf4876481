import type { Rule } from '../../src/index.ts';

type Component = (v: number, F: number, k: number) => number;

/** A rule whose f_k is a function of v_k and F_k. */
export const ruleWith = (name: string, f: Component, more: Partial<Rule> = {}): Rule => ({
  name,
  needsFeedback: true,
  signal: (v, F, out) => {
    for (let k = 0; k < out.length; k++) out[k] = f(v[k], F[k], k);
  },
  ...more,
});

export const GAMMA = 0.3;

/** f = (1 − γ) v + γ F. */
export const mixture = ruleWith('mixture', (v, F) => (1 - GAMMA) * v + GAMMA * F);
