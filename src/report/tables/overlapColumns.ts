import type { ResolvedProblem } from '../../shallow/problem/index.ts';

/** The order parameters as columns of a table: R row by row, the upper triangle of Q, v. */
export interface OverlapColumns {
  names: string[];
  /** Those of point i of a curve. */
  row(curve: { R: number[][][]; Q: number[][][]; v: number[][] }, i: number): number[];
}

export function overlapColumns({ student, teacher }: ResolvedProblem): OverlapColumns {
  const K = student.v.length;
  const M = teacher.A.length;
  const upper = pairs(K, K).filter(([k, l]) => l >= k);
  return {
    names: [
      ...pairs(K, M).map(([k, m]) => `R_${k + 1}_${m + 1}`),
      ...upper.map(([k, l]) => `Q_${k + 1}_${l + 1}`),
      ...student.v.map((_, k) => `v_${k + 1}`),
    ],
    row: ({ R, Q, v }, i) => [...R[i].flat(), ...upper.map(([k, l]) => Q[i][k][l]), ...v[i]],
  };
}

/** The feedback F, the same in every row; no column if there is none. */
export const feedbackNames = ({ feedback = [] }: ResolvedProblem): string[] =>
  feedback.map((_, k) => `F_${k + 1}`);

/** What comes last in the table of a curve: cos(v, F), and the cosine between its updates and those of BP. */
export const ALIGNMENTS = ['weight_alignment', 'update_alignment'];

const pairs = (height: number, width: number): [number, number][] =>
  Array.from({ length: height * width }, (_, i) => [Math.floor(i / width), i % width]);
