import type { Problem, Student } from '../../src/index.ts';
import { studentOf, teacherOf, unitVectors } from './weights.ts';

/** Second layers and feedback of unequal sizes and either sign. */
const V = [0.8, -1, 1.1, 0.9, -1.2, 0.7];
const F = [0.8, -0.9, 1.3, 0.6, -1.1, 0.5];

export interface Near {
  rule: string;
  K: number;
  M?: number;
  learningRate?: number;
  /** Feedback and second layer all of one size, or unequal. */
  equal?: boolean;
  /** First-layer weights relative to the plateau's, and what is added to break the symmetry. */
  stretch?: number;
  asymmetry?: number;
}

export type Explicit = Problem & { student: Student; feedback: number[]; alpha: number[] };

/** A student who stands on the symmetric plateau (erf, T = 1, A = 1) but for a stretch and an asymmetry. */
export function nearPlateau(near: Near): Explicit {
  const { rule, K, M = K, learningRate = 1e-4, equal = false, stretch = 1, asymmetry = 0 } = near;
  const size = (x: number[]): number[] => x.slice(0, K).map((xi) => (equal ? Math.sign(xi) : xi));
  const feedback = size(F);
  const s = (rule === 'bp' ? V : F).slice(0, K).map(Math.sign);
  const sum = size(V).reduce((total, x) => total + Math.abs(x), 0);
  const v = size(V).map((x, k) => (s[k] * Math.abs(x) * M) / sum);
  const students = s.map((sk, k) =>
    Array.from(
      { length: M },
      (_, m) => (sk * stretch) / Math.sqrt(M * (2 * M - 1)) + asymmetry * Math.sin(1 + 3 * k + 7 * m),
    ),
  );
  const teachers = unitVectors(M);
  return {
    activation: 'erf',
    rule,
    learningRate,
    teacher: teacherOf(teachers, new Array(M).fill(1)),
    student: studentOf(students, teachers, v),
    feedback,
    alpha: [1],
  };
}

/** How much a student tells one teacher from another: the parts of R_km beyond the mean over m. */
export function specialisation(R: number[][]): number[] {
  return R.flatMap((row) => {
    const mean = row.reduce((sum, x) => sum + x, 0) / row.length;
    return row.map((x) => x - mean);
  });
}
