import type { Comparison } from '../../shallow/compare/index.ts';
import { version } from '../../support/version.ts';
import { jsonPieces } from './jsonPieces.ts';

/** As deep as one time of one matrix of one run. */
const DEPTH = 5;

/** A comparison as JSON, piece by piece, the students last. What is not a number becomes null. */
export function* comparisonToJson({
  problem,
  settings,
  verdict,
  simulation,
  ...rest
}: Comparison): Generator<string> {
  const { perRun, ...summary } = simulation;
  yield* jsonPieces(
    { version, problem, settings, verdict, ...rest, simulation: { ...summary, perRun } },
    DEPTH,
  );
  yield '\n';
}
