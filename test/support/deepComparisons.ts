import type { DeepProblem } from '../../src/deep/problem/index.ts';

/** A deep linear problem whose networks are trained in a blink. */
export const comparedProblem = (changes: Partial<DeepProblem> = {}): DeepProblem => ({
  network: { widths: [6, 8, 8, 2], activation: 'linear', init: 'zero' },
  rule: 'dfa',
  feedback: { draw: 'normal', seed: 3 },
  loss: 'squared',
  data: { set: 'gaussian', inputs: 6, examples: 40, alpha: 0.5, beta: 1, seed: 2 },
  learningRate: 0.02,
  batch: 10,
  time: [0, 1.04, 2, 5.04, 10],
  ...changes,
});

export const DRAWN: DeepProblem['network'] = {
  widths: [6, 8, 8, 2],
  activation: 'linear',
  init: 'pytorch',
  seed: 4,
};

/** Every rule that theory knows, from zero weights where it learns from them, and from drawn ones. */
export const COMPARED: readonly [what: string, changes: Partial<DeepProblem>][] = [
  ['dfa from zero weights', {}],
  ['fa from zero weights', { rule: 'fa' }],
  ['drtp from zero weights', { rule: 'drtp', time: [0.5, 1, 1.5, 2] }],
  ['dfa', { network: DRAWN }],
  ['fa', { network: DRAWN, rule: 'fa' }],
  ['bp', { network: DRAWN, rule: 'bp' }],
  ['ifa', { network: DRAWN, rule: 'ifa' }],
  ['drtp', { network: DRAWN, rule: 'drtp', time: [0.5, 1, 1.5, 2] }],
];
