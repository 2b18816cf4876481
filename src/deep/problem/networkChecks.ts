import { type Check, flag, listOf, number, optional, record, text, whole } from '../../support/check.ts';
import { howMany } from '../../support/howMany.ts';
import { type Any, type Failure, shapeOf } from '../../support/relations.ts';
import { pointActivations } from './activations.ts';
import { byKey, MAX_LAYERS, matrices, nameOrObject, seed, size, vector, width } from './kinds.ts';
import { imageSets, isImages, sizesOf } from './sets.ts';
import type { DataSpec } from './types.ts';

/* The network of a deep problem: what each key may hold, and how its sizes fit to one another and to the data. */

const INIT = '{ "normal": deviation }, { "weights": [W_1, …] } or { "file": "network.npz" }';

const layer = byKey(
  {
    dense: record({ dense: width }),
    convolution: record({ convolution: width, kernel: whole(1, 1024), pool: optional(whole(1, 64)) }),
  },
  'use { "dense": units } or { "convolution": filters, "kernel": 5, "pool": 2 }',
);

export const network: Check = record(
  {
    widths: optional(listOf(width, 2, MAX_LAYERS + 1, 'number of units')),
    layers: optional(listOf(layer, 1, MAX_LAYERS, 'layer')),
    activation: nameOrObject(
      Object.keys(pointActivations),
      {
        sigmoid: 'logistic',
        identity: 'linear',
        none: 'linear',
        silu: 'swish',
        absolute: 'abs',
        rectifier: 'relu',
      },
      record({ 'leaky-relu': number }),
      '{ "leaky-relu": slope }',
    ),
    bias: optional(flag),
    init: optional(
      nameOrObject(
        ['zero', 'pytorch', 'he'],
        { kaiming: 'he', zeros: 'zero', default: 'pytorch' },
        byKey(
          {
            normal: record({ normal: size }),
            file: record({ file: text }),
            weights: record({
              weights: matrices,
              biases: optional(listOf(vector, 1, MAX_LAYERS, 'list of finite numbers')),
            }),
          },
          `use "zero", "pytorch", "he", ${INIT}`,
        ),
        INIT,
      ),
    ),
    seed: optional(seed),
  },
  { want: 'use { "widths": [inputs, hidden, …, outputs], "activation": "tanh" }' },
);

export const hasWidths = (p: Any): boolean => p.network.widths !== undefined;

export const layersOf = ({ network: { widths, layers } }: Any): number =>
  widths === undefined ? layers.length : widths.length - 1;

export const widthsOrLayers = ({ network: { widths, layers } }: Any): Failure =>
  (widths === undefined) === (layers === undefined)
    ? {
        path: 'network',
        found: widths === undefined ? 'neither "widths" nor "layers"' : 'both "widths" and "layers"',
        want: 'use "widths": [inputs, hidden, …, outputs], or "layers" in their place',
      }
    : undefined;

export function dataSizes({ network: { widths }, data }: Any): Failure {
  const { inputs, outputs } = sizesOf(data);
  const last = widths.length - 1;
  if (inputs !== undefined && widths[0] !== inputs)
    return {
      path: 'network.widths[0]',
      found: widths[0],
      want: `use ${inputs}, the number of inputs${pixelsOf(data, widths[0])}`,
    };
  if (outputs !== undefined && widths[last] !== outputs)
    return {
      path: `network.widths[${last}]`,
      found: widths[last],
      want: `use ${outputs}, the number of ${isImages(data) ? 'classes' : 'targets'} that the data has`,
    };
  return undefined;
}

/** What the inputs are, and how many pixels would make as many inputs as the network has. */
function pixelsOf(data: DataSpec, found: number): string {
  if (!isImages(data)) return ' that the data has';
  const { side, channels } = imageSets[data.set];
  const pixels = data.pixels ?? side;
  const other = Math.sqrt(found / channels);
  const resized =
    Number.isInteger(other) && other <= side ? `; or "pixels": ${other} in data gives ${found}` : '';
  return ` (${pixels} × ${pixels} pixels${channels > 1 ? ` of ${channels} colours` : ''})${resized}`;
}

/** An image through the layers: each must leave something. */
export function layerSizes({ network: { layers }, data }: Any): Failure {
  const last = layers[layers.length - 1];
  const { outputs } = sizesOf(data);
  const at = `network.layers[${layers.length - 1}]`;
  if (last.dense === undefined)
    return { path: at, found: last, want: `the last layer is { "dense": ${outputs ?? 'outputs'} }` };
  if (outputs !== undefined && last.dense !== outputs)
    return {
      path: `${at}.dense`,
      found: last.dense,
      want: `use ${outputs}, the number of ${isImages(data) ? 'classes' : 'targets'} that the data has`,
    };
  if (layers.every((one: Any) => one.dense !== undefined)) return undefined;
  if (!isImages(data))
    return { path: 'network.layers', found: 'a convolution', want: 'it needs images; use dense layers' };
  let side = data.pixels ?? imageSets[data.set].side;
  let flat = false;
  for (let i = 0; i < layers.length; i++) {
    const { convolution, kernel, pool = 1 } = layers[i];
    if (convolution === undefined) {
      flat = true;
      continue;
    }
    if (flat)
      return {
        path: `network.layers[${i}]`,
        found: layers[i],
        want: 'convolutions come before dense layers',
      };
    const large = kernel > side ? 'kernel' : pool > side ? 'pool' : undefined;
    if (large !== undefined)
      return {
        path: `network.layers[${i}].${large}`,
        found: layers[i][large],
        want: `use at most ${side}, the image's side there`,
      };
    side = Math.floor(side / pool);
  }
  return undefined;
}

export function initSizes(p: Any): Failure {
  const { widths, init, bias } = p.network;
  const { weights, biases } = init;
  if (!hasWidths(p)) return { path: 'network.init', found: init, want: 'given weights need "widths"' };
  const L = layersOf(p);
  if (weights.length !== L)
    return {
      path: 'network.init.weights',
      found: howMany(weights.length, 'matrix'),
      want: `use ${L}, one for each layer`,
    };
  for (let l = 1; l <= L; l++) {
    const path = `network.init.weights[${l - 1}]`;
    const failure = shapeOf(path, weights[l - 1], widths[l], widths[l - 1], `n_${l} × n_${l - 1}`);
    if (failure) return failure;
  }
  if (biases === undefined) return undefined;
  if (!bias)
    return { path: 'network.init.biases', found: biases, want: 'leave them out, or use "bias": true' };
  if (biases.length !== L)
    return {
      path: 'network.init.biases',
      found: howMany(biases.length, 'list'),
      want: `use ${L}, one for each layer`,
    };
  const l = biases.findIndex((b: number[], i: number) => b.length !== widths[i + 1]);
  return l < 0
    ? undefined
    : {
        path: `network.init.biases[${l}]`,
        found: howMany(biases[l].length, 'number'),
        want: `use ${howMany(widths[l + 1], 'number')}, one for each unit`,
      };
}
