import { type NpyArray, readNpz, shapeText, writeNpz } from '../../arrays/index.ts';
import { fileFault } from '../../support/fileFault.ts';
import { bytesOf, inflated, requireFiles } from '../data/index.ts';
import {
  type DeepProblem,
  type LayerShape,
  type ResolvedDeepProblem,
  resolveDeepProblem,
  shapesOf,
} from '../problem/index.ts';
import type { State } from './backend.ts';

/*
 * Networks in files: an .npz archive with an array for everything that a network consists of, by the names of `State`:
 * W_1 of n_1 × n_0, b_1, …; of a convolution, filters × rows × columns × channels.
 */

/** The bytes of an .npz file with a network that was trained on the problem. */
export function networkToNpz(problem: DeepProblem, network: State): Uint8Array {
  const shapes = shapesWith(resolveDeepProblem(problem), network.W_1?.length);
  return writeNpz(
    Object.fromEntries(
      Object.entries(network).map(([name, data]) => [
        name,
        { shape: shapeOf(name, data.length, shapes), data },
      ]),
    ),
  );
}

/** The network in the bytes of such a file, which must be one of the problem's; `path` is its name in messages. */
export function networkFromNpz(problem: DeepProblem, bytes: Uint8Array, path = 'network'): State {
  const resolved = resolveDeepProblem(problem);
  const first = readNpz(bytes, path, inflated).get('W_1')?.().data.length;
  return readNetwork(bytes, path, shapesWith(resolved, first), resolved);
}

/** The layers of a problem, where its data does not say how many inputs there are: W_1 does. */
export function shapesWith(problem: ResolvedDeepProblem, numbersOfFirst = 0): LayerShape[] {
  const { rows, fanIn } = shapesOf(problem)[0];
  return fanIn > 0 ? shapesOf(problem) : shapesOf(problem, Math.floor(numbersOfFirst / rows));
}

/** The shape of one of a network's arrays; the optimiser's numbers have that of what they are for. */
function shapeOf(name: string, length: number, shapes: readonly LayerShape[]): number[] {
  const [kind, number] = name.split('.')[0].split('_');
  const layer = shapes[Number(number) - (kind === 'B' ? 0 : 1)];
  if (kind !== 'W' && kind !== 'B') return [length];
  const { rows, fanIn, window } = layer;
  if (window) return [rows, window.kernel, window.kernel, window.channels];
  return kind === 'W' ? [rows, fanIn] : [fanIn, rows];
}

/** The network from which a problem starts, if it names a file. */
export function savedStart(problem: ResolvedDeepProblem, shapes: readonly LayerShape[]): State | undefined {
  const { init } = problem.network;
  if (typeof init !== 'object' || !('file' in init)) return undefined;
  requireFiles('network.init.file', JSON.stringify(init.file));
  return readNetwork(bytesOf(init.file), init.file, shapes, problem);
}

/**
 * The weights and biases of a file, and everything else that belongs to its layers. What only another rule or optimiser has
 * a use for is taken over by none.
 */
function readNetwork(
  bytes: Uint8Array,
  path: string,
  shapes: readonly LayerShape[],
  problem: ResolvedDeepProblem,
): State {
  const arrays = readNpz(bytes, path, inflated);
  for (const { kind, of, has, named } of partsOf(shapes, problem)) {
    const missing = of.find((l) => !arrays.has(`${kind}_${l}`));
    if (has && missing !== undefined)
      throw fileFault(
        path,
        `the arrays ${[...arrays.keys()].join(', ') || 'none'}`,
        `${kind}_${missing} is missing: ${named}`,
      );
    const extra = of.find((l) => arrays.has(`${kind}_${l}`));
    if (!has && extra !== undefined) throw fileFault(path, `the array ${kind}_${extra}`, named);
  }
  const state: State = {};
  for (const [name, read] of arrays) state[name] = checked(read(), name, path, shapes);
  return state;
}

/** What the layers of a problem's networks have, and in words, why a file must have it or must not. */
function partsOf(shapes: readonly LayerShape[], { network, batchNorm = false }: ResolvedDeepProblem) {
  const all = shapes.map((_, i) => i + 1);
  const L = all.length;
  const { bias } = network;
  return [
    { kind: 'W', of: all, has: true, named: `a network of ${L} layers has W_1 to W_${L}` },
    { kind: 'b', of: all, has: bias, named: `the problem has "bias": ${bias}` },
    ...['gamma', 'beta', 'mean', 'variance'].map((kind) => ({
      kind,
      of: all.slice(0, -1),
      has: batchNorm,
      named: `the problem has "batchNorm": ${batchNorm}`,
    })),
  ];
}

function checked(
  { shape, data }: NpyArray,
  name: string,
  path: string,
  shapes: readonly LayerShape[],
): Float64Array {
  if (!/^(W|b|gamma|beta|mean|variance|B)_\d+(\.(velocity|meanSquare))?$/.test(name))
    throw fileFault(path, `the array ${name}`, 'a network has W_1, b_1 and their like');
  const [kind, number] = name.split('.')[0].split('_');
  const layer = shapes[Number(number) - 1];
  const above = kind === 'B' ? shapes[Number(number)] : layer;
  if (layer === undefined || above === undefined)
    throw fileFault(path, `the array ${name}`, `the network has ${shapes.length} layers`);
  const wanted = kind === 'W' || kind === 'B' ? shapeOf(name, 0, shapes) : [layer.rows];
  if (shape.length !== wanted.length || shape.some((n, i) => n !== wanted[i]))
    throw fileFault(path, `${name} of ${shapeText(shape)}`, `the network has ${shapeText(wanted)}`);
  const values = Float64Array.from(data as ArrayLike<number>, Number);
  if (!values.every(Number.isFinite))
    throw fileFault(path, `numbers in ${name} that are not finite`, 'train again');
  return values;
}
