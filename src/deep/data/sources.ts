import { type ImagesSpec, imageSets, isImages, type ResolvedDeepProblem } from '../problem/index.ts';
import { digits } from './digits.ts';
import { drawExamples, gaussianLaw, teacherLaw } from './drawn.ts';
import { type ExampleSource, rowsOf, sourceOf } from './examples.ts';
import { readImages } from './imageFiles.ts';
import { corrupted, imageSource, labelsOf, partsOfOne, partsOfTwo, standardising } from './images.ts';
import type { Law } from './law.ts';
import { npzSources } from './npzExamples.ts';
import type { DataPlaces } from './places.ts';

/** Images are squares: pixels on a side, and numbers a pixel; inputs stand channel by channel, row by row. */
export interface ImageShape {
  side: number;
  channels: number;
}

/** What a problem is trained on and tested on, before it is written out. */
export interface Sources {
  train: ExampleSource | Law;
  test?: ExampleSource | Law;
  image?: ImageShape;
}

export const isLaw = <T extends object>(data: T | Law): data is Law => 'Sigma' in data;

/** The data of a problem. Examples that are drawn from a law are tested on the law. */
export function sourcesOf(problem: ResolvedDeepProblem, places: DataPlaces): Sources {
  const { data, network } = problem;
  if ('file' in data) return npzSources(problem, data.file);
  if (isImages(data)) return imageSources(data, places);
  if (!('set' in data))
    return {
      train: arrays(data.train.x, data.train.y),
      ...(data.test && { test: arrays(data.test.x, data.test.y) }),
    };
  const law = data.set === 'gaussian' ? gaussianLaw(data) : teacherLaw(data, network.widths ?? []);
  const { examples, seed = 0 } = data;
  if (examples === undefined) return { train: law, test: law };
  const drawn = drawExamples(law, examples, seed);
  return { train: sourceOf(drawn, drawn.x, drawn.y), test: law };
}

function arrays(x: number[][], y: number[][]): ExampleSource {
  const rows = rowsOf(x, y);
  return sourceOf(rows, rows.x, rows.y);
}

function imageSources(data: ImagesSpec, places: DataPlaces): Sources {
  const { set, pixels, standardise = true, corruption = 0, seed = 0 } = data;
  const { images, chosen } = imagesOf(set, data, places);
  const shift = standardise ? standardising(images.train, chosen.train, pixels) : undefined;
  const labels = corrupted(labelsOf(images.train, chosen.train), corruption, seed);
  const train = imageSource(images.train, chosen.train, { pixels, labels, shift });
  const test = imageSource(images.test, chosen.test, { pixels, shift });
  const { side, channels } = imageSets[set];
  return { train, ...(test.count > 0 && { test }), image: { side: pixels ?? side, channels } };
}

/** The images of a set, and which of them each part has. */
function imagesOf(set: ImagesSpec['set'], data: ImagesSpec, places: DataPlaces) {
  if (set === 'digits') {
    const all = digits();
    return { images: { train: all, test: all }, chosen: partsOfOne(all, data) };
  }
  const images = readImages(set, places);
  return {
    images,
    chosen: partsOfTwo({ train: images.train.count, test: images.test.count }, data),
  };
}
