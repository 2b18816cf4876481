import type { Simulation } from '../../shallow/students/index.ts';
import { version } from '../../support/version.ts';
import { jsonPieces } from './jsonPieces.ts';

/** As deep as one time of one matrix of one run. */
const DEPTH = 4;

/** A simulation as JSON, piece by piece, the runs last. What is not a number becomes null. */
export function* simulationToJson({ problem, settings, perRun, ...rest }: Simulation): Generator<string> {
  yield* jsonPieces({ version, problem, settings, ...rest, perRun }, DEPTH);
  yield '\n';
}
