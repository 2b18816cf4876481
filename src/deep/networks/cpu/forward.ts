import { STREAMS } from '../../../random/index.ts';
import type { Examples32 } from '../../data/index.ts';
import { BATCH_NORM, type NetworkPlan } from '../backend.ts';
import { dropThreshold, LAYER_BLOCKS } from '../dropout.ts';
import { activationNumbers } from './kernel.ts';
import type { LayerRoom, Room } from './room.ts';

/** How a network is run: with what is random in a step, and whether running statistics follow. */
export interface Mode {
  training: boolean;
  /** Of a step: its number, from 0. */
  number: number;
  tracks: boolean;
}

export const LOOKING: Mode = { training: false, number: 0, tracks: false };

/** Copies examples into the room: inputs, and targets. `chosen` gives their places, or they follow each other from `from`. */
export function loadExamples(
  room: Room,
  plan: NetworkPlan,
  examples: Examples32,
  count: number,
  chosen: Uint32Array | undefined,
  from = 0,
): void {
  const { kernel, x, strideX, y, strideY, image } = room;
  const numbers = new Float32Array(kernel.memory.buffer);
  const { inputs, outputs } = examples;
  for (let b = 0; b < count; b++) {
    const place = chosen === undefined ? from + b : chosen[b];
    let to = (image === 0 ? x + b * strideX : image) >> 2;
    for (let at = place * inputs, end = at + inputs; at < end; at++) numbers[to++] = examples.x[at];
    if (image !== 0) {
      const { side, channels } = plan.image as { side: number; channels: number };
      kernel.channelsLast(image, x + b * strideX, side, channels);
    }
    to = (y + b * strideY) >> 2;
    for (let at = place * outputs, end = at + outputs; at < end; at++) numbers[to++] = examples.y[at];
  }
}

/** Factors of dropout for inputs (layer 0) and hidden layers, drawn for a step. */
export function drawDropout(room: Room, plan: NetworkPlan, count: number, number: number): void {
  const { kernel, drawn, kept, strideX, layers } = room;
  const draw = (p: number, l: number, units: number, compact: number, to: number, stride: number): void => {
    kernel.dropoutFactors(
      compact,
      count * units,
      number,
      LAYER_BLOCKS * l,
      STREAMS.dropout,
      plan.seed | 0,
      Math.floor(plan.seed / 2 ** 32) | 0,
      dropThreshold(p),
      1 / (1 - p),
    );
    kernel.copyRows(compact, 4 * units, to, stride, count, 4 * units);
  };
  if (kept !== 0) draw(plan.dropout.inputs, 0, plan.inputs, drawn, kept, strideX);
  layers.forEach((layer, i) => {
    if (layer.kept !== 0)
      draw(plan.dropout.hidden, i + 1, layer.shape.units, layer.drawn, layer.kept, layer.strideH);
  });
}

/** Runs the inputs through the layers. Returns the first layer of which an a_l is not finite, from 1, or 0. */
export function forward(room: Room, plan: NetworkPlan, count: number, mode: Mode): number {
  const { kernel, layers } = room;
  const { kind, slope } = activationNumbers(plan.activation);
  let below = room.x;
  let strideBelow = room.strideX;
  let odd = 0;
  for (let i = 0; i < layers.length; i++) {
    const layer = layers[i];
    const { a, g, dg, stride, positions, norm, h, strideH, shape } = layer;
    const rows = count * positions;
    linear(room, layer, below, strideBelow, count);
    const last = i === layers.length - 1;
    if (norm !== undefined) normalise(room, layer, rows, mode);
    // Of the output layer only whether its numbers are finite is of interest.
    const flag = kernel.activate(last ? 0 : kind, slope, a, g, dg, (rows * stride) >> 2);
    if (odd === 0 && Number.isNaN(flag)) odd = i + 1;
    if (last) break;
    if (shape.window !== undefined) {
      const { side, pool } = shape.window;
      for (let b = 0; b < count; b++)
        kernel.poolImage(
          g + b * positions * stride,
          stride,
          side,
          shape.rows,
          pool,
          h + b * strideH,
          layer.places + 4 * b * shape.units,
        );
    }
    if (mode.training && layer.kept !== 0) kernel.multiply(h, layer.kept, (count * strideH) >> 2);
    below = h;
    strideBelow = strideH;
  }
  return odd;
}

/** z = W h + b. */
function linear(room: Room, layer: LayerRoom, below: number, strideBelow: number, count: number): void {
  const { kernel, columns, strideColumns } = room;
  const { shape, W, b, panels, z, stride, positions } = layer;
  const bias = b?.at ?? 0;
  if (shape.window === undefined) {
    kernel.gemmForward(below, strideBelow, count, shape.fanIn, W.at, panels, z, stride, bias);
    return;
  }
  const { side, channels, kernel: taps } = shape.window;
  for (let n = 0; n < count; n++) {
    kernel.imageToColumns(below + n * strideBelow, side, channels, taps, columns, strideColumns);
    const to = z + n * positions * stride;
    kernel.gemmForward(columns, strideColumns, positions, shape.fanIn, W.at, panels, to, stride, bias);
  }
}

function normalise({ kernel }: Room, layer: LayerRoom, rows: number, { training, tracks }: Mode): void {
  const { z, a, stride, panels, norm } = layer;
  if (norm === undefined) return;
  const { gamma, beta, mean, variance, ofMean, ofVariance } = norm;
  const count = 8 * panels;
  if (training) {
    kernel.moments(z, stride, rows, count, ofMean, ofVariance);
    if (tracks) follow(kernel.memory, norm, count, rows);
  }
  kernel.normalise(
    z,
    a,
    stride,
    rows,
    count,
    training ? ofMean : mean,
    training ? ofVariance : variance,
    gamma.at,
    beta.at,
    BATCH_NORM.epsilon,
  );
}

/** Running statistics; the variance of a batch is taken over n − 1, of which one number alone has none. */
function follow(
  { buffer }: WebAssembly.Memory,
  { mean, variance, ofMean, ofVariance }: NonNullable<LayerRoom['norm']>,
  count: number,
  rows: number,
): void {
  const numbers = new Float32Array(buffer);
  const { momentum } = BATCH_NORM;
  const unbiased = rows / (rows - 1);
  for (let j = 0; j < count; j++) {
    const m = (mean >> 2) + j;
    const v = (variance >> 2) + j;
    numbers[m] += momentum * (numbers[(ofMean >> 2) + j] - numbers[m]);
    if (rows > 1) numbers[v] += momentum * (unbiased * numbers[(ofVariance >> 2) + j] - numbers[v]);
  }
}
