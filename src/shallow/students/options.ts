import { AlignodeError, show } from '../../support/error.ts';
import { backends } from './backends.ts';
import type { Part, SimulateOptions, StudentKind } from './types.ts';

const STUDENTS: readonly StudentKind[] = ['trained', 'projected'];
/** What comes later in this list may be drawn to match what comes before. */
export const PARTS: readonly Part[] = ['teacher', 'student', 'feedback'];
const BACKENDS: readonly string[] = ['auto', 'gpu', ...Object.keys(backends)];

interface OptionRule {
  key: keyof SimulateOptions;
  ok: (value: unknown) => boolean;
  want: string;
}

/** Whether a value is a whole number from min to max. */
export const integer = (min: number, max: number) => (x: unknown) =>
  Number.isInteger(x) && (x as number) >= min && (x as number) <= max;
const list = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ');
const isFunction = (x: unknown): boolean => typeof x === 'function';

/** What each option may hold, in the order in which they are looked at. */
const RULES: readonly OptionRule[] = [
  { key: 'N', ok: integer(1, 1e9), want: 'use a whole number from 1 to 1e9, the input dimension' },
  { key: 'runs', ok: integer(1, 1e7), want: 'use a whole number from 1 to 1e7' },
  {
    key: 'seed',
    ok: integer(0, Number.MAX_SAFE_INTEGER),
    want: 'use a whole number from 0 to 2^53 − 1',
  },
  {
    key: 'student',
    ok: (x) => STUDENTS.includes(x as StudentKind),
    want: `use one of ${list(STUDENTS)}`,
  },
  {
    key: 'backend',
    ok: (x) => BACKENDS.includes(x as string),
    want: `use one of ${list(BACKENDS)}`,
  },
  {
    key: 'adapter',
    ok: (x) => typeof x === 'string' && x.trim() !== '',
    want: 'use a part of the name of a GPU, as "nvidia"; alignode doctor lists them',
  },
  { key: 'allowSoftware', ok: (x) => typeof x === 'boolean', want: 'use true or false' },
  { key: 'threads', ok: integer(1, 1024), want: 'use a whole number from 1 to 1024' },
  {
    key: 'redraw',
    ok: (x) => Array.isArray(x) && x.every((part) => PARTS.includes(part)),
    want: `use a list of ${list(PARTS)}`,
  },
  { key: 'testSet', ok: integer(0, 1e9), want: 'use a whole number from 0 to 1e9' },
  { key: 'onStart', ok: isFunction, want: 'use a function' },
  { key: 'onProgress', ok: isFunction, want: 'use a function' },
  { key: 'onMeasured', ok: isFunction, want: 'use a function' },
  { key: 'signal', ok: (x) => isFunction((x as AbortSignal)?.addEventListener), want: 'use an AbortSignal' },
];

/** Refuses an option that is not in the table, or holds what it may not. */
export function checkOptions(options: SimulateOptions): void {
  const given = (options ?? {}) as unknown as Record<string, unknown>;
  for (const key of Object.keys(given))
    if (!RULES.some((rule) => rule.key === key))
      refuse(key, `there is no such option; the options are ${RULES.map((rule) => rule.key).join(', ')}`);
  for (const { key, ok, want } of RULES) {
    const value = given[key];
    if (value === undefined ? key === 'N' : !ok(value)) refuse(key, `found ${show(value)}; ${want}`);
  }
}

export function refuse(path: string, message: string): never {
  throw new AlignodeError('invalid-option', `${path}: ${message}`, { path });
}
