/*
 * Files that are taken for a problem and are none: what they are, in words. Those of `integrate`, `simulate` and
 * `compare` are not among them, as they hold the problem that was solved.
 */

type Kind<T> = readonly [what: string, is: (it: T) => boolean];

const startsWith = (pattern: RegExp) => (text: string) => pattern.test(text);

/** By the text. A table without a head has names in its first line, numbers and commas in its second. */
const TEXTS: readonly Kind<string>[] = [
  ['the CSV of a figure', (text) => startsWith(/^# alignode/)(text) && /^# figure /m.test(text)],
  ['the CSV of plearn', startsWith(/^# alignode/)],
  [
    'a table without its head (--header none puts that into the file beside it, whose name ends in .csv.json)',
    startsWith(/^[\w. -]+(,[\w. -]+)+\r?\n/),
  ],
  ['a page or a picture', startsWith(/^\s*<|^\u0089PNG|^\ufffdPNG/)],
];

/** By the keys. */
const OBJECTS: readonly Kind<object>[] = [
  ['the JSON of plearn', (it) => 'points' in it && 'settings' in it],
  ['the JSON of a figure', (it) => 'alignode' in it],
  ['the list of the figures made', (it) => 'figures' in it && 'version' in it],
];

export const WHAT_WOULD_DO =
  'give a problem, as in examples/, or what integrate, simulate or compare wrote: CSV with its line "# problem", or JSON with its key "problem"';

/** What a text is that is no JSON; undefined if that is not known. */
export const otherText = (text: string): string | undefined => TEXTS.find(([, is]) => is(text))?.[0];

/** What a value is that is no problem; undefined if that is not known. */
export const otherValue = (value: unknown): string | undefined =>
  typeof value === 'object' && value !== null ? OBJECTS.find(([, is]) => is(value))?.[0] : undefined;
