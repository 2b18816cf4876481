/* Networks that were never trained: curves by formula, to hold what figures say against data that contradicts it. */
import type { Case } from '../../../src/figures/deep/alignment.ts';
import type { Networks } from '../../../src/figures/deep/networks.ts';
import { digits } from '../../../src/figures/deep/setting.ts';
import type { DeepRun } from '../../../src/index.ts';

const EPOCHS = Array.from({ length: 21 }, (_, i) => 10 ** (i / 7));
export const LAST = EPOCHS[EPOCHS.length - 1];

export interface Curves {
  /** Weight alignment of all, and of layers 2, 3 and 4; gradient alignment of all, and of layers 1, 2 and 3. */
  weights?: (t: number) => number;
  layers?: ((t: number) => number)[];
  gradients?: (t: number) => number;
  gradientLayers?: ((t: number) => number)[];
  accuracy?: (t: number) => number;
}

const zero = (): number => 0;

/** Five runs that differ by little. */
export function madeUp({
  weights = zero,
  layers = [zero, zero, zero],
  gradients = zero,
  gradientLayers = [zero, zero, zero],
  accuracy = zero,
}: Curves): Networks {
  const runs = [0, 1, 2, 3, 4].map((k) => {
    const noisy = (f: (t: number) => number): number[] => EPOCHS.map((t) => f(t) + 1e-4 * Math.sin(k * t));
    const perLayer = (some: ((t: number) => number)[], before: number): number[][] =>
      EPOCHS.map((t) => [
        ...new Array<number>(before).fill(Number.NaN),
        ...some.map((f, l) => f(t) + 1e-4 * Math.sin(k * t + l)),
      ]);
    return {
      run: k + 1,
      seed: k,
      trainLoss: noisy(zero),
      trainAccuracy: noisy(accuracy),
      testLoss: noisy(zero),
      testAccuracy: noisy(accuracy),
      weightAlignment: { total: noisy(weights), layers: perLayer(layers, 1) },
      gradientAlignment: { total: noisy(gradients), layers: perLayer(gradientLayers, 0) },
      exampleAlignment: { mean: [], deviation: [] },
      updateNorm: [],
    } satisfies DeepRun;
  });
  return {
    epoch: EPOCHS,
    runs: runs.length,
    mean: runs[0],
    stderr: runs[0],
    perRun: runs,
    weightCosine: null,
    matched: null,
  };
}

export const caseOf = (curves: Curves, corruption = 0.5): Case => ({
  setting: digits,
  activation: 'tanh',
  corruption,
  of: madeUp(curves),
});

/** A hill in the logarithm of time, of height 1/2 where it is largest. */
export const hill =
  (at: number) =>
  (t: number): number =>
    0.5 * Math.exp(-((Math.log(t / at) / 2) ** 2));
/** What rises by this time and stays. */
export const rise =
  (at: number, to = 0.5) =>
  (t: number): number =>
    to / (1 + (at / t) ** 2);
