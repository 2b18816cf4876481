/*
 * What is measured of a network at one time, as one row of numbers; NaN where there is none. Layers are counted from 1 to
 * L, and what one layer has not (a gradient alignment of the output layer) has its place all the same.
 */

/** Numbers that there is one of. */
export const SINGLE = ['trainLoss', 'trainAccuracy', 'testLoss', 'testAccuracy'] as const;
/** Those that each layer has, and what comes of all layers together. */
export const BY_LAYER = ['weightAlignment', 'gradientAlignment'] as const;
/** Those that each layer has. */
export const LAYERS_ALONE = ['exampleAlignment', 'exampleDeviation', 'updateNorm'] as const;

export type Single = (typeof SINGLE)[number];
export type ByLayer = (typeof BY_LAYER)[number];
export type LayersAlone = (typeof LAYERS_ALONE)[number];

export const widthOf = (L: number): number =>
  SINGLE.length + BY_LAYER.length * (L + 1) + LAYERS_ALONE.length * L;

/** Where a number stands in a row; `l` from 1, or 0 for all layers together. */
export function placeOf(name: Single | ByLayer | LayersAlone, L: number, l = 0): number {
  const single = SINGLE.indexOf(name as Single);
  if (single >= 0) return single;
  const by = BY_LAYER.indexOf(name as ByLayer);
  if (by >= 0) return SINGLE.length + by * (L + 1) + (l === 0 ? L : l - 1);
  const alone = LAYERS_ALONE.indexOf(name as LayersAlone);
  return SINGLE.length + BY_LAYER.length * (L + 1) + alone * L + l - 1;
}
