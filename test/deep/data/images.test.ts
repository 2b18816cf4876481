import { describe, expect, it, test } from 'vitest';
import { digits } from '../../../src/deep/data/digits.ts';
import { type ExampleRows, inDoubles } from '../../../src/deep/data/examples.ts';
import { areaAverage, imageSource, partsOfOne } from '../../../src/deep/data/images.ts';
import { dataOf, isLaw } from '../../../src/deep/data/index.ts';
import { type ImagesSpec, resolveDeepProblem } from '../../../src/deep/problem/index.ts';
import { deepProblem } from '../../support/deepProblems.ts';

const all = digits();
const gray = Float64Array.from(all.pixels, (level) => level / 16);

/** The training and the test part of the digits. */
function partsOf(changes: Partial<ImagesSpec> = {}, pixels = 8): { train: ExampleRows; test?: ExampleRows } {
  const data = { set: 'digits' as const, ...(pixels === 8 ? {} : { pixels }), ...changes };
  const network = { widths: [pixels * pixels, 10], activation: 'tanh' };
  const { train, test: testing } = dataOf(resolveDeepProblem(deepProblem({ network, data })));
  if (isLaw(train) || (testing && isLaw(testing))) return expect.unreachable();
  return { train, ...(testing && { test: testing }) };
}

const row = (x: Float64Array, i: number, n: number): number[] => [...x.slice(i * n, (i + 1) * n)];
const labelsOf = ({ y, count, outputs }: ExampleRows): number[] =>
  Array.from({ length: count }, (_, i) => row(y, i, outputs).indexOf(1));
const counts = (labels: number[]): number[] =>
  Array.from({ length: 10 }, (_, digit) => labels.filter((one) => one === digit).length);
const mean = (x: Float64Array): number => x.reduce((sum, one) => sum + one, 0) / x.length;
/** To the last bit; far sooner than by expect. */
const same = (x: Float64Array = new Float64Array(), y: Float64Array = new Float64Array()): boolean =>
  x.length > 0 && x.length === y.length && x.every((one, i) => one === y[i]);
function deviation(x: Float64Array): number {
  const m = mean(x);
  return Math.sqrt(mean(x.map((one) => (one - m) ** 2)));
}

describe('an image of fewer pixels', () => {
  const from = gray.slice(0, 64);
  const resized = (pixels: number, image = from, side = 8): Float64Array => {
    const to = new Float64Array(pixels * pixels);
    areaAverage(side, pixels)(image, 0, to, 0);
    return to;
  };

  test('4 × 4 from 8 × 8: the means of blocks', () => {
    const blocks = Array.from({ length: 16 }, (_, at) => {
      const corner = 16 * Math.floor(at / 4) + 2 * (at % 4);
      return (from[corner] + from[corner + 1] + from[corner + 8] + from[corner + 9]) / 4;
    });
    expect([...resized(4)]).toEqual(blocks);
  });

  test('as many: itself', () => {
    expect(resized(8)).toEqual(from);
  });

  test.each([
    [8, 3],
    [8, 5],
    [8, 7],
    [8, 1],
    [28, 14],
    [28, 10],
    [32, 12],
  ])('%i to %i: each pixel repeated, then blocks of those', (side, pixels) => {
    const image = Float64Array.from({ length: side * side }, (_, at) => gray[at + 640]);
    // Each pixel as pixels × pixels small ones; each new pixel covers side × side of them.
    const fine = (i: number, j: number): number =>
      image[Math.floor(i / pixels) * side + Math.floor(j / pixels)];
    const expected = Array.from({ length: pixels * pixels }, (_, at) => {
      let sum = 0;
      for (let i = 0; i < side; i++)
        for (let j = 0; j < side; j++)
          sum += fine(Math.floor(at / pixels) * side + i, (at % pixels) * side + j);
      return sum / side ** 2;
    });
    const found = resized(pixels, image, side);
    expect(Math.max(...found.map((x, at) => Math.abs(x - expected[at])))).toBeLessThan(1e-14);
    expect(Math.abs(mean(found) - mean(image))).toBeLessThan(1e-14);
  });

  test('colours are resized each by itself', () => {
    const two = { ...all, channels: 4, side: 4, pixels: all.pixels.slice(0, 64), count: 1 };
    const { x, inputs } = inDoubles(imageSource(two, Uint32Array.of(0), { pixels: 2 }));
    expect(inputs).toBe(16);
    for (let c = 0; c < 4; c++)
      expect([...x.slice(4 * c, 4 * c + 4)]).toEqual([...resized(2, from.slice(16 * c, 16 * c + 16), 4)]);
  });

  test('whole sets, too', () => {
    const { train } = partsOf({ standardise: false }, 4);
    expect([train.inputs, train.x.length]).toEqual([16, 1500 * 16]);
    expect(row(train.x, 0, 16)).toEqual([...resized(4)]);
  });
});

