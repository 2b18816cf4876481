import type { ResolvedProblem } from './types.ts';

/**
 * A learning rule: which vector f carries the error back to the first layer, W_k ← W_k − (η₁/√N) f_k g'(λ_k) e x.
 * A problem takes the name of one in the table below, or a rule of one's own as a value:
 *
 *     const mixture: Rule = {
 *       name: 'mixture',
 *       needsFeedback: true,
 *       signal: (v, F, f) => {
 *         for (let k = 0; k < f.length; k++) f[k] = 0.5 * v[k] + 0.5 * F[k];
 *       },
 *     };
 *     integrate({ ...problem, rule: mixture });
 *
 * In two layers feedback alignment and direct feedback alignment are the same rule.
 */
export interface Rule {
  readonly name: string;
  /** Whether a problem with this rule must give the fixed feedback weights F. */
  readonly needsFeedback: boolean;
  /**
   * Writes f for output weights v and feedback weights F, which is empty where the problem gives none. Called anew for
   * every state of a curve, and before every step of a student: every f[k] is to be written each time, v and F never. f
   * may depend on v and F and on nothing else.
   */
  signal(v: Float64Array, F: Float64Array, f: Float64Array): void;
  /**
   * Where f is always one of the two vectors: which. The fast kernels send back one or the other, so students by a rule
   * without this are trained by the readable reference.
   */
  readonly sends?: 'v' | 'F';
}

/** Not `set`: for a few numbers the call costs more than the copy. */
function copy(from: Float64Array, to: Float64Array): void {
  for (let k = 0; k < to.length; k++) to[k] = from[k];
}

const bp: Rule = { name: 'bp', needsFeedback: false, signal: (v, _F, f) => copy(v, f), sends: 'v' };

const dfa: Rule = { name: 'dfa', needsFeedback: true, signal: (_v, F, f) => copy(F, f), sends: 'F' };

/** Every rule of the program by the name that problem files use. */
export const rules: Readonly<Record<string, Rule>> = { bp, dfa };

export const isBuiltIn = (rule: string | Rule): rule is string => typeof rule === 'string';

export function ruleOf(rule: string | Rule): Rule {
  return isBuiltIn(rule) ? rules[rule] : rule;
}

export const ruleName = (rule: string | Rule): string => ruleOf(rule).name;

/** What a problem's rule sends back: writes f for output weights v. */
export function signalOf({ rule, feedback }: ResolvedProblem): (v: Float64Array, f: Float64Array) => void {
  const known = ruleOf(rule);
  const F = Float64Array.from(feedback ?? []);
  return (v, f) => known.signal(v, F, f);
}
