import type { AdapterFacts, Agreement, Curves, ResolvedProblem, SimulationSettings } from '../../index.ts';

/** Students as far as they have come. */
export interface StudentsSeen {
  /** The problem that they learn; the page's may have moved on. */
  problem: ResolvedProblem;
  settings?: SimulationSettings;
  device?: AdapterFacts;
  alpha: number[];
  /** At each time: how many students were measured, their mean, and its standard error (NaN for fewer than two). */
  counts: number[];
  mean: Curves;
  stderr: Curves;
  agreement?: Agreement;
}
