import { aFunction, type Field, isFiniteNumber, isWhole, optional, value } from '../../support/check.ts';
import { DEEP_SIMULATE_OPTIONS } from '../networks/index.ts';
import type { DeepCompareOptions } from './types.ts';

export const DEFAULTS = { runs: 20, seed: 1, level: 1e-3 };
/** As many as a spread is known from. */
export const LEAST_RUNS = 10;

const { seed, backend, threads, data, onMeasured, signal } = DEEP_SIMULATE_OPTIONS;

/** What each option of `compare` may hold for deep problems. */
export const DEEP_COMPARE_OPTIONS: { readonly [key in keyof DeepCompareOptions | 'redraw']-?: Field } = {
  runs: optional(value((it) => isWhole(it, 1, 1e5), 'use a whole number from 1 to 1e5')),
  seed,
  backend,
  threads,
  data,
  level: optional(
    value((it) => isFiniteNumber(it) && it > 0 && it < 1, 'use a number between 0 and 1, as 1e-3'),
  ),
  redraw: optional(
    value(
      (it) => Array.isArray(it) && it.length === 0,
      'theory is one curve, so every network has the same start, feedback and data; leave it out',
    ),
  ),
  onPlan: optional(aFunction),
  onProgress: optional(aFunction),
  onMeasured,
  signal,
};
