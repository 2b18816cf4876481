import type { DeepComparison } from '../../deep/compare/index.ts';
import { version } from '../../support/version.ts';
import { jsonPieces } from './jsonPieces.ts';

/** As deep as one curve of one run of one rate. */
const DEPTH = 6;

/** A comparison of deep linear networks as JSON, piece by piece, the networks last. What is not a number becomes null. */
export function* deepComparisonToJson({
  problem,
  settings,
  verdict,
  simulations,
  ...rest
}: DeepComparison): Generator<string> {
  yield* jsonPieces({ version, problem, settings, verdict, ...rest, simulations }, DEPTH);
  yield '\n';
}
