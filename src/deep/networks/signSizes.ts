import { randomBlock, STREAMS, uniform } from '../../random/index.ts';
import type { LayerShape } from '../problem/index.ts';
import { feedbackSeed, type NetworkPlan } from './backend.ts';

/**
 * The sizes of sign-symmetric feedback, one matrix for each hidden layer l, in the form of W_{l+1}.
 *
 * Uniform ones are the root mean square of weights that start between ±1/√fan-in, 1/√(3 fan-in): signals are as large as
 * those of back-propagation when training starts. Random ones are the sizes of such weights: fixed ones are drawn at
 * step 0 and stay, those of a batch at its number + 1. A network that is only looked at (no step) has those of step 0.
 */
export function signSizes(
  plan: Pick<NetworkPlan, 'shapes' | 'spec' | 'seed'>,
  step?: number,
): Float64Array[] {
  const { shapes, spec } = plan;
  const kind = spec !== undefined && 'magnitudes' in spec ? spec.magnitudes : 'uniform';
  const at = kind === 'batch-random' && step !== undefined ? step + 1 : 0;
  return shapes.slice(1).map((above, i) => {
    const sizes = new Float64Array(above.rows * above.fanIn);
    if (kind === 'uniform') sizes.fill(1 / Math.sqrt(3 * above.fanIn));
    else drawSizes(sizes, above, feedbackSeed(plan), at, i + 1);
    return sizes;
  });
}

/** |u|/√fan-in with u uniform between ±1; two from each block of the place (seed, step, student = l). */
function drawSizes(out: Float64Array, { fanIn }: LayerShape, seed: number, step: number, l: number): void {
  const words = new Uint32Array(4);
  const scale = 1 / Math.sqrt(fanIn);
  for (let k = 0; k < out.length; k++) {
    if (k % 2 === 0) randomBlock(words, 0, seed, step, l, k / 2, STREAMS.signSizes);
    const at = 2 * (k % 2);
    out[k] = scale * Math.abs(2 * uniform(words[at], words[at + 1]) - 1);
  }
}
