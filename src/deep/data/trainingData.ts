import { AlignodeError } from '../../support/error.ts';
import type { ResolvedDeepProblem } from '../problem/index.ts';
import { type Examples32, inSingles } from './examples.ts';
import type { DataPlaces } from './places.ts';
import { type ImageShape, isLaw, sourcesOf } from './sources.ts';

/** What networks are trained and tested on. */
export interface TrainingData {
  train: Examples32;
  /** Absent where there is none, and where the test is a law rather than examples. */
  test?: Examples32;
  /** Of inputs that are images. */
  image?: ImageShape;
}

/** The data of a problem in single precision, each number that of `dataOf` rounded, without a copy in double. */
export function trainingData(problem: ResolvedDeepProblem, places: DataPlaces = {}): TrainingData {
  const { train, test, image } = sourcesOf(problem, places);
  if (isLaw(train))
    throw new AlignodeError(
      'not-available',
      'data.examples: found nothing; a network is trained on examples, and this is their law: give "examples": 1000 and "seed": 1',
      { path: 'data.examples' },
    );
  const { batch } = problem;
  if (typeof batch === 'number' && batch > train.count)
    throw new AlignodeError(
      'invalid-problem',
      `batch: found ${batch}; use at most ${train.count}, the number of examples, or "all"`,
      { path: 'batch' },
    );
  return {
    train: inSingles(train),
    ...(test && !isLaw(test) && { test: inSingles(test) }),
    ...(image && { image }),
  };
}
