import type { Student, Teacher } from '../../src/index.ts';
import { normals } from '../../src/random/index.ts';

/** A stream that the product does not use. */
const STREAM = 250;

const dot = (x: number[], y: number[]): number => x.reduce((sum, xi, i) => sum + xi * y[i], 0);
const products = (X: number[][], Y: number[][]): number[][] => X.map((x) => Y.map((y) => dot(x, y)));

/** Overlaps from explicit weight vectors, each divided by √N already. */
export function teacherOf(vectors: number[][], A: number[]): Teacher {
  return { T: products(vectors, vectors), A };
}

export function studentOf(vectors: number[][], teachers: number[][], v: number[]): Student {
  return { Q: products(vectors, vectors), R: products(vectors, teachers), v };
}

/** Standard normal numbers times `scale`, the same for the same seed. */
export function normalVector(length: number, seed: number, scale = 1): number[] {
  const out = new Float64Array(length);
  normals(out, length, seed, 0, 0, STREAM);
  return Array.from(out, (x) => scale * x);
}

export function normalRows(rows: number, columns: number, seed: number, scale = 1): number[][] {
  const all = normalVector(rows * columns, seed, scale);
  return Array.from({ length: rows }, (_, i) => all.slice(i * columns, (i + 1) * columns));
}

/** The unit vectors e_0 … e_(n−1) in `dimension` dimensions: teachers with T = 1. */
export function unitVectors(n: number, dimension = n): number[][] {
  return Array.from({ length: n }, (_, i) => Array.from({ length: dimension }, (_, j) => (i === j ? 1 : 0)));
}
