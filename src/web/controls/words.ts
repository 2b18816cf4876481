import { AlignodeError } from '../../index.ts';
import { RANGES, type State } from '../state/state.ts';

/** Problems draw with the seeds, and in the dimensions, of students. */
export const { seed: SEED, N: DIMENSION } = RANGES;

/** Numbers in words: (0.8, −0.5). */
export const listed = (numbers: readonly number[] | undefined): string =>
  numbers === undefined ? 'not known' : `(${numbers.map(short).join(', ')})`;

export const short = (x: number): string => String(Number(x.toPrecision(3))).replace('-', '−');

/** Tries a change that needs a valid problem. If the problem is refused, the state stays, and the reason is shown. */
export function attempted(
  state: State,
  change: (state: State) => State,
  say: (words: string) => void,
): State {
  try {
    return change(state);
  } catch (error) {
    if (!(error instanceof AlignodeError)) throw error;
    say(`Nothing is changed, for the problem as it stands is refused. ${error.message}`);
    return state;
  }
}
