import { AlignodeError, show } from '../error.ts';
import { backends } from './backends.ts';
import type { Part, SimulateOptions, SimulationSettings, StudentKind } from './types.ts';

const STUDENTS: readonly StudentKind[] = ['trained', 'projected'];
/** What comes later in this list may be drawn to match what comes before. */
export const PARTS: readonly Part[] = ['teacher', 'student', 'feedback'];

interface OptionRule {
  key: keyof SimulateOptions;
  ok: (value: unknown) => boolean;
  want: string;
}

const integer = (min: number, max: number) => (x: unknown) =>
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
    ok: (x) => x === 'auto' || Object.hasOwn(backends, x as string),
    want: `use one of ${list(['auto', ...Object.keys(backends)])}`,
  },
  { key: 'threads', ok: integer(1, 1024), want: 'use a whole number from 1 to 1024' },
  {
    key: 'redraw',
    ok: (x) => Array.isArray(x) && x.every((part) => PARTS.includes(part)),
    want: `use a list of ${list(PARTS)}`,
  },
  { key: 'testSet', ok: integer(0, 1e9), want: 'use a whole number from 0 to 1e9' },
  { key: 'onProgress', ok: isFunction, want: 'use a function' },
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

/** Checked options with every default filled in. `defaultThreads` is what the machine has. */
export function settle(
  options: SimulateOptions,
  activation: string,
  defaultThreads: number,
): { settings: SimulationSettings; notes: string[] } {
  const student = options.student ?? 'trained';
  const { backend, notes } = chooseBackend(options.backend ?? 'auto', student, activation);
  return {
    settings: {
      N: options.N,
      runs: options.runs ?? 1,
      seed: options.seed ?? 1,
      student,
      backend,
      threads: options.threads ?? defaultThreads,
      redraw: PARTS.filter((part) => options.redraw?.includes(part)),
      testSet: options.testSet ?? 0,
    },
    notes,
  };
}

function chooseBackend(
  name: string,
  student: StudentKind,
  activation: string,
): { backend: string; notes: string[] } {
  if (name !== 'auto') {
    const missing = backends[name][student].missing(activation);
    if (missing !== undefined) refuse('backend', `"${name}" does not run here: ${missing}; use "auto"`);
    return { backend: name, notes: [] };
  }
  const notes: string[] = [];
  for (const [backend, students] of Object.entries(backends)) {
    const missing = students[student].missing(activation);
    if (missing === undefined) return { backend, notes };
    notes.push(`the backend "${backend}" does not run here (${missing}); a slower one is used`);
  }
  throw new AlignodeError('not-available', 'no backend runs here');
}

export function refuse(path: string, message: string): never {
  throw new AlignodeError('invalid-option', `${path}: ${message}`, { path });
}
