import { describe, expect, it } from 'vitest';
import { signSizes } from '../../../src/deep/networks/signSizes.ts';
import { randomBlock, STREAMS, uniform } from '../../../src/random/index.ts';

/** A convolution, a dense layer above it and another one. */
const shapes = [
  { rows: 2, fanIn: 9, units: 32, window: { side: 4, channels: 1, kernel: 3, pool: 1 } },
  { rows: 40, fanIn: 32, units: 40 },
  { rows: 30, fanIn: 40, units: 30 },
];
type Kind = 'uniform' | 'fixed-random' | 'batch-random';
const sizesOf = (magnitudes: Kind, step?: number, seed = 5): number[][] =>
  signSizes({ shapes, spec: { magnitudes, seed }, seed: 1 }, step).map((one) => [...one]);

it('uniform ones are 1/√(3 fan-in), also where a problem says nothing', () => {
  const expected = [Array(40 * 32).fill(1 / Math.sqrt(96)), Array(30 * 40).fill(1 / Math.sqrt(120))];
  expect(sizesOf('uniform', 3)).toEqual(expected);
  expect(signSizes({ shapes, spec: undefined, seed: 5 }, 3).map((one) => [...one])).toEqual(expected);
});

it('fixed ones are the same in all steps, those of a batch in none', () => {
  expect(sizesOf('fixed-random', 8)).toEqual(sizesOf('fixed-random'));
  const all = [sizesOf('batch-random'), sizesOf('batch-random', 0), sizesOf('batch-random', 1)];
  expect(new Set(all.map(String)).size).toBe(3);
  expect(all[0]).toEqual(sizesOf('fixed-random'));
  expect(sizesOf('batch-random', 1)).toEqual(all[2]);
  expect(sizesOf('batch-random', 1, 6)).not.toEqual(all[2]);
});

it('a size is at its own place: seed, step + 1, layer, two to a block', () => {
  const words = new Uint32Array(4);
  sizesOf('batch-random', 6).forEach((sizes, i) => {
    for (const k of [0, 1, 2, 777]) {
      randomBlock(words, 0, 5, 7, i + 1, Math.floor(k / 2), STREAMS.signSizes);
      const u = k % 2 === 0 ? uniform(words[0], words[1]) : uniform(words[2], words[3]);
      expect(sizes[k]).toBeCloseTo(Math.abs(2 * u - 1) / Math.sqrt(shapes[i + 1].fanIn), 15);
    }
  });
});

describe.each([0, 1])('random sizes of layer %d', (i) => {
  it('are those of weights that start between ±1/√fan-in', () => {
    const { fanIn } = shapes[i + 1];
    const scaled = sizesOf('batch-random', 2)[i].map((one) => one * Math.sqrt(fanIn));
    const n = scaled.length;
    const mean = scaled.reduce((sum, one) => sum + one, 0) / n;
    const square = scaled.reduce((sum, one) => sum + one * one, 0) / n;
    // Uniform between 0 and 1: deviations of one and of its square are √(1/12) and √(4/45).
    expect(Math.abs(mean - 1 / 2)).toBeLessThan(5 * Math.sqrt(1 / 12 / n));
    expect(Math.abs(square - 1 / 3)).toBeLessThan(5 * Math.sqrt(4 / 45 / n));
    expect(Math.min(...scaled)).toBeGreaterThan(0);
    expect(Math.max(...scaled)).toBeLessThan(1);
  });
});
