import { show } from '../../support/error.ts';
import { refuse as refuseOption, type SimulateOptions } from '../students/index.ts';
import type { CompareOptions } from './types.ts';

export const DEFAULTS = { runs: 50, level: 1e-3, scalingRuns: 100 };
/** As many as a spread is known from. */
const LEAST_SCALING_RUNS = 10;

/** What is the comparison's own, and what is left for `simulate`, which looks at it itself. */
export interface SplitOptions {
  level: number;
  scalingRuns: number;
  onProgress: CompareOptions['onProgress'];
  simulation: SimulateOptions & { runs: number };
}

export function splitOptions(options: CompareOptions): SplitOptions {
  const { level = DEFAULTS.level, scalingRuns = DEFAULTS.scalingRuns, onProgress, ...rest } = options;
  checkLevel(level);
  const enough = scalingRuns === 0 || (scalingRuns >= LEAST_SCALING_RUNS && scalingRuns <= 1e7);
  if (!(Number.isInteger(scalingRuns) && enough))
    refuse(
      'scalingRuns',
      scalingRuns,
      `use 0, for no scaling, or a whole number from ${LEAST_SCALING_RUNS} to 1e7`,
    );
  if (onProgress !== undefined && typeof onProgress !== 'function')
    refuse('onProgress', onProgress, 'use a function');
  const { redraw, ...simulation } = rest as SimulateOptions;
  if (redraw !== undefined && redraw.length > 0)
    refuse(
      'redraw',
      redraw,
      'theory is one curve, so every student must start from the same overlaps; leave it out',
    );
  return {
    level,
    scalingRuns,
    onProgress,
    simulation: { ...simulation, runs: simulation.runs ?? DEFAULTS.runs },
  };
}

export function checkLevel(level: unknown): void {
  if (!(typeof level === 'number' && level > 0 && level < 1))
    refuse('level', level, 'use a number between 0 and 1, as 1e-3');
}

function refuse(path: string, found: unknown, want: string): never {
  refuseOption(path, `found ${show(found)}; ${want}`);
}
