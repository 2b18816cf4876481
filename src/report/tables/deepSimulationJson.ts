import type { DeepSimulation } from '../../deep/networks/index.ts';
import { version } from '../../support/version.ts';
import { jsonPieces } from './jsonPieces.ts';

/** As deep as the layers of one alignment of one run. */
const DEPTH = 4;

/** Networks in training as JSON, piece by piece, the runs last. What is not a number becomes null. */
export function* deepSimulationToJson({
  problem,
  settings,
  perRun,
  ...rest
}: DeepSimulation): Generator<string> {
  yield* jsonPieces({ version, problem, settings, ...rest, perRun }, DEPTH);
  yield '\n';
}
