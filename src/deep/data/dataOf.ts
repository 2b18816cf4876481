import { AlignodeError, show } from '../../support/error.ts';
import { type ImagesSpec, isImages, type ResolvedDeepProblem } from '../problem/index.ts';
import { digits } from './digits.ts';
import { drawExamples, gaussianLaw, teacherLaw } from './drawn.ts';
import { type ExampleRows, rowsOf } from './examples.ts';
import { corrupt, imageRows, partsOfOne, standardise } from './images.ts';
import type { Law } from './law.ts';

/** What a problem is trained on and tested on: examples, or a law. */
export interface Data {
  train: ExampleRows | Law;
  test?: ExampleRows | Law;
}

export const isLaw = (data: ExampleRows | Law): data is Law => 'Sigma' in data;

/** The data of a problem. Examples that are drawn from a law are tested on the law. */
export function dataOf({ data, network: { widths = [] } }: ResolvedDeepProblem): Data {
  if ('file' in data) throw notYet('data.file', data.file, '.npz files');
  if (isImages(data)) return imagesOf(data);
  if (!('set' in data))
    return {
      train: rowsOf(data.train.x, data.train.y),
      ...(data.test && { test: rowsOf(data.test.x, data.test.y) }),
    };
  const law = data.set === 'gaussian' ? gaussianLaw(data) : teacherLaw(data, widths);
  const { examples, seed = 0 } = data;
  return { train: examples === undefined ? law : drawExamples(law, examples, seed), test: law };
}

function imagesOf(data: ImagesSpec): Data {
  if (data.set !== 'digits') throw notYet('data.set', data.set, 'its files');
  const all = digits();
  const parts = partsOfOne(all, data);
  const train = imageRows(all, parts.train, data.pixels);
  const test = imageRows(all, parts.test, data.pixels);
  if (data.standardise ?? true) standardise(train, test);
  if (data.corruption) corrupt(train, data.corruption, data.seed ?? 0);
  return test.count === 0 ? { train } : { train, test };
}

const notYet = (path: string, found: string, what: string): AlignodeError =>
  new AlignodeError(
    'not-available',
    `${path}: found ${show(found)}; ${what} cannot be read yet; use the set "digits", "gaussian" or "linear-teacher", or give x and y in data.train`,
    { path },
  );
