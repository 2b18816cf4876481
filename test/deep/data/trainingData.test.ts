import { describe, expect, it, test } from 'vitest';
import { inDoubles, inSingles } from '../../../src/deep/data/examples.ts';
import {
  corrupted,
  imageSource,
  labelsOf,
  partsOfTwo,
  standardising,
} from '../../../src/deep/data/images.ts';
import { dataOf, isLaw, trainingData } from '../../../src/deep/data/index.ts';
import { type DataSpec, resolveDeepProblem } from '../../../src/deep/problem/index.ts';
import { deepProblem } from '../../support/deepProblems.ts';
import { failureOf } from '../../support/failureOf.ts';
import { named, sharedData } from '../../support/sharedData.ts';

const problemOf = (data: DataSpec, widths: number[], more: object = {}) =>
  resolveDeepProblem(
    deepProblem({ data, network: { widths, activation: 'tanh' }, loss: 'squared', ...more }),
  );

const rounded = (x: Float32Array, of: Float64Array): boolean =>
  x.length > 0 && x.length === of.length && x.every((one, at) => one === Math.fround(of[at]));

describe('training data in single precision', () => {
  it.each<[string, DataSpec, number[]]>([
    ['the digits', { set: 'digits' }, [64, 10]],
    ['small corrupted digits', { set: 'digits', pixels: 3, corruption: 0.5, seed: 3 }, [9, 10]],
    [
      'drawn digits as they are',
      { set: 'digits', standardise: false, train: { draw: 50 }, seed: 1 },
      [64, 10],
    ],
    [
      'numbers in the problem',
      { train: { x: [[0.1, 0.2]], y: [[0.3]] }, test: { x: [[1, 0.7]], y: [[1 / 3]] } },
      [2, 1],
    ],
    ['a drawn set', { set: 'gaussian', inputs: 5, examples: 40, alpha: 0.4, beta: 1, seed: 1 }, [5, 2]],
  ])('is that in double precision, each number rounded: %s', (_what, data, widths) => {
    const problem = problemOf(data, widths);
    const [double, single] = [dataOf(problem), trainingData(problem)];
    if (isLaw(double.train)) return expect.unreachable();
    expect(single.train).toMatchObject({
      count: double.train.count,
      inputs: widths[0],
      outputs: widths.at(-1),
    });
    expect([rounded(single.train.x, double.train.x), rounded(single.train.y, double.train.y)]).toEqual([
      true,
      true,
    ]);
    if (double.test === undefined || isLaw(double.test)) return expect(single.test).toBeUndefined();
    expect(single.test?.count).toBe(double.test.count);
    expect(rounded(single.test!.x, double.test.x)).toBe(true);
    return expect(rounded(single.test!.y, double.test.y)).toBe(true);
  });

  it('says what images look like, and of other inputs nothing', () => {
    expect(trainingData(problemOf({ set: 'digits', pixels: 4 }, [16, 10])).image).toEqual({
      side: 4,
      channels: 1,
    });
    expect(trainingData(problemOf({ train: { x: [[1]], y: [[1]] } }, [1, 1])).image).toBeUndefined();
  });

  it('is in memory that threads share, and where a page has none in its own', () => {
    const source = imageSource(smallImages(3), Uint32Array.of(0, 1));
    expect(inSingles(source).x.buffer).toBeInstanceOf(SharedArrayBuffer);
    const page = globalThis as { crossOriginIsolated?: boolean };
    try {
      page.crossOriginIsolated = false;
      expect(inSingles(source).x.buffer).toBeInstanceOf(ArrayBuffer);
    } finally {
      delete page.crossOriginIsolated;
    }
  });

  it('cannot be had of a law, which the refusal says how to draw examples from', () => {
    const failure = failureOf(() =>
      trainingData(problemOf({ set: 'linear-teacher', T: [[1, 2]] }, [2, 1], { batch: 'all' })),
    );
    expect(failure).toMatchObject({ code: 'not-available', path: 'data.examples' });
    expect(failure.message).toContain('give "examples": 1000 and "seed": 1');
  });
});

