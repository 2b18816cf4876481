import {
  aFunction,
  type Check,
  type Field,
  isWhole,
  listOf,
  optional,
  value,
  whole,
} from '../../support/check.ts';
import { checkOptions, refuse } from '../../support/options.ts';
import { SIMULATE_OPTIONS, type SimulateOptions } from '../students/index.ts';
import type { PLearnOptions, PLearnSettings } from './types.ts';

const DEFAULTS = {
  negative: 0,
  N: 500,
  runs: 50,
  seed: 1,
  student: 'trained',
  learningRate: 0.1,
  noise: 0,
  sigma: 0.01,
  learned: 1e-4,
} as const;
/** The last time, in units of 1/η, if none is given. */
const LAST = 1000;
/** The default of `patience`, in the same units: before this time no student counts as stuck. */
const PATIENCE = 100;
const MOST_UNITS = 64;

/** Above 0, and up to `max`. */
const positive = (max: number, want: string): Check =>
  value((it) => typeof it === 'number' && it > 0 && it <= max, want);
const rate = positive(1e6, 'use a positive number');
const several = listOf(whole(1, MOST_UNITS), 1, 1000, 'whole number');

/** The options for `simulate`: those that change the numbers, and those that choose what does the work. */
const { N, seed, student, backend, adapter, allowSoftware, threads, signal } = SIMULATE_OPTIONS;
const MACHINE = { backend, adapter, allowSoftware, threads, signal };

const OWN = {
  K: value(
    (it) => several(Array.isArray(it) ? it : [it]) === undefined,
    `use a whole number from 1 to ${MOST_UNITS}, or several: on the command line 3, or 2,3,5, or 2..10`,
  ),
  M: whole(1, MOST_UNITS),
  negative: optional(value((it) => isWhole(it, 0, MOST_UNITS), 'use a whole number from 0 to M')),
  runs: optional(value((it) => isWhole(it, 0, 1e7), 'use a whole number from 0 (the formula alone) to 1e7')),
  learningRate: optional(rate),
  noise: optional(value((it) => it === 0 || rate(it) === undefined, 'use 0 or a positive number')),
  sigma: optional(rate),
  alpha: optional(positive(1e12, 'use a positive number, the last time')),
  patience: optional(positive(Number.POSITIVE_INFINITY, 'use a positive number, a time')),
  learned: optional(positive(1, 'use a part of the error at the start, above 0 and up to 1')),
  N: optional(N),
  seed,
  student,
};

const PLEARN_OPTIONS: { readonly [key in keyof PLearnOptions]-?: Field } = {
  ...OWN,
  ...MACHINE,
  onProgress: optional(aFunction),
};

/** The options with every default filled in, and separately those that only choose what does the work. */
export function checked(options: PLearnOptions): {
  settings: PLearnSettings;
  machine: Partial<SimulateOptions>;
} {
  checkOptions(options, PLEARN_OPTIONS);
  const machine = given(options, MACHINE);
  const stated = given(options, OWN);
  const { K, M, learningRate = DEFAULTS.learningRate, negative = DEFAULTS.negative } = options;
  const settings: PLearnSettings = {
    ...DEFAULTS,
    alpha: LAST / learningRate,
    patience: PATIENCE / learningRate,
    ...(stated as Omit<typeof stated, 'K' | 'M'>),
    M,
    K: [...new Set(typeof K === 'number' ? [K] : K)],
  };
  if (negative > M) refuse('negative', `found ${negative}; use a whole number from 0 to M = ${M}`);
  const dimension = Math.max(...settings.K) + M;
  if (settings.N < dimension) refuse('N', `found ${settings.N}; use at least K + M = ${dimension}`);
  const least = 4 / learningRate;
  if (settings.alpha < least)
    refuse(
      'alpha',
      `found ${settings.alpha}; nobody has learned by then: use ${least} (4/learningRate) or more`,
    );
  return { settings, machine };
}

/** Those of the options in a table that have a value. */
function given<Key extends keyof PLearnOptions>(
  options: PLearnOptions,
  table: { readonly [key in Key]: Field },
): Partial<{ [key in Key]: NonNullable<PLearnOptions[key]> }> {
  const keys = Object.keys(table) as Key[];
  const some = keys.flatMap((key) => (options[key] === undefined ? [] : [[key, options[key]]]));
  return Object.fromEntries(some);
}
