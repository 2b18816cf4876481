import { deepRules } from './rules.ts';
import type { LayerShape } from './shapes.ts';

export interface FeedbackShape {
  rows: number;
  columns: number;
  /** How many units of the layer an error reaches by a column, and how many errors a unit hears of by a row. */
  column: number;
  row: number;
}

/**
 * The feedback matrices that a rule has: F_l of n_l × n_L for each hidden layer or the first, or B_l of n_l × n_{l+1},
 * which for a convolution above is of the form of W_{l+1}. A rule without feedback has F_l, for alignments.
 */
export function feedbackShapes(rule: string, shapes: readonly LayerShape[]): FeedbackShape[] {
  const { feedback } = deepRules[rule];
  const outputs = shapes[shapes.length - 1].rows;
  const hidden = shapes.slice(0, feedback === 'first' ? Math.min(1, shapes.length - 1) : -1);
  return hidden.map(({ units }, i) => {
    const above = shapes[i + 1];
    if (feedback !== 'layers') return { rows: units, columns: outputs, column: units, row: outputs };
    if (above.window === undefined)
      return { rows: units, columns: above.rows, column: units, row: above.rows };
    const { rows, fanIn, window } = above;
    return { rows, columns: fanIn, column: fanIn, row: rows * window.kernel ** 2 };
  });
}
