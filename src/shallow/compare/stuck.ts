import { AlignodeError } from '../../support/error.ts';
import type { ResolvedProblem } from '../problem/index.ts';
import { stuckUnit } from '../theory/index.ts';

/** Refuses a start at which theory and students speak of different things: relu units of weights exactly zero. */
export function refuseStuck(problem: ResolvedProblem): void {
  const unit = stuckUnit(problem);
  if (unit === undefined) return;
  const at = unit + 1;
  throw new AlignodeError(
    'not-available',
    `student.Q: found Q_${at}_${at} = 0; a ${problem.activation} student of weights that are exactly zero never moves, while theory takes the limit of small weights, so the two cannot be compared; give the unit small weights, as Q_${at}_${at} = 1e-6 (where it is drawn, sigma 1e-3)`,
    { path: 'student.Q' },
  );
}
