import type { DeepComparison } from '../../deep/compare/index.ts';
import { howMany } from '../../support/howMany.ts';

/** What a comparison of deep linear networks found, a sentence each: the verdict first. */
export function deepComparisonInWords({ verdict, rates, simulations, notes }: DeepComparison): string[] {
  const trained = rates.map(
    (rate, k) => `${howMany(simulations[k].runs, 'network')} at the learning rate ${rate}`,
  );
  return [verdict.message, `the means are over ${trained.join(', ')}`, ...notes];
}
