import {
  between,
  type Check,
  either,
  isFiniteNumber,
  isObject,
  listOf,
  number,
  oneOf,
  quoted,
  value,
  whole,
} from '../../support/check.ts';
import { show } from '../../support/error.ts';

/* What the checks of a deep problem are made of. */

export const MAX_LAYERS = 64;
export const MAX_WIDTH = 100_000;
export const MAX_EXAMPLES = 10_000_000;
/** Sums of squares and products of a few of them must still be numbers. */
export const LARGEST = 1e30;

/** The squares of smaller numbers vanish in single precision. */
export const distinct = value((it) => isFiniteNumber(it) && it >= 1e-20, 'use a finite number from 1e-20 on');
export const positive = value((it) => isFiniteNumber(it) && it > 0, 'use a finite number above zero');
export const rate = value((it) => isFiniteNumber(it) && it >= 0, 'use a finite number, zero or more');
export const size = between(0, LARGEST);
export const fraction = between(0, 1);
/** Such as a momentum, by which a sum over steps would otherwise never end. */
export const belowOne = value(
  (it) => isFiniteNumber(it) && it >= 0 && it < 1,
  'use a number from 0 up to, but not including, 1',
);
export const seed = whole(0, Number.MAX_SAFE_INTEGER);
export const width = whole(1, MAX_WIDTH);

const entry: Check = (it) =>
  number(it) ?? value((x) => Math.abs(x as number) <= LARGEST, 'use a number of size up to 1e30')(it);
export const vector = listOf(entry, 1, MAX_WIDTH, 'finite number');
export const matrix = listOf(vector, 1, MAX_EXAMPLES, 'row of finite numbers');
export const matrices = listOf(matrix, 1, MAX_LAYERS, 'matrix');

export const never = (want: string): Check => value(() => false, want);

/** One of these names; `elsewhere`: what others call them. */
export const nameOf =
  (names: readonly string[], elsewhere: Readonly<Record<string, string>> = {}, or = ''): Check =>
  (it) => {
    const word = typeof it === 'string' ? it.toLowerCase() : '';
    return !names.includes(it as string) && Object.hasOwn(elsewhere, word)
      ? { path: '', found: show(it), want: `use "${elsewhere[word]}", which is its name here` }
      : oneOf(names, or)(it);
  };

/** One of these names, or an object; `want`: what such an object looks like. */
export const nameOrObject = (
  names: readonly string[],
  elsewhere: Readonly<Record<string, string>>,
  object: Check,
  want: string,
): Check =>
  either(
    isObject,
    object,
    either(
      (it) => typeof it === 'string',
      nameOf(names, elsewhere, `, or ${want}`),
      never(`use one of ${quoted(names)}, or ${want}`),
    ),
  );

/** The first of a table's checks whose key the object has. */
export const byKey =
  (table: Readonly<Record<string, Check>>, want: string): Check =>
  (it) => {
    if (!isObject(it)) return { path: '', found: show(it), want };
    const key = Object.keys(table).find((one) => Object.hasOwn(it, one));
    return key === undefined ? { path: '', found: show(it), want } : table[key](it);
  };
