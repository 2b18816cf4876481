import { STREAMS } from '../../random/index.ts';
import { type FeedbackSpec, type LayerShape, uniformMatrix } from '../problem/index.ts';

/**
 * Sizes of sign-symmetric feedback, sgn(W_{l+1}) with these sizes, in the form of W_{l+1}: the root mean square of weights
 * that start uniform between ±1/√fan-in, which is 1/√(3 fan-in); or random ones, as those of such weights, drawn once or
 * anew for each step (Liao et al. 2016: uniform, fixed random, batch random).
 */
export function signSizes(
  spec: FeedbackSpec | undefined,
  shapes: readonly LayerShape[],
  step: number,
): Float64Array[] {
  const { magnitudes, seed = 0 } =
    spec && 'magnitudes' in spec ? spec : { magnitudes: 'uniform' as const, seed: 0 };
  return shapes.slice(1).map(({ rows, fanIn }, i) => {
    if (magnitudes === 'uniform') return new Float64Array(rows * fanIn).fill(1 / Math.sqrt(3 * fanIn));
    const place = magnitudes === 'fixed-random' ? 0 : step + 1;
    const draw = uniformMatrix(rows, fanIn, seed, place, STREAMS.signSizes, i + 1);
    return draw.map((x) => Math.abs(x) / Math.sqrt(fanIn));
  });
}

/** Whether the sizes are drawn anew for each step. */
export const sizesChange = (spec: FeedbackSpec | undefined): boolean =>
  spec !== undefined && 'magnitudes' in spec && spec.magnitudes === 'batch-random';
