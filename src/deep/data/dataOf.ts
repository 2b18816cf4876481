import type { ResolvedDeepProblem } from '../problem/index.ts';
import { type ExampleRows, type ExampleSource, inDoubles } from './examples.ts';
import type { Law } from './law.ts';
import type { DataPlaces } from './places.ts';
import { isLaw, sourcesOf } from './sources.ts';

/** What a problem is trained on and tested on: examples, or a law. */
export interface Data {
  train: ExampleRows | Law;
  test?: ExampleRows | Law;
}

/** The data of a problem in double precision. Examples that are drawn from a law are tested on the law. */
export function dataOf(problem: ResolvedDeepProblem, places: DataPlaces = {}): Data {
  const { train, test } = sourcesOf(problem, places);
  return { train: written(train), ...(test && { test: written(test) }) };
}

const written = (data: ExampleSource | Law): ExampleRows | Law => (isLaw(data) ? data : inDoubles(data));