/** Images of 4 × 4 in two colours, of which no two pixels are alike in a small set. */
const smallImages = (count: number) => ({
  count,
  side: 4,
  channels: 2,
  classes: 3,
  levels: 255,
  pixels: Uint8Array.from({ length: 32 * count }, (_, at) => (at * 37) % 256),
  labels: Uint8Array.from({ length: count }, (_, i) => i % 3),
});

describe('images of a set with a test of its own', () => {
  it('are all taken where a problem says nothing', () => {
    const { train, test: testing } = partsOfTwo({ train: 5, test: 3 }, { set: 'mnist' });
    expect([[...train], [...testing]]).toEqual([
      [0, 1, 2, 3, 4],
      [0, 1, 2],
    ]);
  });
  it('are the first ones, or drawn ones, each from its own list', () => {
    const parts = partsOfTwo(
      { train: 500, test: 300 },
      { set: 'mnist', train: { draw: 400 }, test: 2, seed: 1 },
    );
    expect([...parts.test]).toEqual([0, 1]);
    expect(new Set(parts.train).size).toBe(400);
    expect(Math.max(...parts.train)).toBeLessThan(500);
    const drawn = partsOfTwo({ train: 500, test: 300 }, { set: 'mnist', test: { draw: 250 }, seed: 1 });
    expect(drawn.train).toHaveLength(500);
    expect(new Set(drawn.test).size).toBe(250);
    expect(Math.max(...drawn.test)).toBeLessThan(300);
  });
  it('stand colour by colour, row by row, from 0 to 1', () => {
    const images = smallImages(2);
    const { x, y, inputs } = inDoubles(imageSource(images, Uint32Array.of(1, 0)));
    expect([...x.slice(0, inputs)]).toEqual([...images.pixels.slice(32)].map((level) => level / 255));
    expect([...y]).toEqual([0, 1, 0, 1, 0, 0]);
    // Each new pixel of the second colour is the mean of a block of that colour.
    const half = inDoubles(imageSource(images, Uint32Array.of(0), { pixels: 2 }));
    const gray = [...images.pixels.slice(16, 32)].map((level) => level / 255);
    expect(half.x[4]).toBe((gray[0] + gray[1] + gray[4] + gray[5]) / 4);
  });
  it('are standardised by those that are chosen, in the size that is asked for', () => {
    const images = smallImages(9);
    const chosen = Uint32Array.of(4, 2, 7);
    for (const pixels of [4, 3]) {
      const { x } = inDoubles(
        imageSource(images, chosen, { pixels, shift: standardising(images, chosen, pixels) }),
      );
      const mean = x.reduce((sum, one) => sum + one, 0) / x.length;
      const square = x.reduce((sum, one) => sum + one * one, 0) / x.length;
      expect(Math.abs(mean)).toBeLessThan(1e-14);
      expect(Math.abs(square - 1)).toBeLessThan(1e-14);
    }
  });
  it('keep their labels, each as often, when they are corrupted', () => {
    const labels = labelsOf(
      smallImages(300),
      Uint32Array.from({ length: 300 }, (_, i) => i),
    );
    const after = corrupted(labels, 1, 5);
    expect([...after].sort()).toEqual([...labels].sort());
    expect(after).not.toEqual(labels);
    expect(corrupted(labels, 0, 5)).toEqual(labels);
  });
});

const mnist = sharedData('mnist/train-images-idx3-ubyte.gz');
describe.skipIf(mnist.missing)(named('MNIST', mnist.missing), () => {
  test('whole, in single precision, has mean 0 and deviation 1', () => {
    const problem = problemOf({ set: 'mnist', pixels: 14 }, [196, 10]);
    const { train, test: testing, image } = trainingData(problem, { data: mnist.folder });
    expect([train.count, train.inputs, testing?.count, image]).toEqual([
      60_000,
      196,
      10_000,
      { side: 14, channels: 1 },
    ]);
    let sum = 0;
    let squares = 0;
    for (const one of train.x) {
      sum += one;
      squares += one * one;
    }
    expect(Math.abs(sum / train.x.length)).toBeLessThan(1e-6);
    expect(Math.abs(squares / train.x.length - 1)).toBeLessThan(1e-6);
  });
});
