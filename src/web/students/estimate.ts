import { reasonOf } from '../../support/error.ts';
import { howMany } from '../../support/howMany.ts';
import { unitsOf } from '../state/problem.ts';
import type { State } from '../state/state.ts';
import { counted } from '../views/numbers.ts';
import { bytesFor } from './measurements.ts';
import { studentsProblem } from './problem.ts';
import { inWords, students } from './words.ts';

/** What students take of the page's memory, at most. */
const MOST_BYTES = 2 ** 28;
/**
 * Bytes of a student besides its rows, and how many copies of the rows there are: in the worker, in the page, and in
 * transit or unpacked.
 */
const BESIDE = 2048;
const COPIES = 3;
/** From this number of steps on, the page says that they are many: hours on a CPU, minutes on a good GPU. */
const MANY = 1e10;

/** What it will take to train the students that are asked for, in words; or why they cannot be. */
export interface Estimate {
  words: string;
  kind: 'possible' | 'long' | 'refused';
}

export function estimate(state: State): Estimate {
  const { N, runs } = state.students;
  const refused = (words: string): Estimate => ({ words, kind: 'refused' });
  try {
    const { alpha, ...problem } = studentsProblem(state);
    const times = alpha as number[];
    const { K, M } = unitsOf({ alpha, ...problem });
    if (N < K + M) return refused(`N = ${N} is too small: use at least K + M = ${K + M}.`);
    const one = COPIES * bytesFor(K, M, times.length, 1) + BESIDE;
    if (one * runs > MOST_BYTES)
      return refused(
        `So many students would not fit into the page: use at most ${counted(Math.floor(MOST_BYTES / one))}.`,
      );
    const examples = Math.round(times[times.length - 1] * N);
    const steps = examples * runs;
    const words = `${students(runs)} × ${howMany(examples, 'example', inWords(examples))}: ${howMany(steps, 'step', inWords(steps))}`;
    return steps > MANY
      ? {
          words: `${words}. That is long: hours without a good GPU. Fewer students, a smaller N or an earlier last α would be shorter.`,
          kind: 'long',
        }
      : { words: `${words}.`, kind: 'possible' };
  } catch (error) {
    return refused(`There are no students of a problem that is refused: ${reasonOf(error)}`);
  }
}
