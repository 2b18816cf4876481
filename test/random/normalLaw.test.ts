import { describe, expect, test } from 'vitest';
import { normals } from '../../src/random/normal.ts';
import { ksBound, ksDistance, normalCdf, zOfMean } from './laws.ts';

const n = 1e5;

function row(seed: number, step: number, student: number, stream: number): Float64Array {
  const out = new Float64Array(n);
  normals(out, n, seed, step, student, stream);
  return out;
}

/** Every `stride`-th of the normals of one place, from `first` on. */
function every(stride: number, first: number): Float64Array {
  const all = new Float64Array(stride * n + first);
  normals(all, all.length, 1, 0, 0, 5);
  return Float64Array.from({ length: n }, (_, i) => all[stride * i + first]);
}

/** One normal from each of n places, as a simulation with tiny N would draw them. */
function across(place: (i: number) => [number, number, number, number]): Float64Array {
  const out = new Float64Array(1);
  return Float64Array.from({ length: n }, (_, i) => {
    normals(out, 1, ...place(i));
    return out[0];
  });
}

const samples: [string, Float64Array][] = [
  ['the blocks of one place', row(1, 0, 0, 5)],
  ['lane 0', every(4, 0)],
  ['lane 1', every(4, 1)],
  ['lane 2', every(4, 2)],
  ['lane 3', every(4, 3)],
  ['the steps', across((i) => [1, i, 0, 5])],
  ['the students', across((i) => [1, 0, i, 5])],
  ['the seeds', across((i) => [i, 0, 0, 5])],
  ['steps beyond 2^32', across((i) => [1, 2 ** 32 * i, 0, 5])],
];

describe.each(samples)('normals across %s', (_name, sample) => {
  test('follow the normal distribution function (Kolmogorov–Smirnov)', () => {
    expect(ksDistance(sample, normalCdf)).toBeLessThan(ksBound(n, 1e-7));
  });

  // Variances of x, x², x³, x⁴ under the normal law: E x^2p - (E x^p)².
  test.each([
    [1, 0, 1],
    [2, 1, 2],
    [3, 0, 15],
    [4, 3, 96],
  ])('have the moment of order %d', (p, mean, variance) => {
    expect(Math.abs(zOfMean(sample, (x) => x ** p, mean, variance))).toBeLessThan(5.5);
  });
});

/** z-scores of the correlations of x with y and of x² with y², both of which vanish for independent normals. */
function correlations(x: Float64Array, y: Float64Array): number[] {
  const products = x.map((a, i) => a * y[i]);
  const squares = x.map((a, i) => (a * a - 1) * (y[i] * y[i] - 1));
  return [zOfMean(products, (p) => p, 0, 1), zOfMean(squares, (p) => p, 0, 4)];
}

test.each([
  ['lanes 0 and 1', every(4, 0), every(4, 1)],
  ['lanes 0 and 2', every(4, 0), every(4, 2)],
  ['lanes 0 and 3', every(4, 0), every(4, 3)],
  ['lanes 1 and 2', every(4, 1), every(4, 2)],
  ['lanes 1 and 3', every(4, 1), every(4, 3)],
  ['lanes 2 and 3', every(4, 2), every(4, 3)],
  ['neighbouring blocks', every(4, 0), every(4, 4)],
  ['neighbouring students', row(1, 0, 0, 5), row(1, 0, 1, 5)],
  ['neighbouring steps', row(1, 0, 0, 5), row(1, 1, 0, 5)],
  ['steps 2^32 apart', row(1, 0, 0, 5), row(1, 2 ** 32, 0, 5)],
  ['neighbouring streams', row(1, 0, 0, 5), row(1, 0, 0, 6)],
  ['neighbouring seeds', row(1, 0, 0, 5), row(2, 0, 0, 5)],
  ['seeds 2^32 apart', row(1, 0, 0, 5), row(1 + 2 ** 32, 0, 0, 5)],
  ['a step and a student exchanged', row(1, 0, 1, 5), row(1, 1, 0, 5)],
])('normals of %s are uncorrelated, and so are their squares', (_name, x, y) => {
  for (const z of correlations(x, y)) expect(Math.abs(z)).toBeLessThan(5.5);
});

test('the tails hold as many of ten million normals as they should', () => {
  const ends = [3, 4, 4.5];
  const expected = [26998, 633.4, 67.95]; // 10^7·P(|x| > end)
  const counts = [0, 0, 0];
  const draws = new Float64Array(1e6);
  for (let step = 0; step < 10; step++) {
    normals(draws, 1e6, 4, step, 0, 5);
    for (const x of draws) for (let e = 0; e < 3; e++) if (Math.abs(x) > ends[e]) counts[e]++;
  }
  counts.forEach((count, e) => {
    expect(Math.abs(count - expected[e]) / Math.sqrt(expected[e])).toBeLessThan(5.5);
  });
});
