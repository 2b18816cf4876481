import type { Problem } from '../../src/index.ts';
import { normalRows, normalVector, studentOf, teacherOf, unitVectors } from './weights.ts';

/** Teachers that are neither orthogonal nor of one length, in six dimensions. */
const mixed = normalRows(3, 6, 1, 1 / Math.sqrt(6));
const orthogonal = unitVectors(3, 6);
const weights = normalRows(4, 6, 2, 0.5 / Math.sqrt(6));
const F = normalVector(4, 3).map((x) => x + Math.sign(x) * 0.3);
const v = normalVector(4, 4, 0.5);

interface Sizes {
  K: number;
  M: number;
  teachers?: number[][];
  A?: number[];
}

function problem(
  activation: string,
  rule: string,
  { K, M, teachers = orthogonal, A = [1, 1, 1] }: Sizes,
  rest: Partial<Problem> = {},
): Problem {
  const T = teachers.slice(0, M);
  return {
    activation,
    rule,
    learningRate: 0.3,
    teacher: teacherOf(T, A.slice(0, M)),
    student: studentOf(weights.slice(0, K), T, v.slice(0, K)),
    feedback: F.slice(0, K),
    alpha: [0, 0.05, 0.7, 3, 7.77, 15, 30],
    ...rest,
  };
}

/** Together: each activation with each rule, noise, decays, separate rates, first layer only, K < M, K = M, K > M, T not diagonal. */
export const twelveProblems: [string, Problem][] = [
  ['erf, DFA, K = M', problem('erf', 'dfa', { K: 2, M: 2 })],
  [
    'erf, BP, K = M, T not diagonal',
    problem('erf', 'bp', { K: 3, M: 3, teachers: mixed, A: [1.2, -0.7, 0.5] }),
  ],
  [
    'erf, DFA, K > M, noise, both decays',
    problem('erf', 'dfa', { K: 4, M: 2, teachers: mixed }, { noise: 0.4, weightDecay: [0.02, 0.05] }),
  ],
  [
    'erf, BP, K < M, first layer only, decay',
    problem('erf', 'bp', { K: 2, M: 3 }, { trainSecondLayer: false, weightDecay: [0.03, 0.5] }),
  ],
  [
    'erf, DFA, K = 1, M = 3, separate rates, noise',
    problem('erf', 'dfa', { K: 1, M: 3, teachers: mixed }, { secondLayerRate: 0.07, noise: 0.2 }),
  ],
  ['linear, BP, K = M', problem('linear', 'bp', { K: 2, M: 2, teachers: mixed })],
  [
    'linear, DFA, K > M, noise, second decay',
    problem('linear', 'dfa', { K: 3, M: 1 }, { learningRate: 0.1, noise: 0.5, weightDecay: [0, 0.1] }),
  ],
  [
    'linear, DFA, K < M, separate rates, first layer only',
    problem(
      'linear',
      'dfa',
      { K: 2, M: 3 },
      { learningRate: 0.1, secondLayerRate: 0.4, trainSecondLayer: false },
    ),
  ],
  ['relu, DFA, K = M', problem('relu', 'dfa', { K: 2, M: 2 })],
  [
    'relu, BP, K > M, noise, separate rates',
    problem('relu', 'bp', { K: 3, M: 2, teachers: mixed }, { noise: 0.3, secondLayerRate: 0.15 }),
  ],
  [
    'relu, DFA, K < M, T not diagonal, both decays',
    problem('relu', 'dfa', { K: 1, M: 2, teachers: mixed, A: [1, -1] }, { weightDecay: [0.05, 0.02] }),
  ],
  [
    'relu, BP, K < M, first layer only',
    problem('relu', 'bp', { K: 2, M: 3, teachers: mixed }, { trainSecondLayer: false }),
  ],
];
