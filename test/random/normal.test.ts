import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  boxMullerFirst,
  boxMullerRadius,
  boxMullerSecond,
  normals,
  normalsOfBlock,
} from '../../src/random/normal.ts';
import { randomBlock, STREAMS } from '../../src/random/streams.ts';
import { exactDirection, exactRadius } from './exactNormals.ts';

const ONES = 2 ** 32 - 1;

function ofWords(...words: number[]): number[] {
  const out = new Float64Array(4);
  normalsOfBlock(Uint32Array.from(words), out, 0);
  return [...out];
}

function draw(n: number, seed: number, step: number, student: number, stream: number): Float64Array {
  const out = new Float64Array(n);
  normals(out, n, seed, step, student, stream);
  return out;
}

/** Words at and around everything that is special about them, and as many as random. */
const sample = (() => {
  // Quarter turns and their halves, the middle of the range, and √½, up to which ln u is taken another way.
  const special = Array.from({ length: 8 }, (_, i) => i * 2 ** 29).concat(0xb504f333);
  const near = special.flatMap((word) => Array.from({ length: 200 }, (_, i) => (word + i - 100) >>> 0));
  const powers = Array.from({ length: 32 }, (_, i) => [2 ** i - 1, 2 ** i, 2 ** i + 1, ONES - 2 ** i]).flat();
  const random = new Uint32Array(100_000);
  for (let i = 0; i < random.length; i += 4) randomBlock(random, i, 9, 0, 0, i, 0);
  return [...near, ...powers, ...random];
})();

test('words become normals by the promised map, to single precision, next to zero and in the tails too', () => {
  let worstRadius = 0;
  let worstDirection = 0;
  for (const word of sample) {
    const r = boxMullerRadius(word);
    worstRadius = Math.max(worstRadius, Math.abs(r / exactRadius(word) - 1));
    const [c, d] = exactDirection(word);
    worstDirection = Math.max(
      worstDirection,
      Math.abs(boxMullerFirst(1, word) - c),
      Math.abs(boxMullerSecond(1, word) - d),
    );
  }
  expect(worstRadius).toBeLessThan(1.8e-7);
  expect(worstDirection).toBeLessThan(1.2e-7);
});

test('of four words the first two make two normals, and the last two', () => {
  for (let i = 0; i + 4 <= sample.length; i += 4) {
    const [a, b, c, d] = sample.slice(i, i + 4);
    const [r, s] = [boxMullerRadius(a), boxMullerRadius(c)];
    expect(ofWords(a, b, c, d)).toEqual([
      boxMullerFirst(r, b),
      boxMullerSecond(r, b),
      boxMullerFirst(s, d),
      boxMullerSecond(s, d),
    ]);
  }
});

test('every normal is a number of single precision', () => {
  const x = draw(1000, 1, 2, 3, 4);
  expect(Float64Array.from(Float32Array.from(x))).toEqual(x);
});

test('the normals of one place are what they have always been', () => {
  const x = Float32Array.from(draw(6, 2 ** 40 + 7, 3 * 2 ** 32 + 11, 5, STREAMS.inputs));
  expect([...new Uint32Array(x.buffer)]).toEqual([
    1065520203, 3202709982, 1066691167, 1061112662, 3191682927, 1064053660,
  ]);
});

test('the tails end at √(2·33·ln 2), and every word gives a finite normal', () => {
  const end = Math.sqrt(2 * 33 * Math.log(2));
  expect(ofWords(0, 0, 0, 2 ** 31)).toEqual([
    expect.closeTo(end, 6),
    expect.closeTo(0, 8),
    expect.closeTo(-end, 6),
    expect.closeTo(0, 8),
  ]);
  for (const x of ofWords(ONES, 0, ONES, ONES)) expect(Math.abs(x)).toBeLessThan(2e-5);
  expect(Math.abs(ofWords(ONES, 0, 0, 0)[0])).toBeGreaterThan(1e-5);
});

test('the i-th normal is lane i mod 4 of block ⌊i / 4⌋, however many are asked for', () => {
  const words = new Uint32Array(4);
  const place = fc.tuple(fc.maxSafeNat(), fc.maxSafeNat(), fc.nat(), fc.integer({ min: 0, max: 255 }));
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 70 }), place, (n, [seed, step, student, stream]) => {
      const i = n - 1;
      randomBlock(words, 0, seed, step, student, Math.floor(i / 4), stream);
      expect(draw(n, seed, step, student, stream)[i]).toBe(ofWords(...words)[i % 4]);
      expect(draw(70, seed, step, student, stream).subarray(0, n)).toEqual(
        draw(n, seed, step, student, stream),
      );
    }),
    { seed: 3 },
  );
});

test('draws do not depend on what was drawn before', () => {
  const forward = [0, 1, 2, 3].map((step) => draw(10, 1, step, 4, 5));
  const backward = [3, 2, 1, 0].map((step) => draw(10, 1, step, 4, 5)).reverse();
  expect(backward).toEqual(forward);
  expect(new Set(forward.map(String)).size).toBe(4);
});

test('nothing is written beyond the n-th place', () => {
  const out = new Float64Array(8).fill(42);
  normals(out, 5, 1, 0, 0, 0);
  expect([...out.subarray(5)]).toEqual([42, 42, 42]);
  expect(out.subarray(0, 5)).not.toContain(42);
});

test.each([-1, 9, 2.5, Number.NaN])('asking for %d normals in an array of 8 is refused', (n) => {
  expect(() => normals(new Float64Array(8), n, 1, 0, 0, 0)).toThrow(
    "normals: 'n' must be an integer from 0 to out.length = 8",
  );
});
