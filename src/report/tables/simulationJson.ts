import type { Alignments, Simulation } from '../../shallow/students/index.ts';
import { version } from '../../support/version.ts';
import { jsonPieces } from './jsonPieces.ts';

/** As deep as one time of one matrix of one run. */
const DEPTH = 4;

/**
 * A simulation as JSON, piece by piece, the runs last; the means have both alignments too, as in CSV. What is not a
 * number becomes null.
 */
export function* simulationToJson(
  { problem, settings, perRun, ...rest }: Simulation,
  alignments: Record<'mean' | 'stderr', Alignments>,
): Generator<string> {
  const mean = { ...rest.mean, ...alignments.mean };
  const stderr = { ...rest.stderr, ...alignments.stderr };
  yield* jsonPieces({ version, problem, settings, ...rest, mean, stderr, perRun }, DEPTH);
  yield '\n';
}
