import type { ResolvedProblem } from './types.ts';

/**
 * A learning rule: which vector f carries the error back to the first layer, W_k ← W_k − (η₁/√N) f_k g'(λ_k) e x.
 * Adding one is one entry here. In two layers feedback alignment and direct feedback alignment are the same rule.
 */
export interface Rule {
  readonly name: string;
  /** Whether the rule needs the fixed feedback weights F. */
  readonly needsFeedback: boolean;
  /** f for output weights v and feedback weights F; returns one of the two, no copy. */
  signal(v: Float64Array, F: Float64Array): Float64Array;
}

const bp: Rule = { name: 'bp', needsFeedback: false, signal: (v) => v };

const dfa: Rule = { name: 'dfa', needsFeedback: true, signal: (_v, F) => F };

/** Every rule by the name that problem files use. */
export const rules: Readonly<Record<string, Rule>> = { bp, dfa };

/** The vector that a problem's rule sends back for output weights v: v itself, or the problem's feedback. */
export function signalOf({ rule, feedback }: ResolvedProblem, v: Float64Array): Float64Array {
  return rules[rule].signal(v, Float64Array.from(feedback ?? []));
}
