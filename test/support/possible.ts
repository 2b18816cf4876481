import { binomialInterval } from '../../src/shallow/compare/index.ts';

/** Whether p may be the chance of learning behind students who were counted, the undecided both ways; wrongly denied once in ten million. */
export function possible(
  { learned, undecided, runs }: { learned: number; undecided: number; runs: number },
  p: number,
): boolean {
  const level = 1 - 1e-7;
  return (
    binomialInterval(learned, runs, level)[0] <= p &&
    p <= binomialInterval(learned + undecided, runs, level)[1]
  );
}
