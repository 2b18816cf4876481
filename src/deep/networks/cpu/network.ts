import { deepRules, feedbackShapes } from '../../problem/index.ts';
import { type Backend, memoryOf, type Network, type NetworkPlan, type State } from '../backend.ts';
import { signSizes } from '../signSizes.ts';
import { back, errors, type FeedbackRoom, signals } from './backward.ts';
import { drawDropout, forward, LOOKING, loadExamples } from './forward.ts';
import { type Compiled, kernelMissing, RELAXED, STRICT } from './kernel.ts';
import { fromPanels, sizeInPanels, toPanels, turned } from './panels.ts';
import { type Learned, type Room, roomFor } from './room.ts';
import { update } from './update.ts';

const backendOf = (compiled: Compiled): Backend => ({
  missing: () => kernelMissing(compiled),
  start: (plan) => startNetwork(plan, compiled),
});

/** Networks in single precision, by WebAssembly with four numbers in each instruction. */
export const cpuBackend = backendOf(STRICT);

/** The same with relaxed SIMD, which multiplies and adds in one instruction: its bits are those of the machine. */
export const relaxedBackend = backendOf(RELAXED);

function startNetwork(plan: NetworkPlan, compiled: Compiled): Network {
  const room = roomFor(plan, compiled);
  const { kernel, layers } = room;
  const { trained, feedback } = roomForFeedback(room, plan);
  const changing =
    plan.spec !== undefined && 'magnitudes' in plan.spec && plan.spec.magnitudes === 'batch-random';
  const setSizes = (number?: number): void => {
    if (feedback.sizes.length === 0) return;
    signSizes(plan, number).forEach((sizes, i) => {
      const { rows, fanIn } = plan.shapes[i + 1];
      toPanels(numbersAt(room, feedback.sizes[i], sizeInPanels(rows, fanIn)), sizes, rows, fanIn);
    });
  };
  setSizes();
  const parts = partsOf(room, plan, trained);
  layers.forEach(({ norm }) => {
    if (norm === undefined) return;
    numbersAt(room, norm.gamma.at, norm.gamma.count).fill(1);
    numbersAt(room, norm.variance, norm.gamma.count).fill(1);
  });
  const write = (state: State): void => {
    for (const { name, write } of parts) if (state[name] !== undefined) write(state[name]);
  };
  write(plan.start);

  const step: Network['step'] = (examples, chosen, number, phase) => {
    const count = chosen.length;
    loadExamples(room, plan, examples, count, chosen);
    if (plan.dropout.inputs > 0 || plan.dropout.hidden > 0) drawDropout(room, plan, count, number);
    if (changing) setSizes(number);
    if (room.kept !== 0) kernel.multiply(room.x, room.kept, (count * room.strideX) >> 2);
    if (plan.epsilon > 0) disturb(room, plan, feedback, count, number);
    const odd = forward(room, plan, count, { training: true, number, tracks: true });
    errors(room, plan, count);
    signals(room, feedback, phase.rule, count, true);
    update(room, plan, trained, phase, count, number);
    return odd;
  };

  const output = layers[layers.length - 1];
  const outputs = new Float32Array(room.capacity * output.shape.rows);
  return {
    step,
    outputs: (examples, from, count) => {
      loadExamples(room, plan, examples, count, undefined, from);
      forward(room, plan, count, LOOKING);
      return compact(room, output.z, output.stride, count, output.shape.rows, outputs);
    },
    signals: (examples, from, count, rule) => {
      loadExamples(room, plan, examples, count, undefined, from);
      forward(room, plan, count, LOOKING);
      errors(room, plan, count);
      if (changing) setSizes();
      signals(room, feedback, rule, count, false);
      return layers
        .slice(0, -1)
        .map(({ delta, stride, positions, shape }) =>
          compact(room, delta, stride, count * positions, shape.rows),
        );
    },
    read: () => Object.fromEntries(parts.map(({ name, read }) => [name, read()])),
    write,
  };
}

const numbersAt = ({ kernel }: Room, at: number, count: number): Float32Array =>
  new Float32Array(kernel.memory.buffer, at, count);

/** Rows without what is between them. */
function compact(
  { kernel }: Room,
  from: number,
  stride: number,
  rows: number,
  columns: number,
  out = new Float32Array(rows * columns),
): Float32Array {
  const numbers = new Float32Array(kernel.memory.buffer);
  let at = 0;
  for (let row = 0; row < rows; row++) {
    const start = (from + row * stride) >> 2;
    for (let j = 0; j < columns; j++) out[at++] = numbers[start + j];
  }
  return out.length === at ? out : out.subarray(0, at);
}

