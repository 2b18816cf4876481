/**
 * A network in double precision, as readable as the formulas. Theory and faster implementations are compared with it.
 * Layers are counted from 1 to L; what belongs to layer l stands at index l − 1, except h_l at l. A batch is a list of
 * examples; what a layer makes of it is a list of their numbers.
 */
import type { LayerShape, Loss, PointActivation } from '../../problem/index.ts';
import type { Normalisation } from './normalisation.ts';

export interface ReferenceNetwork {
  shapes: readonly LayerShape[];
  /** g of the hidden layers. */
  activation: PointActivation;
  loss: Loss;
  /** W_l, rows × fan-in, row by row. */
  weights: Float64Array[];
  /** b_l; without it there are none. */
  biases?: Float64Array[];
  /** Batch normalisation of the hidden layers; without it there is none. */
  norms?: readonly Normalisation[];
}

/** Numbers of each example of a batch. */
export type Rows = readonly Float64Array[];

/**
 * For hidden layer l, from 1: B_l of n_l × n_{l+1}, or of the form of a convolution's weights ('layers'), F_l of n_l × n_L
 * ('outputs'), F_1 alone ('first'), sizes in the form of W_{l+1} ('signs'). Of a rule that has no feedback, none, or F_l
 * against which its weights are measured.
 */
export type Feedback = readonly Float64Array[];
