import { randomBlock, STREAMS, uniform } from '../../random/index.ts';
import type { ImagesSpec, PartSpec } from '../problem/index.ts';
import { type ExampleRows, emptyRows } from './examples.ts';

/** Images with labels: numbers from 0 to 1, channel by channel, row by row. */
export interface LabelledImages {
  count: number;
  side: number;
  channels: number;
  classes: number;
  pixels: Float64Array;
  labels: Uint8Array;
}

/** Places of `STREAMS.deepData`. */
const ORDER = 0;
const CORRUPTED = 1;

/** 0 … n − 1 in a random order (Fisher and Yates); `part` tells draws of one step apart. */
function shuffled(n: number, seed: number, step: number, part = 0): Uint32Array {
  const order = Uint32Array.from({ length: n }, (_, i) => i);
  const words = new Uint32Array(4);
  for (let i = n - 1; i > 0; i--) {
    randomBlock(words, 0, seed, step, part, i, STREAMS.deepData);
    const j = Math.floor(uniform(words[0], words[1]) * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}

/** The first ones of a list, or drawn ones in random order; `part`: which of the draws it is. */
function chosenOf(list: Uint32Array, part: PartSpec, seed: number, which: number): Uint32Array {
  if (typeof part === 'number') return list.slice(0, part);
  return shuffled(list.length, seed, ORDER, which)
    .slice(0, part.draw)
    .map((i) => list[i]);
}

/** One list of images as a training part and a test part, which is taken from those that are left. */
export function partsOfOne(
  all: LabelledImages,
  { train = 1500, test, seed = 0 }: ImagesSpec,
): { train: Uint32Array; test: Uint32Array } {
  const list = Uint32Array.from({ length: all.count }, (_, i) => i);
  const training = chosenOf(list, train, seed, 0);
  const taken = new Set(training);
  const left = list.filter((i) => !taken.has(i));
  return { train: training, test: chosenOf(left, test ?? left.length, seed, 1) };
}

/** Chosen images as inputs and one-hot targets. */
export function imageRows(all: LabelledImages, chosen: Uint32Array, pixels = all.side): ExampleRows {
  const { side, channels, classes } = all;
  const size = channels * side * side;
  const inputs = channels * pixels * pixels;
  const rows = emptyRows(chosen.length, inputs, classes);
  chosen.forEach((image, i) => {
    const from = all.pixels.subarray(image * size, (image + 1) * size);
    for (let c = 0; c < channels; c++)
      areaAverage(
        from.subarray(c * side * side, (c + 1) * side * side),
        side,
        rows.x.subarray(i * inputs + c * pixels * pixels, i * inputs + (c + 1) * pixels * pixels),
        pixels,
      );
    rows.y[i * classes + all.labels[image]] = 1;
  });
  return rows;
}

/** An image of another size: each new pixel is the mean of what it covers. */
export function areaAverage(from: Float64Array, side: number, to: Float64Array, pixels: number): void {
  if (pixels === side) {
    to.set(from);
    return;
  }
  const ratio = side / pixels;
  for (let row = 0; row < pixels; row++)
    for (let column = 0; column < pixels; column++) {
      let sum = 0;
      for (let i = Math.floor(row * ratio); i < Math.min(side, (row + 1) * ratio); i++) {
        const high = Math.min(i + 1, (row + 1) * ratio) - Math.max(i, row * ratio);
        for (let j = Math.floor(column * ratio); j < Math.min(side, (column + 1) * ratio); j++) {
          const wide = Math.min(j + 1, (column + 1) * ratio) - Math.max(j, column * ratio);
          sum += high * wide * from[i * side + j];
        }
      }
      to[row * pixels + column] = sum / (ratio * ratio);
    }
}

/** Brings all inputs of the training part to mean 0 and deviation 1, and the test part by the same numbers. */
export function standardise(train: ExampleRows, test: ExampleRows): void {
  const n = train.x.length;
  const mean = train.x.reduce((sum, x) => sum + x, 0) / n;
  const variance = train.x.reduce((sum, x) => sum + (x - mean) ** 2, 0) / n;
  const factor = variance > 0 ? 1 / Math.sqrt(variance) : 1;
  for (const { x } of [train, test]) for (let i = 0; i < x.length; i++) x[i] = factor * (x[i] - mean);
}

/** Shuffles the targets of a fraction of the examples, drawn at random, among one another. */
export function corrupt({ y, outputs, count }: ExampleRows, fraction: number, seed: number): void {
  const chosen = shuffled(count, seed, CORRUPTED).slice(0, Math.round(fraction * count));
  const before = y.slice();
  // The chosen stand in random order already: each takes the target of the next.
  chosen.forEach((to, i) => {
    const from = chosen[(i + 1) % chosen.length];
    y.set(before.subarray(from * outputs, (from + 1) * outputs), to * outputs);
  });
}
