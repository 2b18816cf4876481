import type { Trace } from '../../draw/index.ts';
import { type Problem, resolveProblem } from '../../shallow/problem/index.ts';
import type { StudentKind } from '../../shallow/students/index.ts';
import { integrate, type Places, placesOf } from '../../shallow/theory/index.ts';
import type { Workshop } from '../workshop.ts';
import { learningProblem } from './learningProblem.ts';
import { type OneStudent, oneStudent } from './oneStudent.ts';

/*
 * What figures 3a and 3b of Refinetti et al. 2021 share: erf students, K = M = 2, by BP and by DFA, from one start of
 * those of figure 2a. Its output weights v point away from F (cos = −0.85), so that the align phase is seen whole.
 */

export const N = 500;
export const SEED = 6;
/** The end of learning for this start. */
export const LAST = 4000;
export const TIME = { label: 'time α = examples / N', log: true };
export const ERROR = { label: 'test error ε_g', log: true };
export type Rule = 'dfa' | 'bp';
const COLOURS: Record<Rule, number> = { dfa: 0, bp: 4 };

export const problemOf = (rule: Rule, seed = SEED): Problem =>
  learningProblem({ rule, K: 2 }, 'erf', seed, LAST);
export const oneBy = (workshop: Workshop, rule: Rule, student: StudentKind): Promise<OneStudent> =>
  oneStudent(workshop, problemOf(rule), { N, seed: SEED, student });

export interface Theory {
  alpha: number[];
  eg: number[];
  v: number[][];
  weightAlignment: number[];
  updateAlignment: number[];
}

export const theoryOf = (workshop: Workshop, rule: Rule): Promise<Theory> =>
  workshop.piece('theory with alignment', { problem: problemOf(rule) }, async () => {
    const { alpha, eg, v, weightAlignment, updateAlignment } = integrate(problemOf(rule));
    return { alpha, eg, v, weightAlignment, updateAlignment };
  });

export function phasesShown(theory: Theory): Places {
  const phases = placesOf(theory);
  if (!phases) throw new Error('the curve of figure 3 comes to a plateau');
  return phases;
}

export const feedback = (): number[] => resolveProblem(problemOf('dfa')).feedback ?? [];
export const last = <T>(values: readonly T[]): T => values[values.length - 1];

export const errorTraces = (rule: Rule, theory: Theory, student: OneStudent): Trace[] => [
  {
    name: `${rule.toUpperCase()}, theory`,
    mark: 'line',
    colour: COLOURS[rule],
    x: theory.alpha,
    y: theory.eg,
  },
  {
    name: `${rule.toUpperCase()}, student`,
    mark: 'points',
    colour: COLOURS[rule],
    x: student.alpha,
    y: student.eg,
  },
];
