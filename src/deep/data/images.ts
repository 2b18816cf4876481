import { randomBlock, STREAMS, uniform } from '../../random/index.ts';
import type { ImagesSpec, PartSpec } from '../problem/index.ts';
import type { ExampleSource } from './examples.ts';

/** Images with labels, channel by channel, row by row. */
export interface LabelledImages {
  count: number;
  side: number;
  channels: number;
  classes: number;
  /** From 0 to `levels`, which stands for 1. */
  pixels: Uint8Array;
  levels: number;
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
    const other = order[j];
    order[j] = order[i];
    order[i] = other;
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

const upTo = (n: number): Uint32Array => Uint32Array.from({ length: n }, (_, i) => i);

/** One list of images as a training part and a test part, which is taken from those that are left. */
export function partsOfOne(
  all: LabelledImages,
  { train = 1500, test, seed = 0 }: ImagesSpec,
): { train: Uint32Array; test: Uint32Array } {
  const training = chosenOf(upTo(all.count), train, seed, 0);
  const taken = new Set(training);
  const left = upTo(all.count).filter((i) => !taken.has(i));
  return { train: training, test: chosenOf(left, test ?? left.length, seed, 1) };
}

/** What is taken of a list to train on and of another to test on; all, where nothing is said. */
export const partsOfTwo = (
  counts: { train: number; test: number },
  { train = counts.train, test = counts.test, seed = 0 }: ImagesSpec,
): { train: Uint32Array; test: Uint32Array } => ({
  train: chosenOf(upTo(counts.train), train, seed, 0),
  test: chosenOf(upTo(counts.test), test, seed, 1),
});

/** By how much inputs are moved, and by what they are then multiplied. */
export interface Shift {
  mean: number;
  factor: number;
}
const NONE: Shift = { mean: 0, factor: 1 };

/** Chosen images as inputs, and labels for them as one-hot targets. */
export function imageSource(
  all: LabelledImages,
  chosen: Uint32Array,
  {
    pixels = all.side,
    labels = labelsOf(all, chosen),
    shift: { mean, factor } = NONE,
  }: { pixels?: number | undefined; labels?: Uint8Array | undefined; shift?: Shift | undefined } = {},
): ExampleSource {
  const inputs = all.channels * pixels * pixels;
  return {
    count: chosen.length,
    inputs,
    outputs: all.classes,
    write(x, y) {
      forImages(all, chosen, pixels, (image, i) => {
        for (let k = 0, at = i * inputs; k < inputs; k++) x[at++] = factor * (image[k] - mean);
        y[i * all.classes + labels[i]] = 1;
      });
    },
  };
}

export const labelsOf = ({ labels }: LabelledImages, chosen: Uint32Array): Uint8Array =>
  Uint8Array.from(chosen, (i) => labels[i]);

/** Shows chosen images one by one, as numbers from 0 to 1 in the size asked for. */
function forImages(
  { side, channels, levels, pixels: bytes }: LabelledImages,
  chosen: Uint32Array,
  pixels: number,
  see: (image: Float64Array, i: number) => void,
): void {
  const gray = Float64Array.from({ length: 256 }, (_, level) => level / levels);
  const size = side * side;
  const resize = areaAverage(side, pixels);
  const whole = new Float64Array(channels * size);
  const image = pixels === side ? whole : new Float64Array(channels * pixels * pixels);
  for (let i = 0; i < chosen.length; i++) {
    for (let k = 0, at = chosen[i] * whole.length; k < whole.length; k++) whole[k] = gray[bytes[at++]];
    if (image !== whole)
      for (let c = 0; c < channels; c++) resize(whole, c * size, image, c * pixels * pixels);
    see(image, i);
  }
}

/** Makes images of another size, each from a place on to a place: a new pixel is the mean of what it covers. */
export function areaAverage(
  side: number,
  pixels: number,
): (from: Float64Array, at: number, to: Float64Array, place: number) => void {
  const ratio = side / pixels;
  /** Of each new row or column: the first old one that it covers, and how much of that and of the next ones. */
  const covers = Array.from({ length: pixels }, (_, at) => {
    const first = Math.floor(at * ratio);
    const end = Math.min(side, Math.ceil((at + 1) * ratio));
    const shares = Float64Array.from(
      { length: end - first },
      (_, i) => Math.min(first + i + 1, (at + 1) * ratio) - Math.max(first + i, at * ratio),
    );
    return { first, shares };
  });
  return (from, at, to, place) => {
    for (let row = 0; row < pixels; row++) {
      const { first: top, shares: high } = covers[row];
      for (let column = 0; column < pixels; column++) {
        const { first: left, shares: wide } = covers[column];
        let sum = 0;
        for (let i = 0; i < high.length; i++)
          for (let j = 0, k = at + (top + i) * side + left; j < wide.length; j++)
            sum += high[i] * wide[j] * from[k++];
        to[place + row * pixels + column] = sum / (ratio * ratio);
      }
    }
  };
}

/** What brings all inputs of the training part to mean 0 and deviation 1; the test part is moved by the same numbers. */
export function standardising(all: LabelledImages, chosen: Uint32Array, pixels = all.side): Shift {
  const n = chosen.length * all.channels * pixels * pixels;
  let sum = 0;
  forImages(all, chosen, pixels, (image) => {
    for (let k = 0; k < image.length; k++) sum += image[k];
  });
  const mean = sum / n;
  let squares = 0;
  forImages(all, chosen, pixels, (image) => {
    for (let k = 0; k < image.length; k++) squares += (image[k] - mean) * (image[k] - mean);
  });
  const variance = squares / n;
  return { mean, factor: variance > 0 ? 1 / Math.sqrt(variance) : 1 };
}

/** Labels of which a fraction, drawn at random, is shuffled among one another. */
export function corrupted(labels: Uint8Array, fraction: number, seed: number): Uint8Array {
  const chosen = shuffled(labels.length, seed, CORRUPTED).slice(0, Math.round(fraction * labels.length));
  const after = labels.slice();
  // The chosen stand in random order already: each takes the label of the next.
  chosen.forEach((to, i) => {
    after[to] = labels[chosen[(i + 1) % chosen.length]];
  });
  return after;
}
