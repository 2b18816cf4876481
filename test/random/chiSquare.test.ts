import { describe, expect, test } from 'vitest';
import { CHI_SQUARE_BLOCKS, chiSquare } from '../../src/random/chiSquare.ts';
import { normalsOfBlock } from '../../src/random/normal.ts';
import { randomBlock, STREAMS } from '../../src/random/streams.ts';
import { chiSquareCdf, hugeChiSquareCdf, ksBound, ksDistance, zOfMean } from './laws.ts';

const n = 1e5;
const stream = STREAMS.projectedChiSquare;

describe.each([1, 2, 3, 7, 495, 1e9])('with %d degrees of freedom', (k) => {
  const sample = Float64Array.from({ length: n }, (_, step) => chiSquare(k, 1, step, 0, stream, 0));
  const cdf = k < 1000 ? chiSquareCdf : hugeChiSquareCdf;

  test('draws follow the chi-square law (Kolmogorov–Smirnov)', () => {
    expect(ksDistance(sample, (x) => cdf(k, x))).toBeLessThan(ksBound(n, 1e-7));
  });

  test('draws have mean k and variance 2k', () => {
    expect(Math.abs(zOfMean(sample, (x) => x, k, 2 * k))).toBeLessThan(5.5);
    // The fourth central moment of the law is 12k(k + 4), so (x - k)² has variance 8k² + 48k.
    expect(Math.abs(zOfMean(sample, (x) => (x - k) ** 2, 2 * k, 8 * k * k + 48 * k))).toBeLessThan(5.8);
  });
});

test('zero degrees of freedom give zero', () => {
  expect(chiSquare(0, 1, 2, 3, stream, 4)).toBe(0);
});

test('one degree of freedom gives the squared first normal of the block', () => {
  const words = new Uint32Array(4);
  const normals = new Float64Array(4);
  for (let block = 0; block < 10; block++) {
    randomBlock(words, 0, 1, 2, 3, block, stream);
    normalsOfBlock(words, normals, 0);
    expect(chiSquare(1, 1, 2, 3, stream, block)).toBe(normals[0] ** 2);
  }
});

test('a draw depends on its place alone, and on every part of it', () => {
  const places: [number, number, number, number, number][] = [
    [1, 1, 1, 1, 0],
    [2, 1, 1, 1, 0],
    [1, 2, 1, 1, 0],
    [1, 1, 2, 1, 0],
    [1, 1, 1, 2, 0],
    [1, 1, 1, 1, CHI_SQUARE_BLOCKS],
  ];
  const forward = places.map((p) => chiSquare(7, ...p));
  const backward = [...places].reverse().map((p) => chiSquare(7, ...p));
  expect(backward.reverse()).toEqual(forward);
  expect(new Set(forward).size).toBe(places.length);
});

test('a rejected attempt gives way to the next block', () => {
  // With 2 degrees of freedom one attempt in twenty fails, and then the draw equals the one that starts a block later.
  let rejected = 0;
  for (let step = 0; step < 10000; step++) {
    const here = chiSquare(2, 1, step, 0, stream, 0);
    if (here === chiSquare(2, 1, step, 0, stream, 1)) rejected++;
  }
  // The acceptance is 0.951668 (Marsaglia & Tsang's integral): 483.3 expected, standard deviation 21.4.
  expect(Math.abs(rejected - 483.3) / 21.4).toBeLessThan(5.5);
});

test('draws that start CHI_SQUARE_BLOCKS apart are uncorrelated', () => {
  const products = Float64Array.from({ length: n }, (_, step) => {
    const x = chiSquare(2, 1, step, 0, stream, 0);
    const y = chiSquare(2, 1, step, 0, stream, CHI_SQUARE_BLOCKS);
    return ((x - 2) * (y - 2)) / 4;
  });
  expect(Math.abs(zOfMean(products, (p) => p, 0, 1))).toBeLessThan(5.5);
});

test.each([-1, 0.5, 1e9 + 1, Number.NaN])('%d degrees of freedom are refused', (k) => {
  expect(() => chiSquare(k, 1, 0, 0, stream, 0)).toThrow(
    `chiSquare: 'degrees' must be an integer from 0 to 1000000000, got ${k}`,
  );
});
