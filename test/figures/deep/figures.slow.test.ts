import { describe, expect, it } from 'vitest';
import { alignmentSizes } from '../../../src/figures/deep/alignment.ts';
import { alignThenMemorise } from '../../../src/figures/deep/alignThenMemorise.ts';
import { corruptionOnset } from '../../../src/figures/deep/corruptionOnset.ts';
import { degeneracyBreaking } from '../../../src/figures/deep/degeneracyBreaking.ts';
import { labelCorruption } from '../../../src/figures/deep/labelCorruption.ts';
import { layersAlign } from '../../../src/figures/deep/layersAlign.ts';
import { digits } from '../../../src/figures/deep/setting.ts';
import type { Drawing } from '../../../src/figures/index.ts';
import { workshop } from '../../../src/figures/workshop.ts';
import { expectNumbers } from '../../support/claims.ts';
import { expectStoredRows } from '../../support/storedRows.ts';

/* Figures of networks, with fewer networks and epochs than the quick run has: their numbers are stored, and what they say. */

const shop = workshop({ size: 'quick', machine: { threads: 1 } });
const sizes = { ...alignmentSizes.quick, runs: 3, epochs: 1000, points: 12 };

/** Every trace; networks have the same bits on every machine. */
function expectStored(name: string, { panels }: Drawing): void {
  expectStoredRows(
    name,
    Object.fromEntries(
      panels.flatMap(({ name: panel, traces }) =>
        traces.flatMap(({ name: trace, y, low }): [string, number[]][] => [
          [`${panel}, ${trace}`, y],
          ...(low ? [[`${panel}, ${trace}, low`, low] as [string, number[]]] : []),
        ]),
      ),
    ),
  );
}
const verdicts = (drawing: Drawing): string[] => {
  expectNumbers(drawing.claims);
  return drawing.claims.map(({ holds }) => holds);
};

describe('figures of networks, on digits', () => {
  it('5: what shares its feedback ends in one region', async () => {
    const drawing = await degeneracyBreaking(shop, { settings: [digits], runs: 4, epochs: 100, points: 5 });
    expectStored('5', drawing);
    expect(verdicts(drawing)).toEqual(['yes', 'not as printed', 'yes', 'yes']);
  });

  it('6 and 7: weights align, then turn away, layer by layer', async () => {
    const global = await alignThenMemorise(shop, sizes);
    expectStored('6', global);
    expect(verdicts(global)).toEqual(['yes', 'not as printed', 'no']);
    const layers = await layersAlign(shop, { ...sizes, activation: 'tanh' });
    expectStored('7', layers);
    expect(verdicts(layers)).toEqual(['yes', 'yes', 'not as printed']);
  });

  it('9: wrong labels delay alignment', async () => {
    const drawing = await corruptionOnset(shop, {
      settings: [digits],
      levels: [0, 0.3, 0.9],
      runs: 3,
      epochs: 100,
      points: 12,
      learningRate: 0.01,
    });
    expectStored('9', drawing);
    expect(verdicts(drawing)).toEqual(['yes', 'yes']);
  });

  it('11: and make networks give up more of it', async () => {
    const drawing = await labelCorruption(shop, { ...sizes, activations: ['tanh'], levels: [0, 0.25, 0.5] });
    expectStored('11', drawing);
    expect(verdicts(drawing)).toEqual(['yes', 'yes', 'yes', 'yes']);
  });
});
