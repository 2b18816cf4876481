import { expect, test } from 'vitest';
import { randomBlock } from '../../src/random/streams.ts';
import { uniform } from '../../src/random/uniform.ts';
import { ksBound, ksDistance } from './laws.ts';

test('the ends 0 and 1 are never reached, and lie equally far', () => {
  const ones = 2 ** 32 - 1;
  expect(uniform(0, 0)).toBe(2 ** -53);
  expect(uniform(ones, ones)).toBe(1 - 2 ** -53);
});

test('the first word is the coarse part and the second the fine part', () => {
  expect(uniform(2 ** 31, 0)).toBe(0.5 + 2 ** -53);
  expect(uniform(0, 2 ** 31)).toBe(2 ** -27 + 2 ** -53);
});

test('uniforms follow the uniform law, their coarse and their fine part (Kolmogorov–Smirnov)', () => {
  const n = 1e5;
  const words = new Uint32Array(4);
  const coarse = new Float64Array(n);
  const fine = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    randomBlock(words, 0, 5, 0, 0, i, 0);
    coarse[i] = uniform(words[0], words[1]);
    fine[i] = (coarse[i] * 2 ** 26) % 1;
  }
  expect(ksDistance(coarse, (x) => x)).toBeLessThan(ksBound(n, 1e-7));
  expect(ksDistance(fine, (x) => x)).toBeLessThan(ksBound(n, 1e-7));
});
