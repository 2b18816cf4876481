import { deepRules } from '../../problem/index.ts';
import { type NetworkPlan, type Phase, RMSPROP } from '../backend.ts';
import { GRADIENT } from './kernel.ts';
import type { LayerRoom, Learned, Room } from './room.ts';
import { turnGradient } from './turn.ts';

/** Steps of all that learns, from the signals of a batch. `trained`: feedback that learns as the weights above do. */
export function update(
  room: Room,
  plan: NetworkPlan,
  trained: readonly Learned[],
  { rule, frozen }: Phase,
  count: number,
  number: number,
): void {
  const { layers, x, strideX } = room;
  const { turns, trainsFeedback, hidden } = deepRules[rule];
  for (let i = 0; i < layers.length; i++) {
    if (frozen.includes(i + 1)) continue;
    const layer = layers[i];
    const isHidden = i < layers.length - 1;
    const resting = isHidden && hidden(i + 1).from === 'nothing';
    // Nothing moves where no signal comes, but by decay or what an optimiser remembers.
    if (resting && plan.decay === 0 && layer.W.moment === 0) continue;
    const below = i === 0 ? x : layers[i - 1].h;
    const stride = i === 0 ? strideX : layers[i - 1].strideH;
    const eta = plan.rates[i];
    const scale = 1 / count;
    const B = trainsFeedback && i > 0 ? trained[i - 1] : undefined;
    const putBack = restingRows(room, layer, B, plan.learns[i]);
    if (layer.b) columnSums(room, layer, layer.b, count);
    if (layer.W.gradient === 0) gradientOf(room, layer, below, stride, count, Math.fround(eta / count));
    else {
      gradientOf(room, layer, below, stride, count);
      if (turns && isHidden) turnGradient(room, plan, layer, i, number);
      move(room, plan, layer.W, layer.W.gradient, eta, scale, plan.decay);
      if (B) move(room, plan, B, layer.W.gradient, eta, scale, plan.decay);
    }
    if (layer.b) move(room, plan, layer.b, layer.b.gradient, eta, scale, 0);
    if (layer.norm)
      for (const part of [layer.norm.gamma, layer.norm.beta])
        move(room, plan, part, part.gradient, eta, scale, 0);
    for (const put of putBack) put();
  }
}

/** The sum of δ hᵀ over the batch: kept, or taken as a step of this rate. */
function gradientOf(
  room: Room,
  layer: LayerRoom,
  below: number,
  strideBelow: number,
  count: number,
  rate?: number,
): void {
  const { kernel, packed, columns, strideColumns } = room;
  const { shape, W, delta, stride, panels, positions } = layer;
  const to = rate === undefined ? W.gradient : W.at;
  if (shape.window === undefined) {
    kernel.packPanels(delta, stride, count, panels, packed);
    const mode = rate === undefined ? GRADIENT.keep : GRADIENT.step;
    kernel.gemmGradient(below, strideBelow, count, shape.fanIn, packed, panels, to, mode, rate ?? 0);
    return;
  }
  const { side, channels, kernel: taps } = shape.window;
  for (let n = 0; n < count; n++) {
    kernel.imageToColumns(below + n * strideBelow, side, channels, taps, columns, strideColumns);
    kernel.packPanels(delta + n * positions * stride, stride, positions, panels, packed);
    const mode = n === 0 ? GRADIENT.keep : GRADIENT.add;
    kernel.gemmGradient(columns, strideColumns, positions, shape.fanIn, packed, panels, to, mode, 0);
  }
}

const columnSums = ({ kernel }: Room, layer: LayerRoom, b: Learned, count: number): void =>
  kernel.columnSums(layer.delta, layer.stride, count * layer.positions, b.count, b.gradient);

function move(
  { kernel }: Room,
  { optimizer }: NetworkPlan,
  { at, moment, count }: Learned,
  gradient: number,
  eta: number,
  scale: number,
  decay: number,
): void {
  if (optimizer === 'sgd') kernel.sgd(at, gradient, count, eta, scale, decay);
  else if ('momentum' in optimizer) {
    const { momentum, nesterov = false } = optimizer;
    kernel.momentum(at, gradient, moment, count, eta, scale, decay, momentum, nesterov);
  } else {
    const { decay: rho = RMSPROP.decay, epsilon = RMSPROP.epsilon } = optimizer.rmsprop;
    kernel.rmsprop(at, gradient, moment, count, eta, scale, decay, rho, 1 - rho, epsilon);
  }
}

/** What puts back the rows of a layer that do not learn, and what an optimiser remembers of them. */
function restingRows(
  { kernel }: Room,
  { shape, W, b, norm }: LayerRoom,
  B: Learned | undefined,
  learns: Uint8Array | undefined,
): (() => void)[] {
  if (learns === undefined) return [];
  const matrices = B ? [W, B] : [W];
  const vectors = [b, norm?.gamma, norm?.beta].filter((one) => one !== undefined);
  return [
    ...matrices.map((one) => ({ ...one, columns: shape.fanIn })),
    ...vectors.map((one) => ({ ...one, columns: 1 })),
  ].flatMap(({ at, moment, count, columns }) =>
    (moment === 0 ? [at] : [at, moment]).map((from) => {
      const before = new Float32Array(kernel.memory.buffer, from, count).slice();
      return () => {
        const after = new Float32Array(kernel.memory.buffer, from, count);
        learns.forEach((one, row) => {
          // In panels of eight rows; of a vector, a column, these are its numbers one after the other.
          const first = (row >> 3) * columns * 8 + (row & 7);
          for (let i = 0; one === 0 && i < columns; i++) after[first + 8 * i] = before[first + 8 * i];
        });
      };
    }),
  );
}
