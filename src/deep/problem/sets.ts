import type { DataSpec, ImagesSpec } from './types.ts';

/** A set of images with labels, as its makers give it. */
export interface ImageSet {
  /** Pixels a side, and numbers a pixel. */
  side: number;
  channels: number;
  classes: number;
  train: number;
  test: number;
}

/**
 * Every set by the name that problem files use. The digits are one list: the test part is what training leaves of it, its
 * last 297 where a problem says nothing else.
 */
export const imageSets: Readonly<Record<ImagesSpec['set'], ImageSet>> = {
  digits: { side: 8, channels: 1, classes: 10, train: 1500, test: 297 },
  mnist: { side: 28, channels: 1, classes: 10, train: 60_000, test: 10_000 },
  'fashion-mnist': { side: 28, channels: 1, classes: 10, train: 60_000, test: 10_000 },
  'cifar-10': { side: 32, channels: 3, classes: 10, train: 50_000, test: 10_000 },
  'cifar-100': { side: 32, channels: 3, classes: 100, train: 50_000, test: 10_000 },
};

export const isImages = (data: DataSpec): data is ImagesSpec => 'set' in data && data.set in imageSets;

/** Numbers of inputs and of targets of a set; undefined where a file must be read first, or T is drawn. */
export function sizesOf(data: DataSpec): { inputs?: number; outputs?: number } {
  if ('file' in data) return {};
  if ('train' in data && !('set' in data))
    return { inputs: data.train.x[0].length, outputs: data.train.y[0].length };
  if (isImages(data)) {
    const { side, channels, classes } = imageSets[data.set];
    return { inputs: (data.pixels ?? side) ** 2 * channels, outputs: classes };
  }
  if (data.set === 'gaussian') return { inputs: data.inputs, outputs: 2 };
  return Array.isArray(data.T) ? { inputs: data.T[0].length, outputs: data.T.length } : {};
}

/** How many examples there are to train on; undefined where a file must be read first, or the law itself is meant. */
export function examplesOf(data: DataSpec): number | undefined {
  if ('file' in data) return undefined;
  if ('train' in data && !('set' in data)) return data.train.x.length;
  if (isImages(data)) {
    const { train } = data;
    return train === undefined ? imageSets[data.set].train : typeof train === 'number' ? train : train.draw;
  }
  return data.examples;
}
