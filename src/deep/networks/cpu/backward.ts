import { deepRules, type Source } from '../../problem/index.ts';
import { BATCH_NORM, type NetworkPlan } from '../backend.ts';
import { LOSS_NUMBERS } from './kernel.ts';
import type { LayerRoom, Room } from './room.ts';

/** A matrix by which signals come, in panels: its address. */
export type Matrices = readonly number[];

/** The matrices of each rule, and room for one that is made of signs. */
export interface FeedbackRoom {
  /** What sends targets is −F, as the error is f(z_L) − y. */
  byRule: Readonly<Record<string, Matrices>>;
  sizes: Matrices;
  signs: number;
}

/** e = f(z_L) − y. */
export function errors({ kernel, layers, y, e, strideY }: Room, plan: NetworkPlan, count: number): void {
  const { z, shape } = layers[layers.length - 1];
  kernel.errors(LOSS_NUMBERS[plan.loss], z, y, e, count, shape.rows, strideY);
}

/** δ_1 … δ_{L−1} of the batch by a rule, from e at the output layer. `training`: whether units were dropped. */
export function signals(
  room: Room,
  feedback: FeedbackRoom,
  rule: string,
  count: number,
  training: boolean,
): void {
  const { layers } = room;
  const L = layers.length;
  const sources = deepRules[rule];
  // Downwards first, as an error that goes upwards starts from what the output layer sent to the first.
  for (let l = L - 1; l >= 1; l--)
    if (sources.hidden(l).from !== 'below') send(room, feedback, rule, sources.hidden(l), l, count, training);
  for (let l = 1; l < L; l++)
    if (sources.hidden(l).from === 'below') send(room, feedback, rule, sources.hidden(l), l, count, training);
}

function send(
  room: Room,
  feedback: FeedbackRoom,
  rule: string,
  source: Source,
  l: number,
  count: number,
  training: boolean,
): void {
  const { kernel, layers } = room;
  const layer = layers[l - 1];
  if (source.from === 'nothing') {
    clear(kernel.memory, layer.delta, count * layer.positions * layer.stride);
    for (const part of layer.norm ? [layer.norm.gamma, layer.norm.beta] : [])
      clear(kernel.memory, part.gradient, 4 * part.count);
    return;
  }
  if (source.from === 'above')
    back(room, layers[l], matrixOf(room, feedback, rule, source, l), layer.arrived, layer.strideH, count);
  else if (source.from === 'below')
    kernel.gemmForward(
      layers[l - 2].delta,
      layers[l - 2].stride,
      count,
      layer.shape.fanIn,
      layer.W.at,
      layer.panels,
      layer.arrived,
      layer.strideH,
      0,
    );
  else {
    kernel.gemmForward(
      source.from === 'targets' ? room.y : room.e,
      room.strideY,
      count,
      layers[layers.length - 1].shape.rows,
      feedback.byRule[rule][l - 1],
      Math.ceil(layer.shape.units / 8),
      layer.arrived,
      layer.strideH,
      0,
    );
  }
  throughLayer(room, layer, count, training);
}

/** By which matrix an error leaves layer l + 1, in the form of W_{l+1}. */
function matrixOf(
  { kernel, layers }: Room,
  { byRule, sizes, signs }: FeedbackRoom,
  rule: string,
  { by }: Source,
  l: number,
): number {
  if (by === 'F') return byRule[rule][l - 1];
  const { W } = layers[l];
  if (by === 'W') return W.at;
  kernel.signs(W.at, sizes[l - 1], signs, W.count);
  return signs;
}

/** What arrives below a layer: its signal times the transpose of a matrix of the form of W. */
export function back(
  { kernel, packed, columns, strideColumns }: Room,
  { shape, delta, stride, panels, positions }: LayerRoom,
  W: number,
  to: number,
  strideTo: number,
  count: number,
): void {
  if (shape.window === undefined) {
    kernel.packTransposed(delta, stride, count, panels, packed);
    kernel.gemmBack(packed, count, W, panels, shape.fanIn, to, strideTo);
    return;
  }
  const { side, channels, kernel: taps } = shape.window;
  for (let n = 0; n < count; n++) {
    kernel.packTransposed(delta + n * positions * stride, stride, positions, panels, packed);
    kernel.gemmBack(packed, positions, W, panels, shape.fanIn, columns, strideColumns);
    kernel.columnsToImage(columns, strideColumns, side, channels, taps, to + n * strideTo);
  }
}

/** From what arrives at h_l to δ_l: back through dropout, pooling, g' and batch normalisation. */
function throughLayer({ kernel }: Room, layer: LayerRoom, count: number, training: boolean): void {
  const { shape, arrived, strideH, kept, delta, dg, stride, positions, places, norm } = layer;
  if (training && kept !== 0) kernel.multiply(arrived, kept, (count * strideH) >> 2);
  if (shape.window === undefined) kernel.multiply(delta, dg, (count * stride) >> 2);
  else
    for (let n = 0; n < count; n++)
      kernel.poolBack(
        arrived + n * strideH,
        places + 4 * n * shape.units,
        stride,
        shape.window.side,
        shape.rows,
        shape.window.pool,
        dg + n * positions * stride,
        delta + n * positions * stride,
      );
  if (norm === undefined) return;
  kernel.normaliseBack(
    delta,
    layer.z,
    stride,
    count * positions,
    8 * layer.panels,
    training ? norm.ofVariance : norm.variance,
    norm.gamma.at,
    norm.gamma.gradient,
    norm.beta.gradient,
    BATCH_NORM.epsilon,
    !training,
  );
}

const clear = ({ buffer }: WebAssembly.Memory, at: number, bytes: number): unknown =>
  new Uint8Array(buffer, at, bytes).fill(0);