/** Adversarial examples in the place of inputs: x + ε sgn ∂J/∂x, by back-propagation. */
function disturb(room: Room, plan: NetworkPlan, feedback: FeedbackRoom, count: number, number: number): void {
  const { kernel, layers, x, arrived, strideX, kept } = room;
  forward(room, plan, count, { training: true, number, tracks: false });
  errors(room, plan, count);
  signals(room, feedback, 'bp', count, true);
  back(room, layers[0], layers[0].W.at, arrived, strideX, count);
  // Of a unit that is kept, x has been divided by 1 − p; what is dropped stays zero.
  if (kept !== 0) kernel.multiply(arrived, kept, (count * strideX) >> 2);
  const epsilon = plan.epsilon / (1 - plan.dropout.inputs);
  kernel.addSigns(x, arrived, epsilon, (count * strideX) >> 2);
}

/** The matrices of every rule, in the form that the kernel takes; those that learn are of the first rule that has such. */
function roomForFeedback(room: Room, plan: NetworkPlan): { trained: Learned[]; feedback: FeedbackRoom } {
  const { kernel, layers } = room;
  const { shapes } = plan;
  const reserve = (count: number): number => kernel.reserve(4 * count);
  const byRule: Record<string, number[]> = {};
  let trained: Learned[] = [];
  for (const [rule, matrices] of Object.entries(plan.feedback)) {
    const { feedback: kind, trainsFeedback } = deepRules[rule];
    byRule[rule] = matrices.map((matrix, i) => {
      const above = shapes[i + 1];
      const { rows, columns } = feedbackShapes(rule, shapes)[i];
      // An F_l sends errors as weights of n_l units would; a B_l takes the place of W_{l+1}, and is its transpose.
      const form = kind === 'layers' ? { rows: above.rows, columns: above.fanIn } : { rows, columns };
      const at = reserve(sizeInPanels(form.rows, form.columns));
      const sent = deepRules[rule].hidden(i + 1).from === 'targets' ? matrix.map((one) => -one) : matrix;
      const own = kind === 'layers' && above.window === undefined ? turned(sent, rows, columns) : sent;
      toPanels(numbersAt(room, at, sizeInPanels(form.rows, form.columns)), own, form.rows, form.columns);
      return at;
    });
    if (trainsFeedback)
      trained = byRule[rule].map((at, i) => {
        const { count, moment } = layers[i + 1].W;
        return { count, at, gradient: 0, moment: moment === 0 ? 0 : reserve(count) };
      });
  }
  const hasSigns = Object.keys(plan.feedback).some((rule) => deepRules[rule].feedback === 'signs');
  const sizes = hasSigns ? layers.slice(1).map(({ W }) => reserve(W.count)) : [];
  const largest = Math.max(...layers.map(({ W }) => W.count));
  return { trained, feedback: { byRule, sizes, signs: hasSigns ? reserve(largest) : 0 } };
}

interface Part {
  name: string;
  read(): Float32Array;
  write(values: Float32Array | Float64Array): void;
}

/** Everything that a network consists of, by the names of `State`. */
function partsOf(room: Room, plan: NetworkPlan, trained: readonly Learned[]): Part[] {
  const parts: Part[] = [];
  const memory = memoryOf(plan.optimizer);
  const matrix = (
    name: string,
    { at, count }: Pick<Learned, 'at' | 'count'>,
    rows: number,
    columns: number,
  ) =>
    parts.push({
      name,
      read: () => fromPanels(numbersAt(room, at, count), rows, columns),
      write: (values) => toPanels(numbersAt(room, at, count), values, rows, columns),
    });
  const vector = (name: string, at: number, rows: number) =>
    parts.push({
      name,
      read: () => numbersAt(room, at, rows).slice(),
      write: (values) => numbersAt(room, at, rows).set(values),
    });
  room.layers.forEach(({ shape: { rows, fanIn }, W, b, norm }, i) => {
    const l = i + 1;
    matrix(`W_${l}`, W, rows, fanIn);
    if (W.moment !== 0) matrix(`W_${l}.${memory}`, { at: W.moment, count: W.count }, rows, fanIn);
    for (const [name, part] of [
      ['b', b],
      ['gamma', norm?.gamma],
      ['beta', norm?.beta],
    ] as const) {
      if (part === undefined) continue;
      vector(`${name}_${l}`, part.at, rows);
      if (part.moment !== 0) vector(`${name}_${l}.${memory}`, part.moment, rows);
    }
    if (norm === undefined) return;
    vector(`mean_${l}`, norm.mean, rows);
    vector(`variance_${l}`, norm.variance, rows);
  });
  trained.forEach((B, i) => {
    const { rows, fanIn, window } = plan.shapes[i + 1];
    // As in the problem: n_l × n_{l+1}, or the form of a convolution's weights.
    const back = (at: number): Part['read'] => {
      const read = () => fromPanels(numbersAt(room, at, B.count), rows, fanIn);
      return window ? read : () => turned(read(), rows, fanIn);
    };
    const put =
      (at: number): Part['write'] =>
      (values) =>
        toPanels(numbersAt(room, at, B.count), window ? values : turned(values, fanIn, rows), rows, fanIn);
    parts.push({ name: `B_${i + 1}`, read: back(B.at), write: put(B.at) });
    if (B.moment !== 0)
      parts.push({ name: `B_${i + 1}.${memory}`, read: back(B.moment), write: put(B.moment) });
  });
  return parts;
}
