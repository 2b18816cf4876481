import { AlignodeError } from '../../support/error.ts';
import type { ResolvedProblem } from './types.ts';

/**
 * A learning rule: which vector f carries the error back to the first layer, W_k ← W_k − (η₁/√N) f_k g'(λ_k) e x.
 * Adding one is one entry here; `defineRule` adds one from outside. In two layers feedback alignment and direct feedback
 * alignment are the same rule.
 */
export interface Rule {
  readonly name: string;
  /** Whether a problem with this rule must give the fixed feedback weights F. */
  readonly needsFeedback: boolean;
  /**
   * Writes f for output weights v and feedback weights F, which is empty where the problem gives none. Called anew for every
   * state of a curve, and before every step of a student, with f not a number: every f[k] is to be written each time. f may
   * depend on v and F and on nothing else.
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

/** The rules that were defined in this process (see `defineRule`). */
export const ownRules = new Map<string, Rule>();

export const isBuiltIn = (name: string): boolean => Object.hasOwn(rules, name);

export const ruleNames = (): string[] => [...Object.keys(rules), ...ownRules.keys()];

export function ruleOf(name: string): Rule {
  const rule = isBuiltIn(name) ? rules[name] : ownRules.get(name);
  if (rule === undefined)
    throw new AlignodeError('not-available', `rule: nobody has defined "${name}" in this process`, {
      path: 'rule',
    });
  return rule;
}

/** What a name means now, for work that goes on in turns of the event loop, between which it may be defined anew. */
export interface HeldRule {
  isSame(): boolean;
  /** Fails if the name means another rule by now: what is at hand may be of both. */
  check(): void;
}

export function holdRule(name: string, meanwhile: string): HeldRule {
  const held = ruleOf(name);
  const isSame = (): boolean => ruleOf(name) === held;
  const check = (): void => {
    if (isSame()) return;
    throw new AlignodeError(
      'interrupted',
      `rule: "${name}" was defined anew while ${meanwhile}; wait for the result first, or give the other rule another name`,
      { path: 'rule' },
    );
  };
  return { isSame, check };
}

/** What a problem's rule sends back: writes f for output weights v. */
export function signalOf({ rule, feedback }: ResolvedProblem): (v: Float64Array, f: Float64Array) => void {
  const known = ruleOf(rule);
  const F = Float64Array.from(feedback ?? []);
  return (v, f) => known.signal(v, F, f);
}
