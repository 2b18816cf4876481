import { type ByLayer, type LayersAlone, placeOf, type Single } from './layout.ts';
import type { DeepCurves, DeepMeasured, LayerCurves, LayerNumbers } from './types.ts';

const layersOf = (L: number): number[] => Array.from({ length: L }, (_, i) => i + 1);

/** A row of `layout.ts` by names. */
export function namesOf(
  row: Float64Array,
  L: number,
): Omit<DeepMeasured, 'run' | 'seed' | 'index' | 'epoch' | 'step'> {
  const one = (name: Single): number => row[placeOf(name, L)];
  const alone = (name: LayersAlone): number[] => layersOf(L).map((l) => row[placeOf(name, L, l)]);
  const both = (name: ByLayer): LayerNumbers => ({
    layers: layersOf(L).map((l) => row[placeOf(name, L, l)]),
    total: row[placeOf(name, L)],
  });
  return {
    trainLoss: one('trainLoss'),
    trainAccuracy: one('trainAccuracy'),
    testLoss: one('testLoss'),
    testAccuracy: one('testAccuracy'),
    weightAlignment: both('weightAlignment'),
    gradientAlignment: both('gradientAlignment'),
    exampleAlignment: { mean: alone('exampleAlignment'), deviation: alone('exampleDeviation') },
    updateNorm: alone('updateNorm'),
  };
}

/** Rows, one for each time, as curves. */
export function curvesOf(rows: readonly Float64Array[], L: number): DeepCurves {
  const times = rows.map((row) => namesOf(row, L));
  const of = <K extends keyof (typeof times)[number]>(key: K) => times.map((one) => one[key]);
  const both = (key: ByLayer): LayerCurves => ({
    layers: times.map((one) => one[key].layers),
    total: times.map((one) => one[key].total),
  });
  return {
    trainLoss: of('trainLoss'),
    trainAccuracy: of('trainAccuracy'),
    testLoss: of('testLoss'),
    testAccuracy: of('testAccuracy'),
    weightAlignment: both('weightAlignment'),
    gradientAlignment: both('gradientAlignment'),
    exampleAlignment: {
      mean: times.map((one) => one.exampleAlignment.mean),
      deviation: times.map((one) => one.exampleAlignment.deviation),
    },
    updateNorm: of('updateNorm'),
  };
}
