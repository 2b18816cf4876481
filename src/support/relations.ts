import { type Check, type Fault, pathOf, wordsOf } from './check.ts';
import { AlignodeError, show, unreadable } from './error.ts';
import { howMany } from './howMany.ts';

/*
 * What must hold between the values of a problem, once each is well formed by itself: a table, of which the first row
 * that fails makes the message.
 */

// biome-ignore lint/suspicious/noExplicitAny: the tables look at values of unknown shape
export type Any = any;

/** What does not hold: `found` is a value of the problem, or words (of two and more) that say what is wrong. */
export type Failure = { path: string; found: unknown; want: string } | undefined;

export interface Relation {
  /** The row applies only to problems of this kind. */
  readonly when?: (p: Any) => boolean;
  /** Undefined if it holds. */
  readonly fails: (p: Any) => Failure;
}

/** Refuses a problem of which a key, or what must hold between keys, is at fault. */
export function requireAll(problem: unknown, keys: Check, relations: readonly Relation[]): void {
  refuseFault(keys(problem));
  for (const { when, fails } of relations)
    if (when === undefined || when(problem)) refuseFailure(fails(problem));
}

/** What `look` returns; where a value cannot be read, as a getter that throws, that is the fault. */
export function readSafely<T>(look: () => T): T {
  try {
    return look();
  } catch (error) {
    if (error instanceof AlignodeError) throw error;
    throw new AlignodeError('invalid-problem', `problem: ${unreadable(error)}`, { path: 'problem' });
  }
}

export function refuseFault(fault: Fault | undefined): void {
  if (fault === undefined) return;
  throw new AlignodeError('invalid-problem', wordsOf(fault, 'problem'), { path: pathOf(fault, 'problem') });
}

export function refuseFailure(failure: Failure): void {
  if (failure === undefined) return;
  const { found } = failure;
  const words = typeof found === 'string' && found.includes(' ');
  refuseFault({ ...failure, found: words ? found : show(found) });
}

/** Whether a matrix has so many rows, each of so many columns; `why`: where the numbers come from. */
export function shapeOf(
  path: string,
  X: readonly number[][],
  rows: number,
  columns: number,
  why: string,
): Failure {
  const bad = X.find((row) => row.length !== columns);
  if (X.length === rows && bad === undefined) return undefined;
  const found = `${howMany(X.length, 'row')}${bad === undefined ? '' : `, one of ${howMany(bad.length, 'number')}`}`;
  return { path, found, want: `use ${howMany(rows, 'row')} of ${howMany(columns, 'number')} (${why})` };
}
