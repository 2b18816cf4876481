import { cholesky } from '../../numbers/positive.ts';
import { CHI_SQUARE_BLOCKS, chiSquare, normals, randomBlock, STREAMS, uniform } from '../../random/index.ts';
import type { FeedbackDraw, Student, StudentDraw, Teacher, TeacherDraw } from './types.ts';

/*
 * Random weights enter the theory through their overlaps alone, so the overlaps are drawn directly, exactly and at
 * a cost that does not depend on N. D Gaussian vectors in R^N, written in an orthonormal basis that grows with
 * them, are the rows of a lower triangular matrix with standard normals below the diagonal and √χ²(N−i) in row
 * i = 0, 1, … on it (Bartlett 1933).
 *
 * Normals of a draw stand at step 0 of its stream, the χ² at step 1.
 */

function bartlett(vectors: number, N: number, seed: number, stream: number, skip: number): Float64Array {
  const L = new Float64Array(vectors * vectors);
  const below = new Float64Array((vectors * (vectors - 1)) / 2 + skip);
  normals(below, below.length, seed, 0, 0, stream);
  let at = skip;
  for (let i = 0; i < vectors; i++) {
    for (let j = 0; j < i; j++) L[i * vectors + j] = below[at++];
    L[i * vectors + i] = Math.sqrt(chiSquare(N - i, seed, 1, 0, stream, CHI_SQUARE_BLOCKS * i));
  }
  return L;
}

function secondLayer(
  kind: 'ones' | 'normal',
  size: number,
  scale: number,
  seed: number,
  stream: number,
): number[] {
  if (kind === 'ones') return new Array<number>(size).fill(1);
  const out = new Float64Array(size);
  normals(out, size, seed, 0, 0, stream);
  return Array.from(out, (x) => scale * x);
}

export function drawTeacher({ M, N, seed, secondLayer: kind = 'ones' }: TeacherDraw): Teacher {
  const L = bartlett(M, N, seed, STREAMS.teacherWeights, 0);
  const T = gram(M, (m, k) => {
    let sum = 0;
    for (let j = 0; j < M; j++) sum += L[m * M + j] * L[k * M + j];
    return sum / N;
  });
  return { T, A: secondLayer(kind, M, 1, seed, STREAMS.teacherSecondLayer) };
}

export function drawStudent(draw: StudentDraw, { T }: Teacher): Student {
  const { K, N, sigma, seed, secondLayer: kind = 'normal' } = draw;
  const M = T.length;
  // Teacher m is row m of `teacher` in an orthonormal basis of M directions that contains them all.
  const teacher = cholesky(Float64Array.from(T.flat()), M);
  const within = new Float64Array(K * M);
  normals(within, K * M, seed, 0, 0, STREAMS.studentWeights);
  const rest = bartlett(K, N - M, seed, STREAMS.studentWeights, K * M);
  const R = Array.from({ length: K }, (_, k) =>
    Array.from({ length: M }, (_, m) => {
      let sum = 0;
      for (let j = 0; j < M; j++) sum += within[k * M + j] * teacher[m * M + j];
      return (sigma * sum) / Math.sqrt(N);
    }),
  );
  const Q = gram(K, (k, l) => {
    let sum = 0;
    for (let j = 0; j < M; j++) sum += within[k * M + j] * within[l * M + j];
    for (let j = 0; j < K; j++) sum += rest[k * K + j] * rest[l * K + j];
    return (sigma * sigma * sum) / N;
  });
  return { Q, R, v: secondLayer(kind, K, sigma, seed, STREAMS.studentSecondLayer) };
}

function gram(size: number, element: (i: number, j: number) => number): number[][] {
  const G = Array.from({ length: size }, () => new Array<number>(size).fill(0));
  for (let i = 0; i < size; i++) for (let j = 0; j <= i; j++) G[i][j] = G[j][i] = element(i, j);
  return G;
}

/** The laws from which feedback weights are drawn, by name. */
export const feedbackLaws: Record<
  FeedbackDraw['draw'],
  { needsSeed: boolean; draw: (K: number, seed: number, A: number[], v: number[]) => number[] }
> = {
  normal: { needsSeed: true, draw: normalFeedback },
  /** Uniform on (−1, 1). */
  uniform: {
    needsSeed: true,
    draw: (K, seed) =>
      Array.from({ length: K }, (_, k) => {
        const words = new Uint32Array(4);
        randomBlock(words, 0, seed, 0, 0, k, STREAMS.feedback);
        return 2 * uniform(words[0], words[1]) - 1;
      }),
  },
  positive: { needsSeed: true, draw: (K, seed) => normalFeedback(K, seed).map(Math.abs) },
  /** A normal vector without its part along the teacher's second layer. */
  orthogonal: {
    needsSeed: true,
    draw: (K, seed, A) => {
      const F = normalFeedback(K, seed);
      const along = F.reduce((sum, f, k) => sum + f * A[k], 0) / A.reduce((sum, a) => sum + a * a, 0);
      return F.map((f, k) => f - along * A[k]);
    },
  },
  matched: { needsSeed: false, draw: (_K, _seed, _A, v) => v.slice() },
};

function normalFeedback(K: number, seed: number): number[] {
  return secondLayer('normal', K, 1, seed, STREAMS.feedback);
}
