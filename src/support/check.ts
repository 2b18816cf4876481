import { show } from './error.ts';
import { howMany, plural } from './howMany.ts';
import { nearest } from './nearest.ts';

/*
 * What a value must be, as data: the one way in which problems, options, charts and links are checked. A check of an
 * object is a table of its keys.
 */

/** What is wrong: the path from the value that was checked to the key, what was found there, and what would do. */
export interface Fault {
  path: string;
  found: string;
  want: string;
}

/** The first fault of a value; undefined if it has none. */
export type Check = (value: unknown) => Fault | undefined;

/** A key's check, and whether the key may be missing. */
export type Field = Check & { readonly optional?: true };
export type Fields = Readonly<Record<string, Field>>;

/** A check of one condition. */
export const value =
  (ok: (value: unknown) => boolean, want: string): Check =>
  (it) =>
    ok(it) ? undefined : { path: '', found: show(it), want };

export const isFiniteNumber = (it: unknown): it is number => typeof it === 'number' && Number.isFinite(it);
export const isWhole = (it: unknown, min: number, max: number): boolean =>
  Number.isInteger(it) && (it as number) >= min && (it as number) <= max;
export const isObject = (it: unknown): it is Record<string, unknown> =>
  typeof it === 'object' && it !== null && !Array.isArray(it) && !ArrayBuffer.isView(it);
export const quoted = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ');

const written = (x: number): string =>
  x === Number.MAX_SAFE_INTEGER
    ? '2^53 − 1'
    : x >= 1e7 || (x > 0 && x < 1e-3)
      ? x.toExponential().replace('+', '')
      : String(x);
const range = (min: number, max: number): string => `${written(min)} to ${written(max)}`;

/** `what`: what the number is, or which it should be. */
export const whole = (min: number, max: number, what = ''): Check =>
  value((it) => isWhole(it, min, max), `use a whole number from ${range(min, max)}${what}`);
export const between = (min: number, max: number, what = ''): Check =>
  value((it) => isFiniteNumber(it) && it >= min && it <= max, `use a number from ${range(min, max)}${what}`);
export const number = value(isFiniteNumber, 'use a finite number');
export const text = value((it) => typeof it === 'string', 'use a string');
export const flag = value((it) => typeof it === 'boolean', 'use true or false');
export const aFunction = value((it) => typeof it === 'function', 'use a function');
export const anAbortSignal = value(
  (it) => typeof (it as AbortSignal | null)?.addEventListener === 'function',
  'use an AbortSignal',
);
/** `or`: what else would do. */
export const oneOf =
  (names: readonly string[], or = ''): Check =>
  (it) =>
    names.includes(it as string)
      ? undefined
      : { path: '', found: show(it), want: `use one of ${quoted(names)}${hint(it, names)}${or}` };

/** A list of some of these names. */
export const listOfNames =
  (names: readonly string[]): Check =>
  (it) => {
    const wrong = Array.isArray(it) ? it.find((one) => !names.includes(one)) : undefined;
    if (Array.isArray(it) && wrong === undefined && it.length <= names.length) return undefined;
    return { path: '', found: show(it), want: `use a list of ${quoted(names)}${hint(wrong, names)}` };
  };

/** A list of so many elements, of which one is called `element`. One that was left out, as in [1,,2], is undefined. */
export const listOf =
  (each: Check, min: number, max: number, element: string): Check =>
  (it) => {
    const size = min === max ? `${min} ` : max === Number.POSITIVE_INFINITY ? '' : `${range(min, max)} `;
    const want = `use a list of ${size}${max === 1 ? element : plural(element)}`;
    if (!Array.isArray(it)) return { path: '', found: show(it), want };
    if (it.length < min || it.length > max)
      return { path: '', found: `a list of ${howMany(it.length, element)}`, want };
    for (let i = 0; i < it.length; i++) {
      const fault = each(it[i]);
      if (fault !== undefined) return within(`[${i}]`, fault);
    }
    return undefined;
  };

/** A key that may be missing. */
export const optional = (check: Check): Field =>
  Object.assign(((it) => check(it)) satisfies Check, { optional: true } as const);

/**
 * An object of these keys and no others; `name` is what its keys are called, `want` says what such an object looks
 * like, `elsewhere` where to read about keys that there are not.
 */
export const record =
  (
    fields: Fields,
    {
      name = 'key',
      want = `use { ${quoted(Object.keys(fields))} }`,
      elsewhere = '',
    }: { name?: string; want?: string; elsewhere?: string } = {},
  ): Check =>
  (it) => {
    if (!isObject(it)) return { path: '', found: show(it), want };
    for (const key of Object.keys(it))
      if (!Object.hasOwn(fields, key))
        return {
          path: `.${key}`,
          found: show(it[key]),
          want: `there is no such ${name}; ${meant(key, name, Object.keys(fields), elsewhere)}`,
        };
    for (const [key, field] of Object.entries(fields)) {
      const fault = it[key] === undefined && field.optional ? undefined : field(it[key]);
      if (fault !== undefined) return within(`.${key}`, fault);
    }
    return undefined;
  };

/** One check or the other, chosen by the value. */
export const either =
  (is: (value: unknown) => boolean, then: Check, otherwise: Check): Check =>
  (it) =>
    (is(it) ? then : otherwise)(it);

/** The path of a fault, where the value that was checked is called `root` or has no name. */
export const pathOf = ({ path }: Fault, root = ''): string => path.replace(/^\./, '') || root;

/** What is wrong, in one line. */
export const wordsOf = (fault: Fault, root = ''): string =>
  `${pathOf(fault, root)}: found ${fault.found}; ${fault.want}`;

const within = (step: string, fault: Fault): Fault => ({ ...fault, path: step + fault.path });

function meant(key: string, name: string, names: readonly string[], elsewhere: string): string {
  const near = nearest(key, names);
  if (near !== undefined) return `did you mean "${near}"?`;
  return `the ${name}s are ${names.join(', ')}${elsewhere && `; ${elsewhere}`}`;
}

/** For a value that is like one of the names. */
function hint(found: unknown, names: readonly string[]): string {
  const near = typeof found === 'string' ? nearest(found, names) : undefined;
  return near === undefined ? '' : ` (did you mean "${near}"?)`;
}
