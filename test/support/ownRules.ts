import { defineRule, type Rule } from '../../src/index.ts';

type Component = (v: number, F: number, k: number) => number;

/** Defines a rule whose f_k is a function of v_k and F_k; returns its name. */
export function ruleWith(name: string, f: Component, more: Partial<Rule> = {}): string {
  defineRule({
    name,
    needsFeedback: true,
    signal: (v, F, out) => {
      for (let k = 0; k < out.length; k++) out[k] = f(v[k], F[k], k);
    },
    ...more,
  });
  return name;
}

const past = (v: number): boolean => Math.abs(v) > 0.3;

/** Signals that are right at the start of `smallProblem` and go wrong once |v_1| > 0.3, each with what is found then. */
export const misbehaving: [what: string, found: string, more: Partial<Rule>][] = [
  [
    'writes v',
    'changes v or F; it may write to f only',
    {
      signal: (v, F, f) => {
        f.set(F);
        if (past(v[0])) v[0] = 0;
      },
    },
  ],
  [
    'writes F',
    'changes v or F; it may write to f only',
    {
      signal: (v, F, f) => {
        f.set(F);
        if (past(v[0])) F[1] = -F[1];
      },
    },
  ],
  [
    'writes another f than the F that it sends',
    'writes another f than F, which it says that it sends; leave "sends" out',
    { signal: (v, F, f) => f.set(past(v[0]) ? v : F), sends: 'F' },
  ],
];

/** Writes f_k only where |v_k| is small. */
export const leavingOut = (): string =>
  ruleWith('leaving-out', () => 0, {
    signal: (v, F, f) => {
      for (let k = 0; k < f.length; k++) if (!past(v[k])) f[k] = F[k];
    },
  });

/** BP that defines its name anew, as DFA, when f is asked for so many times; tells how often that one was asked. */
export function turnsInto(name: string, after: number): () => number {
  let calls = 0;
  let later = 0;
  const other = (_v: number, F: number): number => {
    later++;
    return F;
  };
  ruleWith(name, (v, _F, k) => {
    if (k === 0 && ++calls === after) ruleWith(name, other);
    return v;
  });
  return () => later;
}

export const GAMMA = 0.3;

/** f = (1 − γ) v + γ F. */
export const mixture = (): string => ruleWith('mixture', (v, F) => (1 - GAMMA) * v + GAMMA * F);
