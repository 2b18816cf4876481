/**
 * The linear map of a layer, one example at a time. A convolution's W has a row for each filter; a row has an element for
 * each tap and channel, the channels of a tap beside each other.
 */
import type { LayerShape, Window } from '../../problem/index.ts';
import { times, transposed } from './matrices.ts';

export interface LinearMap {
  /** W h. */
  forward(W: Float64Array, h: Float64Array): Float64Array;
  /** Wᵀ δ. */
  back(W: Float64Array, delta: Float64Array): Float64Array;
  /** Adds δ hᵀ to G, of a convolution summed over positions. */
  gradient(h: Float64Array, delta: Float64Array, G: Float64Array): void;
  /** Matrices by which errors come back from this layer, as problems have them, in the form of W; and the other way. */
  fromFeedback(B: Float64Array): Float64Array;
  toFeedback(W: Float64Array): Float64Array;
}

export const linearMapOf = (shape: LayerShape): LinearMap =>
  shape.window === undefined ? dense(shape) : convolution(shape.rows, shape.window);

const dense = ({ rows, fanIn }: LayerShape): LinearMap => ({
  forward: times,
  back(W, delta) {
    const out = new Float64Array(fanIn);
    for (let r = 0; r < rows; r++) for (let c = 0; c < fanIn; c++) out[c] += W[r * fanIn + c] * delta[r];
    return out;
  },
  gradient(h, delta, G) {
    for (let r = 0; r < rows; r++) for (let c = 0; c < fanIn; c++) G[r * fanIn + c] += delta[r] * h[c];
  },
  fromFeedback: (B) => transposed(B, rows),
  toFeedback: (W) => transposed(W, fanIn),
});

function convolution(filters: number, window: Window): LinearMap {
  const { side, channels, kernel } = window;
  const links = linksOf(window);
  const fanIn = channels * kernel * kernel;
  return {
    /** z_{p,f} = Σ_{t,c} W_{f,t,c} h_{p+t,c}. */
    forward(W, h) {
      const z = new Float64Array(side * side * filters);
      for (const { position, tap, source } of links)
        for (let f = 0; f < filters; f++)
          for (let c = 0; c < channels; c++)
            z[position * filters + f] += W[f * fanIn + tap * channels + c] * h[source * channels + c];
      return z;
    },
    back(W, delta) {
      const out = new Float64Array(side * side * channels);
      for (const { position, tap, source } of links)
        for (let f = 0; f < filters; f++)
          for (let c = 0; c < channels; c++)
            out[source * channels + c] += W[f * fanIn + tap * channels + c] * delta[position * filters + f];
      return out;
    },
    gradient(h, delta, G) {
      for (const { position, tap, source } of links)
        for (let f = 0; f < filters; f++)
          for (let c = 0; c < channels; c++)
            G[f * fanIn + tap * channels + c] += delta[position * filters + f] * h[source * channels + c];
    },
    fromFeedback: (B) => B,
    toFeedback: (W) => W,
  };
}

/** Which position sees which other one by which tap; taps beyond the image see zeros, and are left out. */
interface Link {
  position: number;
  tap: number;
  source: number;
}

function linksOf({ side, kernel }: Window): Link[] {
  const before = Math.floor((kernel - 1) / 2);
  const inside = (at: number): boolean => at >= 0 && at < side;
  const links: Link[] = [];
  for (let row = 0; row < side; row++)
    for (let column = 0; column < side; column++)
      for (let tap = 0; tap < kernel * kernel; tap++) {
        const r = row + Math.floor(tap / kernel) - before;
        const c = column + (tap % kernel) - before;
        if (inside(r) && inside(c)) links.push({ position: row * side + column, tap, source: r * side + c });
      }
  return links;
}
