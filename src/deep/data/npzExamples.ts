import { type NpyArray, type Numbers, readNpz, shapeText } from '../../arrays/index.ts';
import { AlignodeError } from '../../support/error.ts';
import { fileFault } from '../../support/fileFault.ts';
import type { ResolvedDeepProblem } from '../problem/index.ts';
import { bytesOf, inflated, requireFiles } from './disk.ts';
import { type ExampleSource, sourceOf } from './examples.ts';
import type { Sources } from './sources.ts';

/** Sums of squares of inputs must still be numbers. */
const LARGEST = 1e30;
/** Targets of single precision have sums of 1 to about this. */
const ROUNDED = 1e-6;

/**
 * The examples in an .npz file: arrays x and y and, if there is a test, x_test and y_test, with a row for each example.
 * Inputs of more dimensions are read as rows. A list of whole numbers in place of rows of targets holds labels.
 */
export function npzSources(problem: ResolvedDeepProblem, path: string): Sources {
  requireFiles('data.file', JSON.stringify(path));
  const arrays = readNpz(bytesOf(path), path, inflated);
  const part = (ending: '' | '_test'): Read => partOf(arrays, path, ending, problem);
  for (const [one, other] of [
    ['x', 'y'],
    ['x_test', 'y_test'],
  ])
    if (arrays.has(one) !== arrays.has(other) || (one === 'x' && !arrays.has(one)))
      throw fileFault(
        path,
        `the arrays ${[...arrays.keys()].join(', ') || 'none'}`,
        `${arrays.has(one) ? other : one} is missing: use numpy.savez(file, x=…, y=…), and x_test, y_test for a test`,
      );
  const train = part('');
  const test = arrays.has('x_test') ? part('_test') : undefined;
  if (test && test.source.inputs !== train.source.inputs)
    throw fileFault(
      path,
      `${test.source.inputs} inputs in x_test, and ${train.source.inputs} in x`,
      'use as many in both',
    );
  return {
    train: train.source,
    ...(test && { test: test.source }),
    ...(train.image && { image: train.image }),
  };
}

interface Read {
  source: ExampleSource;
  image: Sources['image'] | undefined;
}

function partOf(
  arrays: Map<string, () => NpyArray>,
  path: string,
  ending: string,
  problem: ResolvedDeepProblem,
): Read {
  const [atX, atY] = ['x', 'y'].map((name) => `${path}, ${name}${ending}.npy`);
  const x = (arrays.get(`x${ending}`) as () => NpyArray)();
  const [count, ...rest] = x.shape;
  if (rest.length === 0 || x.data.length === 0)
    throw fileFault(atX, shapeText(x.shape), 'use a row of inputs for each example: examples × inputs');
  const inputs = x.data.length / count;
  const { network, loss } = problem;
  const { widths, layers = [] } = network;
  const wanted = outputsOf(problem);
  if (widths !== undefined && widths[0] !== inputs)
    throw misfit(
      'network.widths[0]',
      widths[0],
      `use ${inputs}, the number of inputs that ${path} has (${shapeText(x.shape)})`,
    );
  requireNumbers(x.data, inputs, atX);
  const y = (arrays.get(`y${ending}`) as () => NpyArray)();
  if (y.shape[0] !== count || y.shape.length > 2 || y.data.length === 0)
    throw fileFault(
      atY,
      shapeText(y.shape),
      `x${ending} has ${count} examples: use ${count} × ${wanted} targets, or ${count} labels`,
    );
  const isLabels = y.whole && y.shape.length === 1 && wanted > 1;
  const outputs = isLabels ? wanted : y.data.length / count;
  if (outputs !== wanted)
    throw misfit(
      widths ? `network.widths[${widths.length - 1}]` : `network.layers[${layers.length - 1}].dense`,
      wanted,
      `use ${outputs}, the number of targets that ${path} has`,
    );
  const sizes = { count, inputs, outputs };
  const [channels, side, other] = rest;
  const image = rest.length === 3 && side === other ? { side, channels } : undefined;
  if (isLabels) {
    requireLabels(y.data, wanted, atY);
    return {
      source: { ...sizes, write: (to, targets) => writeLabels(x.data, y.data, wanted, to, targets) },
      image,
    };
  }
  requireNumbers(y.data, outputs, atY);
  if (loss !== 'squared') requireProbabilities(y.data, outputs, loss, atY);
  return { source: sourceOf(sizes, x.data, y.data), image };
}

const outputsOf = ({ network: { widths, layers = [] } }: ResolvedDeepProblem): number =>
  widths?.at(-1) ?? (layers.at(-1) as { dense: number }).dense;

const misfit = (path: string, found: unknown, want: string): AlignodeError =>
  new AlignodeError('invalid-problem', `${path}: found ${found}; ${want}`, { path });

function writeLabels(
  x: Numbers,
  labels: Numbers,
  classes: number,
  to: Float64Array | Float32Array,
  targets: Float64Array | Float32Array,
): void {
  to.set(x);
  for (let i = 0; i < labels.length; i++) targets[i * classes + labels[i]] = 1;
}

function requireNumbers(data: Numbers, columns: number, path: string): void {
  for (let at = 0; at < data.length; at++)
    if (!(Math.abs(data[at]) <= LARGEST))
      throw fileFault(
        path,
        `${data[at]} in row ${Math.floor(at / columns)}, column ${at % columns} (counted from 0)`,
        'use finite numbers of size up to 1e30',
      );
}

function requireLabels(labels: Numbers, classes: number, path: string): void {
  for (let i = 0; i < labels.length; i++)
    if (labels[i] < 0 || labels[i] >= classes)
      throw fileFault(
        path,
        `the label ${labels[i]} of example ${i}`,
        `the network has ${classes} outputs: labels are 0 to ${classes - 1}`,
      );
}

/** As the targets in a problem must be, but for rounding. */
function requireProbabilities(y: Numbers, outputs: number, loss: string, path: string): void {
  for (let from = 0; from < y.length; from += outputs) {
    const row = Array.from(y.subarray(from, from + outputs));
    const sum = row.reduce((a, b) => a + b);
    if (row.some((t) => t < 0 || t > 1) || (loss === 'cross-entropy' && Math.abs(sum - 1) > ROUNDED))
      throw fileFault(
        path,
        `[${row.slice(0, 10).join(', ')}${outputs > 10 ? ', …' : ''}] in row ${from / outputs}`,
        `"${loss}" needs numbers from 0 to 1${loss === 'cross-entropy' ? ' with sum 1' : ''}; use "squared" for others`,
      );
  }
}
