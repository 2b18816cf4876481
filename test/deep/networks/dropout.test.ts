import { expect, it } from 'vitest';
import { dropoutMask, LAYER_BLOCKS } from '../../../src/deep/networks/dropout.ts';
import { randomBlock, STREAMS } from '../../../src/random/index.ts';

function maskOf(length: number, p: number, seed = 3, step = 5, layer = 2): Float64Array {
  const mask = new Float64Array(length);
  dropoutMask(mask, p, seed, step, layer);
  return mask;
}

it('a number goes by its own word: words of a block are four numbers in a row', () => {
  const p = 0.3;
  const words = new Uint32Array(4);
  const expected = Array.from({ length: 26 }, (_, k) => {
    randomBlock(words, 0, 3, 5, 0, 2 * LAYER_BLOCKS + Math.floor(k / 4), STREAMS.dropout);
    return words[k % 4] / 2 ** 32 < p ? 0 : 1 / 0.7;
  });
  expect([...maskOf(26, p)]).toEqual(expected);
  expect(new Set(expected).size).toBe(2);
});

it('the place of a unit in the batch, the step, the layer and the seed make other masks', () => {
  const all = [maskOf(64, 0.5), maskOf(64, 0.5, 4), maskOf(64, 0.5, 3, 6), maskOf(64, 0.5, 3, 5, 1)];
  expect(new Set(all.map(String)).size).toBe(4);
  expect(maskOf(64, 0.5)).toEqual(all[0]);
});

it.each([0, 0.1, 0.5, 0.9])('p = %d drops that fraction, and the mean stays', (p) => {
  const n = 40_000;
  const mask = maskOf(n, p);
  const dropped = mask.filter((one) => one === 0).length / n;
  expect(Math.abs(dropped - p)).toBeLessThanOrEqual(5 * Math.sqrt((p * (1 - p)) / n));
  expect(new Set(mask.filter((one) => one !== 0))).toEqual(new Set([1 / (1 - p)]));
});

it('in single precision the same units are dropped', () => {
  const single = new Float32Array(50);
  dropoutMask(single, 0.3, 3, 5, 2);
  expect(single).toEqual(Float32Array.from(maskOf(50, 0.3)));
});
