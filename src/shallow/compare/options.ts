import { aFunction, type Field, isFiniteNumber, isWhole, optional, value } from '../../support/check.ts';
import { checkOptions } from '../../support/options.ts';
import { SIMULATE_OPTIONS, type SimulateOptions } from '../students/index.ts';
import type { AgreementOptions, CompareOptions } from './types.ts';

export const DEFAULTS = { runs: 50, level: 1e-3, scalingRuns: 100 };
/** As many as a spread is known from, and lopsidedness can be judged from. */
export const LEAST_RUNS = 10;
export const LEAST_SCALING_RUNS = LEAST_RUNS;

const level = value((it) => isFiniteNumber(it) && it > 0 && it < 1, 'use a number between 0 and 1, as 1e-3');

const { onStart: _, ...students } = SIMULATE_OPTIONS;
const COMPARE_OPTIONS: { readonly [key in keyof CompareOptions | 'redraw']-?: Field } = {
  ...students,
  runs: optional(
    value(
      (it) => isWhole(it, LEAST_RUNS, 1e7),
      `use a whole number from ${LEAST_RUNS} to 1e7; of fewer students no standard error is known well enough for a test`,
    ),
  ),
  redraw: optional(
    value(
      (it) => Array.isArray(it) && it.length === 0,
      'theory is one curve, so every student must start from the same overlaps; leave it out',
    ),
  ),
  level: optional(level),
  scalingRuns: optional(
    value(
      (it) => it === 0 || isWhole(it, LEAST_SCALING_RUNS, 1e7),
      `use 0, for no scaling, or a whole number from ${LEAST_SCALING_RUNS} to 1e7`,
    ),
  ),
  onPlan: optional(aFunction),
  onProgress: optional(aFunction),
};

export const AGREEMENT_OPTIONS: { readonly [key in keyof AgreementOptions]-?: Field } = {
  N: SIMULATE_OPTIONS.N,
  level: optional(level),
  signal: SIMULATE_OPTIONS.signal,
};

/** What is the comparison's own, and what is left for `simulate`. */
export interface SplitOptions {
  level: number;
  scalingRuns: number | undefined;
  onPlan: CompareOptions['onPlan'];
  onProgress: CompareOptions['onProgress'];
  simulation: SimulateOptions & { runs: number };
}

export function splitOptions(options: CompareOptions): SplitOptions {
  checkOptions(options, COMPARE_OPTIONS);
  const { level = DEFAULTS.level, scalingRuns, onPlan, onProgress, ...simulation } = options;
  return {
    level,
    scalingRuns,
    onPlan,
    onProgress,
    simulation: { ...simulation, runs: simulation.runs ?? DEFAULTS.runs },
  };
}