describe('standardised inputs', () => {
  const { train, test: testing = expect.unreachable() } = partsOf();
  const raw = partsOf({ standardise: false });
  it('have mean 0 and deviation 1 in the training part', () => {
    expect(Math.abs(mean(train.x))).toBeLessThan(1e-12);
    expect(Math.abs(deviation(train.x) - 1)).toBeLessThan(1e-12);
  });
  it('have the same numbers in the test part', () => {
    const [m, s] = [mean(raw.train.x), deviation(raw.train.x)];
    const errors = testing.x.map((x, at) => Math.abs(x - ((raw.test?.x[at] ?? Number.NaN) - m) / s));
    expect(errors.reduce((most, one) => Math.max(most, one), 0)).toBeLessThan(1e-12);
  });
  it('are left as they are if the problem says so', () => {
    expect(same(raw.train.x, gray.slice(0, 1500 * 64))).toBe(true);
    expect(same(raw.test?.x, gray.slice(1500 * 64))).toBe(true);
  });
  it('do not divide by zero where all are alike', () => {
    const one = partsOf({ train: 1 }, 1);
    expect([...one.train.x]).toEqual([0]);
  });
});

test('targets are one where the label is', () => {
  const { train, test: testing = expect.unreachable() } = partsOf();
  expect(train.y.reduce((sum, x) => sum + x, 0)).toBe(1500);
  expect([...labelsOf(train), ...labelsOf(testing)]).toEqual([...all.labels]);
});

describe('corrupted labels', () => {
  const clean = partsOf();
  it.each([0.1, 0.5, 1])('%f of them are shuffled', (corruption) => {
    const dirty = partsOf({ corruption, seed: 4 });
    const [before, after] = [labelsOf(clean.train), labelsOf(dirty.train)];
    expect(counts(after)).toEqual(counts(before));
    expect(same(dirty.train.x, clean.train.x)).toBe(true);
    expect(same(dirty.test?.x, clean.test?.x)).toBe(true);
    expect(same(dirty.test?.y, clean.test?.y)).toBe(true);
    const changed = after.filter((label, i) => label !== before[i]).length;
    const n = 1500 * corruption;
    // One in ten meets its own label.
    expect(changed).toBeLessThanOrEqual(n);
    expect(Math.abs(changed - 0.9 * n)).toBeLessThan(5 * Math.sqrt(0.09 * n));
  });
  it('are others by another seed', () => {
    const labels = [1, 1, 2].map((seed) => labelsOf(partsOf({ corruption: 0.3, seed }).train));
    expect(labels[0]).toEqual(labels[1]);
    expect(labels[0]).not.toEqual(labels[2]);
  });
  it('are none at 0', () => {
    expect(labelsOf(partsOf({ corruption: 0, seed: 1 }).train)).toEqual(labelsOf(clean.train));
  });
});

describe('parts', () => {
  const parts = (spec: Partial<ImagesSpec>) => {
    const { train, test: testing } = partsOfOne(all, { set: 'digits', ...spec });
    return { train: [...train], test: [...testing] };
  };
  const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);

  it('are the first 1500 and the rest', () => {
    expect(parts({})).toEqual({ train: range(0, 1500), test: range(1500, 1797) });
  });
  it('are the first ones and those after them', () => {
    expect(parts({ train: 20, test: 30 })).toEqual({ train: range(0, 20), test: range(20, 50) });
    expect(parts({ train: 20 }).test).toEqual(range(20, 1797));
  });
  it('are drawn at random, without repetition', () => {
    const { train, test: testing } = parts({ train: { draw: 1000 }, test: { draw: 797 }, seed: 1 });
    expect([train.length, testing.length]).toEqual([1000, 797]);
    expect([...train, ...testing].sort((a, b) => a - b)).toEqual(range(0, 1797));
    // A mean of 1000 of 0 … 1796 has a deviation of 11.
    expect(Math.abs(train.reduce((sum, i) => sum + i, 0) / 1000 - 898)).toBeLessThan(55);
    expect(train.slice(0, 10)).not.toEqual([...train.slice(0, 10)].sort((a, b) => a - b));
  });
  it('are the same by the same seed, and others by another', () => {
    const drawn = [1, 1, 2].map((seed) => parts({ train: { draw: 50 }, test: 5, seed }).train);
    expect(drawn[0]).toEqual(drawn[1]);
    expect(drawn[0]).not.toEqual(drawn[2]);
    const tests = [1, 2].map((seed) => parts({ train: 50, test: { draw: 50 }, seed }).test);
    expect(tests[0]).not.toEqual(tests[1]);
    expect(drawn[0]).not.toEqual(tests[0]);
  });
  it('may be the first ones to train on and drawn ones to test, or the other way round', () => {
    const first = parts({ train: 20, test: { draw: 100 }, seed: 1 });
    expect(first.train).toEqual(range(0, 20));
    expect(first.test).toHaveLength(100);
    expect(new Set(first.test).size).toBe(100);
    expect(Math.min(...first.test)).toBeGreaterThanOrEqual(20);
    const second = parts({ train: { draw: 100 }, test: 20, seed: 1 });
    expect(second.test).toEqual(
      range(0, 1797)
        .filter((i) => !second.train.includes(i))
        .slice(0, 20),
    );
  });
  it('have the sizes that are asked for, and no test where none is left', () => {
    const { train, test: testing } = partsOf({ train: 100, test: { draw: 7 }, seed: 1 });
    expect([train.count, testing?.count]).toEqual([100, 7]);
    expect(partsOf({ train: 1797 }).test).toBeUndefined();
  });
  it('are known', () => {
    expect(parts({ train: { draw: 6 }, test: { draw: 3 }, seed: 1 })).toEqual({
      train: [59, 490, 870, 1593, 1074, 1118],
      test: [1395, 666, 634],
    });
  });
});
