import { log10 } from '../../numbers/index.ts';
import type { Problem } from '../../shallow/problem/index.ts';

/** Teacher units, and the inputs, of figures 2 and 3. */
export const M = 2;
export const N = 500;

/** The problems of figure 2 of Refinetti et al. 2021: one seed draws a teacher, a student and feedback weights. */
export function learningProblem(
  { rule, K }: { rule: 'bp' | 'dfa'; K: number },
  activation: string,
  seed: number,
  to: number,
): Problem {
  return {
    activation,
    rule,
    learningRate: 0.1,
    teacher: { draw: { M, N, seed } },
    student: { draw: { K, N, sigma: 0.01, seed } },
    feedback: { draw: 'normal', seed },
    alpha: { from: 0.1, to, points: 1 + Math.round(20 * log10(to / 0.1)) },
  };
}
