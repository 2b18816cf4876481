import { AlignodeError } from '../../index.ts';
import type { State } from '../state/state.ts';

export const SEED = { least: 0, most: Number.MAX_SAFE_INTEGER };
export const DIMENSION = { least: 1, most: 1e9 };

/** ₁ for the first unit. */
export const subscript = (k: number): string =>
  [...String(k + 1)].map((digit) => '₀₁₂₃₄₅₆₇₈₉'[Number(digit)]).join('');

/** Numbers in words: (0.8, −0.5). */
export const listed = (numbers: readonly number[] | undefined): string =>
  numbers === undefined ? 'not known' : `(${numbers.map(short).join(', ')})`;

export const short = (x: number): string => String(Number(x.toPrecision(3))).replace('-', '−');

/** A change that a problem that is refused does not allow: then the state stays, and it is said why. */
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
