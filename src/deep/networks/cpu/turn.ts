import { normals, STREAMS } from '../../../random/index.ts';
import { feedbackSeed, type NetworkPlan } from '../backend.ts';
import { fromPanels, toPanels } from './panels.ts';
import type { LayerRoom, Room } from './room.ts';

/**
 * Turns the gradient of hidden layer i + 1, weights and then biases, to the cosine of the problem by a random vector; see
 * the reference network, which does the same.
 */
export function turnGradient(
  { kernel }: Room,
  plan: NetworkPlan,
  { shape: { rows, fanIn }, W, b }: LayerRoom,
  i: number,
  number: number,
): void {
  const { spec } = plan;
  const cosine = spec && 'cosine' in spec ? spec.cosine : 1;
  const inPanels = new Float32Array(kernel.memory.buffer, W.gradient, W.count);
  const ofBias = b && new Float32Array(kernel.memory.buffer, b.gradient, rows);
  const size = rows * fanIn;
  const G = new Float64Array(size + (ofBias ? rows : 0));
  G.set(fromPanels(inPanels, rows, fanIn));
  if (ofBias) G.set(ofBias, size);
  const vector = new Float64Array(G.length);
  normals(vector, vector.length, feedbackSeed(plan), number, i, STREAMS.gradientTurns);
  let square = 0;
  for (const x of G) square += x * x;
  const length = Math.sqrt(square);
  if (length === 0) return;
  let along = 0;
  for (let k = 0; k < G.length; k++) along += (vector[k] * G[k]) / length;
  let rest = 0;
  for (let k = 0; k < G.length; k++) {
    vector[k] -= (along * G[k]) / length;
    rest += vector[k] * vector[k];
  }
  const across = (length * Math.sqrt((1 - cosine) * (1 + cosine))) / Math.sqrt(rest);
  for (let k = 0; k < G.length; k++) G[k] = cosine * G[k] + across * vector[k];
  toPanels(inPanels, G, rows, fanIn);
  if (ofBias) ofBias.set(G.subarray(size));
}
