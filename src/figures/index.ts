import { figure3b } from './alignThenMemorise.ts';
import { figureConditions } from './conditions.ts';
import { figure3c } from './degeneracy.ts';
import { figureEarlyTimes } from './earlyTimes.ts';
import { figure3a } from './exactPrediction.ts';
import { figure4 } from './feedbackSigns.ts';
import { figureFiniteSize } from './finiteSize.ts';
import { figure2a, figure2b, figure2c } from './learning.ts';
import { figureMixedSigns } from './mixedSigns.ts';
import { figurePlateau } from './plateau.ts';
import { figureSlowFeedback } from './slowFeedback.ts';
import type { Figure } from './types.ts';
import { figure10 } from './zeroWeights.ts';

export { chanceTrace } from './chance.ts';
export { type Cost, costs, yardstickThen } from './costs.ts';
export type { Claim, Drawing, Figure, Size } from './types.ts';
export {
  type Bench,
  type Machine,
  type PieceWatch,
  type Store,
  type Work,
  type Workshop,
  workshop,
} from './workshop.ts';

/** Every figure, in the order of the gallery: the paper's, then ours. */
export const figures: readonly Figure[] = [
  figure2a,
  figure2b,
  figure2c,
  figure3a,
  figure3b,
  figure3c,
  figure4,
  figure10,
  figureEarlyTimes,
  figurePlateau,
  figureFiniteSize,
  figureSlowFeedback,
  figureMixedSigns,
  figureConditions,
];
