import type { ResolvedProblem } from './types.ts';

/**
 * The order parameters as one vector y, and as the covariance C of all local fields.
 *
 *     y = (Q_11, Q_12, …, Q_1K, Q_22, …, Q_KK,  R_11, …, R_1M, R_21, …, R_KM,  v_1, …, v_K)
 *     C = [[Q, R], [Rᵀ, T]], n × n with n = K + M, students first, row by row
 */
export interface Layout {
  readonly K: number;
  readonly M: number;
  readonly n: number;
  /** Where R and v begin in y, and the length of y. */
  readonly R: number;
  readonly v: number;
  readonly size: number;
}

export function layout(K: number, M: number): Layout {
  const R = (K * (K + 1)) / 2;
  const v = R + K * M;
  return { K, M, n: K + M, R, v, size: v + K };
}

export const layoutOf = (problem: ResolvedProblem): Layout =>
  layout(problem.student.v.length, problem.teacher.A.length);

/** Where Q_kl stands in y. */
export const placeOfQ = (k: number, l: number, K: number): number =>
  k <= l ? k * K - (k * (k - 1)) / 2 + l - k : placeOfQ(l, k, K);

/** Where the squared lengths of the student's units stand in y. */
export const diagonalOfQ = ({ K }: Layout): number[] =>
  Array.from({ length: K }, (_, k) => placeOfQ(k, k, K));

export function pack(problem: ResolvedProblem): Float64Array {
  const { K, M, size } = layoutOf(problem);
  const { Q, R, v } = problem.student;
  const y = new Float64Array(size);
  let at = 0;
  for (let k = 0; k < K; k++) for (let l = k; l < K; l++) y[at++] = Q[k][l];
  for (let k = 0; k < K; k++) for (let m = 0; m < M; m++) y[at++] = R[k][m];
  for (let k = 0; k < K; k++) y[at++] = v[k];
  return y;
}

/** Writes the student's part of C; the teacher's part, T, stays as it is. */
function fillCovariance(y: ArrayLike<number>, { K, M, n }: Layout, C: Float64Array): void {
  let at = 0;
  for (let k = 0; k < K; k++)
    for (let l = k; l < K; l++) {
      C[k * n + l] = y[at];
      C[l * n + k] = y[at++];
    }
  for (let k = 0; k < K; k++)
    for (let m = K; m < K + M; m++) {
      C[k * n + m] = y[at];
      C[m * n + k] = y[at++];
    }
}

/** C with the teacher's part filled in. */
export function covariance(problem: ResolvedProblem, y: ArrayLike<number>): Float64Array {
  const shape = layoutOf(problem);
  const { K, M, n } = shape;
  const C = new Float64Array(n * n);
  for (let m = 0; m < M; m++) for (let k = 0; k < M; k++) C[(K + m) * n + K + k] = problem.teacher.T[m][k];
  fillCovariance(y, shape, C);
  return C;
}

/** What averages are taken over: the covariance C of all fields, and their output weights w = (v, −A). */
export interface Fields {
  readonly C: Float64Array;
  readonly w: Float64Array;
  /** The first K of w. */
  readonly v: Float64Array;
  /** Takes Q, R and v from y. */
  load(y: ArrayLike<number>): void;
}

export function fieldsOf(problem: ResolvedProblem): Fields {
  const shape = layoutOf(problem);
  const { K, n } = shape;
  const C = covariance(problem, pack(problem));
  const w = new Float64Array(n);
  problem.teacher.A.forEach((a, m) => {
    w[K + m] = -a;
  });
  return {
    C,
    w,
    v: w.subarray(0, K),
    load: (y) => {
      fillCovariance(y, shape, C);
      for (let k = 0; k < K; k++) w[k] = y[shape.v + k];
    },
  };
}

export function unpackQ(y: ArrayLike<number>, { K }: Layout): number[][] {
  const Q = Array.from({ length: K }, () => new Array<number>(K).fill(0));
  let at = 0;
  for (let k = 0; k < K; k++) for (let l = k; l < K; l++) Q[k][l] = Q[l][k] = y[at++];
  return Q;
}

export function unpackR(y: ArrayLike<number>, { K, M, R }: Layout): number[][] {
  return Array.from({ length: K }, (_, k) => Array.from({ length: M }, (_, m) => y[R + k * M + m]));
}

export function unpackV(y: ArrayLike<number>, { K, v }: Layout): number[] {
  return Array.from({ length: K }, (_, k) => y[v + k]);
}

/** The name of component i of y, counted from 1 as in CSV headers: Q_1_2, R_2_1, v_2. */
export function componentName(i: number, { K, M, R, v }: Layout): string {
  if (i >= v) return `v_${i - v + 1}`;
  if (i >= R) return `R_${Math.floor((i - R) / M) + 1}_${((i - R) % M) + 1}`;
  let row = 0;
  let rest = i;
  while (rest >= K - row) rest -= K - row++;
  return `Q_${row + 1}_${row + rest + 1}`;
}
