/**
 * Where a hidden layer's signal comes from, and by which matrix. Signals are δa_l = (matrix · source) ⊙ g'(a_l) with
 *
 *     from 'above'    δa_{l+1}
 *     from 'error'    e
 *     from 'targets'  −y
 *     from 'below'    δa_{l−1}
 *
 *     by 'W'      W_{l+1}ᵀ, or W_l for a signal from below
 *     by 'sgn W'  the signs of W_{l+1}ᵀ, with sizes of their own
 *     by 'F'      the feedback matrix
 */
export interface Source {
  readonly from: 'above' | 'error' | 'targets' | 'below' | 'nothing';
  readonly by: 'W' | 'sgn W' | 'F';
}

/** A learning rule: how the hidden layers learn of the error. The output layer always has δa_L = e. */
export interface DeepRule {
  /**
   * Its matrices: 'layers', B_l of n_l × n_{l+1} for each hidden layer; 'outputs', F_l of n_l × n_L for each; 'first',
   * F_1 alone; 'signs', none but sizes for the signs of W; 'angle', none but the cosine of a random turn.
   */
  readonly feedback: 'none' | 'layers' | 'outputs' | 'first' | 'signs' | 'angle';
  /** The signal of hidden layer l, from 1. */
  hidden(l: number): Source;
  /** Whether B_l changes as W_{l+1}ᵀ does. */
  readonly trainsFeedback?: true;
  /** Whether each hidden layer's gradient is turned by a random vector, to the cosine that `feedback` gives. */
  readonly turns?: true;
  /** Whether the exact theory of linear networks knows the rule. */
  readonly theory?: true;
}

const always = (from: Source['from'], by: Source['by']) => (): Source => ({ from, by });

/** Every rule by the name that problem files use. */
export const deepRules: Readonly<Record<string, DeepRule>> = {
  bp: { feedback: 'none', hidden: always('above', 'W'), theory: true },
  fa: { feedback: 'layers', hidden: always('above', 'F'), theory: true },
  dfa: { feedback: 'outputs', hidden: always('error', 'F'), theory: true },
  ifa: {
    feedback: 'first',
    hidden: (l) => (l === 1 ? { from: 'error', by: 'F' } : { from: 'below', by: 'W' }),
    theory: true,
  },
  drtp: { feedback: 'outputs', hidden: always('targets', 'F'), theory: true },
  'sign-symmetric': { feedback: 'signs', hidden: always('above', 'sgn W') },
  'kolen-pollack': { feedback: 'layers', hidden: always('above', 'F'), trainsFeedback: true },
  'last-layer': { feedback: 'none', hidden: always('nothing', 'W') },
  'perturbed-bp': { feedback: 'angle', hidden: always('above', 'W'), turns: true },
};
