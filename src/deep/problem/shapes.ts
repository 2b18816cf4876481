import { imageSets, isImages, sizesOf } from './sets.ts';
import type { ResolvedDeepProblem } from './types.ts';

/*
 * A layer is a linear map of what the layer below shows, W_l, with one row for each of its units or filters, and what
 * follows it. Units of a convolution stand position by position, row by row, and the filters of a position beside each
 * other; so do the elements of a filter: tap by tap, and the channels of a tap beside each other.
 */

/** How a convolution sees the layer below: an image of `side` × `side`, zeros around it. */
export interface Window {
  side: number;
  channels: number;
  /** Taps a side; the first is (kernel − 1)/2, rounded down, before the position. */
  kernel: number;
  /** Of pool × pool outputs the largest is kept; what is left at the border is dropped. 1 if there is no pooling. */
  pool: number;
}

export interface LayerShape {
  /** Rows of W_l: units, or filters. */
  rows: number;
  /** Columns of W_l: what one row looks at. */
  fanIn: number;
  /** n_l, as the layer above sees it. */
  units: number;
  /** Of a convolution. */
  window?: Window;
}

/** What inputs are, where they are images. */
export interface ImageShape {
  side: number;
  channels: number;
}

export function imageShapeOf({ data }: Pick<ResolvedDeepProblem, 'data'>): ImageShape | undefined {
  if (!isImages(data)) return undefined;
  const { side, channels } = imageSets[data.set];
  return { side: data.pixels ?? side, channels };
}

/** The layers of a network from the first; `inputs` where the problem alone does not show how many there are. */
export function shapesOf(
  problem: Pick<ResolvedDeepProblem, 'network' | 'data'>,
  inputs = sizesOf(problem.data).inputs,
): LayerShape[] {
  const { widths, layers = [] } = problem.network;
  if (widths !== undefined)
    return widths.slice(1).map((rows, i) => ({ rows, fanIn: widths[i], units: rows }));
  const shapes: LayerShape[] = [];
  let below = inputs ?? 0;
  let image = imageShapeOf(problem);
  for (const layer of layers) {
    if ('dense' in layer) {
      shapes.push({ rows: layer.dense, fanIn: below, units: layer.dense });
      below = layer.dense;
      continue;
    }
    const { convolution: rows, kernel, pool = 1 } = layer;
    const { side, channels } = image as ImageShape;
    const pooled = Math.floor(side / pool);
    const units = rows * pooled * pooled;
    shapes.push({ rows, fanIn: channels * kernel * kernel, units, window: { side, channels, kernel, pool } });
    below = units;
    image = { side: pooled, channels: rows };
  }
  return shapes;
}

/** Numbers before pooling, for one example. */
export const fieldsOf = ({ rows, window }: LayerShape): number =>
  window === undefined ? rows : rows * window.side * window.side;
