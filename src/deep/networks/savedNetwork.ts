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
  return readNetwork(bytes, path, shapesWith(resolved, first));
}

/** The layers of a problem, where its data does not say how many inputs there are: W_1 does. */
function shapesWith(problem: ResolvedDeepProblem, numbersOfFirst = 0): LayerShape[] {
  const { rows, fanIn } = shapesOf(problem)[0];
  return fanIn > 0 ? shapesOf(problem) : shapesOf(problem, Math.floor(numbersOfFirst / rows));
}

/** The shape of one of a network's arrays; the optimiser's numbers have that of what they are for. */
function shapeOf(name: string, length: number, shapes: readonly LayerShape[]): number[] {
  const [kind, number] = name.replace('.moment', '').split('_');
  const layer = shapes[Number(number) - (kind === 'B' ? 0 : 1)];
  if (kind !== 'W' && kind !== 'B') return [length];
  const { rows, fanIn, window } = layer;
  if (window) return [rows, window.kernel, window.kernel, window.channels];
  return kind === 'W' ? [rows, fanIn] : [fanIn, rows];
}

/** The network from which a problem starts, if it names a file. */
export function savedStart(
  { network: { init } }: ResolvedDeepProblem,
  shapes: readonly LayerShape[],
): State | undefined {
  if (typeof init !== 'object' || !('file' in init)) return undefined;
  requireFiles('network.init.file', JSON.stringify(init.file));
  return readNetwork(bytesOf(init.file), init.file, shapes);
}

/** The weights and biases of a file, and everything else that belongs to its layers. */
function readNetwork(bytes: Uint8Array, path: string, shapes: readonly LayerShape[]): State {
  const arrays = readNpz(bytes, path, inflated);
  const state: State = {};
  shapes.forEach((_, i) => {
    if (!arrays.has(`W_${i + 1}`))
      throw fileFault(
        path,
        `the arrays ${[...arrays.keys()].join(', ') || 'none'}`,
        `W_${i + 1} is missing: a network of ${shapes.length} layers has W_1 to W_${shapes.length}`,
      );
  });
  for (const [name, read] of arrays) {
    const found = read();
    state[name] = checked(found, name, path, shapes);
  }
  return state;
}

function checked(
  { shape, data }: NpyArray,
  name: string,
  path: string,
  shapes: readonly LayerShape[],
): Float64Array {
  if (!/^(W|b|gamma|beta|mean|variance|B)_\d+(\.moment)?$/.test(name))
    throw fileFault(path, `the array ${name}`, 'a network has W_1, b_1 and their like');
  const [kind, number] = name.replace('.moment', '').split('_');
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
