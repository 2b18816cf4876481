import { figureConditions } from './conditions.ts';
import { figure4 } from './feedbackSigns.ts';
import { figure2a, figure2b, figure2c } from './learning.ts';
import { figureMixedSigns } from './mixedSigns.ts';
import type { Figure } from './types.ts';

export { chanceTrace } from './chance.ts';
export type { AxisOf, Claim, Drawing, Figure, Mark, Panel, Size, Trace } from './types.ts';
export { type Bench, type Machine, type Store, type Work, type Workshop, workshop } from './workshop.ts';

/** Every figure, in the order of the gallery. */
export const figures: readonly Figure[] = [
  figure2a,
  figure2b,
  figure2c,
  figure4,
  figureMixedSigns,
  figureConditions,
];
