import { expect, it } from 'vitest';
import { digits } from '../../../src/deep/data/digits.ts';

const { pixels, labels, ...rest } = digits();
const image = (i: number): number[] => [...pixels.slice(64 * i, 64 * i + 64)];

/* The numbers are those of the makers' file (optdigits.tes, as scikit-learn has it), by another program. */

it('there are 1797 images of ten digits', () => {
  expect(rest).toEqual({ count: 1797, side: 8, channels: 1, classes: 10, levels: 16 });
  expect([pixels.length, labels.length]).toEqual([1797 * 64, 1797]);
  const counts = Array.from({ length: 10 }, (_, digit) => labels.filter((one) => one === digit).length);
  expect(counts).toEqual([178, 182, 177, 183, 181, 182, 181, 179, 174, 180]);
});

it('their pixels have the sums that they should have', () => {
  const gray = Float64Array.from(pixels);
  expect(gray.every((x) => Number.isInteger(x) && x >= 0 && x <= 16)).toBe(true);
  expect(gray.reduce((sum, x) => sum + x, 0)).toBe(561_718);
  // A sum that knows places.
  expect(gray.reduce((sum, x, at) => sum + x * ((at % 64) + 1) * ((1 + Math.floor(at / 64)) % 97), 0)).toBe(
    862_257_340,
  );
});

it('the first, one in the middle and the last are as they should be', () => {
  // biome-ignore format: rows of images
  expect([image(0), labels[0]]).toEqual([[
    0, 0, 5, 13, 9, 1, 0, 0,
    0, 0, 13, 15, 10, 15, 5, 0,
    0, 3, 15, 2, 0, 11, 8, 0,
    0, 4, 12, 0, 0, 8, 8, 0,
    0, 5, 8, 0, 0, 9, 8, 0,
    0, 4, 11, 0, 1, 12, 7, 0,
    0, 2, 14, 5, 10, 12, 0, 0,
    0, 0, 6, 13, 10, 0, 0, 0,
  ], 0]);
  // biome-ignore format: rows of images
  expect([image(1000), labels[1000]]).toEqual([[
    0, 0, 1, 14, 2, 0, 0, 0,
    0, 0, 0, 16, 5, 0, 0, 0,
    0, 0, 0, 14, 10, 0, 0, 0,
    0, 0, 0, 11, 16, 1, 0, 0,
    0, 0, 0, 3, 14, 6, 0, 0,
    0, 0, 0, 0, 8, 12, 0, 0,
    0, 0, 10, 14, 13, 16, 8, 3,
    0, 0, 2, 11, 12, 15, 16, 15,
  ], 1]);
  // biome-ignore format: rows of images
  expect([image(1796), labels[1796]]).toEqual([[
    0, 0, 10, 14, 8, 1, 0, 0,
    0, 2, 16, 14, 6, 1, 0, 0,
    0, 0, 15, 15, 8, 15, 0, 0,
    0, 0, 5, 16, 16, 10, 0, 0,
    0, 0, 12, 15, 15, 12, 0, 0,
    0, 4, 16, 6, 4, 16, 6, 0,
    0, 8, 16, 10, 8, 16, 8, 0,
    0, 1, 8, 12, 14, 12, 1, 0,
  ], 8]);
});

it('each call gives its own', () => {
  digits().pixels.fill(7);
  expect(digits().pixels.every((x, at) => x === pixels[at])).toBe(true);
});
