import fc from 'fast-check';
import { expect, test } from 'vitest';
import { normals, normalsOfBlock } from '../../src/random/normal.ts';
import { randomBlock } from '../../src/random/streams.ts';

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

test('words become normals by the promised map, the cosine first', () => {
  const words = [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8];
  const u = words.map((w) => (w + 0.5) / 2 ** 32);
  const r0 = Math.sqrt(-2 * Math.log(u[0]));
  const r1 = Math.sqrt(-2 * Math.log(u[2]));
  const expected = [
    r0 * Math.cos(2 * Math.PI * u[1]),
    r0 * Math.sin(2 * Math.PI * u[1]),
    r1 * Math.cos(2 * Math.PI * u[3]),
    r1 * Math.sin(2 * Math.PI * u[3]),
  ];
  ofWords(...words).forEach((x, i) => {
    expect(x).toBeCloseTo(expected[i], 14);
  });
});

test('the tails end at sqrt(2·33·ln 2), and every word gives a finite normal', () => {
  const end = Math.sqrt(2 * 33 * Math.log(2));
  expect(ofWords(0, 0, 0, 2 ** 31)).toEqual([
    expect.closeTo(end, 12),
    expect.closeTo(0, 8),
    expect.closeTo(-end, 12),
    expect.closeTo(0, 8),
  ]);
  const ones = 2 ** 32 - 1;
  for (const x of ofWords(ones, 0, ones, ones)) expect(Math.abs(x)).toBeLessThan(2e-5);
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
