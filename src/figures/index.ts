import { figure6 } from './deep/alignThenMemorise.ts';
import { figure9 } from './deep/corruptionOnset.ts';
import { figure5 } from './deep/degeneracyBreaking.ts';
import { figure11 } from './deep/labelCorruption.ts';
import { figure7 } from './deep/layersAlign.ts';
import { figure3b } from './shallow/alignThenMemorise.ts';
import { figureConditions } from './shallow/conditions.ts';
import { figure3c } from './shallow/degeneracy.ts';
import { figureEarlyTimes } from './shallow/earlyTimes.ts';
import { figure3a } from './shallow/exactPrediction.ts';
import { figure4 } from './shallow/feedbackSigns.ts';
import { figureFiniteSize } from './shallow/finiteSize.ts';
import { figure2a, figure2b, figure2c } from './shallow/learning.ts';
import { figureMixedSigns } from './shallow/mixedSigns.ts';
import { figurePlateau } from './shallow/plateau.ts';
import { figureSlowFeedback } from './shallow/slowFeedback.ts';
import { figure10 } from './shallow/zeroWeights.ts';
import type { Figure } from './types.ts';

export { type Cost, costs, yardstickThen } from './costs.ts';
export { chanceTrace } from './shallow/chance.ts';
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
  figure5,
  figure6,
  figure7,
  figure9,
  figure10,
  figure11,
  figureEarlyTimes,
  figurePlateau,
  figureFiniteSize,
  figureSlowFeedback,
  figureMixedSigns,
  figureConditions,
];
