import { erfRows } from '../../../numbers/erfRows.ts';
import { type ActivationSpec, type DeepProblem, pointActivations } from '../../problem/index.ts';
import { kernelBytes } from './kernelBytes.ts';
import { kernelBytes as relaxedBytes } from './relaxedBytes.ts';

/** What kernel/networks exports; addresses and strides are bytes, counts are numbers. */
export interface NetworkKernel {
  readonly memory: WebAssembly.Memory;
  reserve(bytes: number): number;
  setErfTable(address: number): void;
  setColumns(address: number): void;

  gemmForward(
    a: number,
    strideA: number,
    rows: number,
    count: number,
    w: number,
    panels: number,
    c: number,
    strideC: number,
    bias: number,
  ): void;
  gemmGradient(
    a: number,
    strideA: number,
    rows: number,
    count: number,
    delta: number,
    panels: number,
    to: number,
    mode: number,
    rate: number,
  ): void;
  gemmBack(
    delta: number,
    rows: number,
    w: number,
    panels: number,
    count: number,
    c: number,
    strideC: number,
  ): void;
  packPanels(from: number, stride: number, rows: number, panels: number, to: number): void;
  packTransposed(from: number, stride: number, rows: number, panels: number, to: number): void;

  activate(kind: number, slope: number, a: number, h: number, dg: number, count: number): number;
  errors(loss: number, z: number, y: number, e: number, rows: number, count: number, stride: number): void;
  multiply(to: number, by: number, count: number): void;
  signs(from: number, size: number, to: number, count: number): void;
  addSigns(to: number, by: number, epsilon: number, count: number): void;
  columnSums(from: number, stride: number, rows: number, count: number, to: number): void;
  copyRows(from: number, strideFrom: number, to: number, strideTo: number, rows: number, bytes: number): void;

  sgd(w: number, g: number, count: number, eta: number, scale: number, decay: number): void;
  momentum(
    w: number,
    g: number,
    v: number,
    count: number,
    eta: number,
    scale: number,
    decay: number,
    mu: number,
    nesterov: boolean,
  ): void;
  rmsprop(
    w: number,
    g: number,
    s: number,
    count: number,
    eta: number,
    scale: number,
    decay: number,
    rho: number,
    rest: number,
    epsilon: number,
  ): void;

  moments(z: number, stride: number, rows: number, count: number, mean: number, variance: number): void;
  normalise(
    z: number,
    a: number,
    stride: number,
    rows: number,
    count: number,
    mean: number,
    variance: number,
    gamma: number,
    beta: number,
    epsilon: number,
  ): void;
  normaliseBack(
    d: number,
    x: number,
    stride: number,
    rows: number,
    count: number,
    variance: number,
    gamma: number,
    dGamma: number,
    dBeta: number,
    epsilon: number,
    fixed: boolean,
  ): void;

  imageToColumns(
    image: number,
    side: number,
    channels: number,
    kernel: number,
    columns: number,
    stride: number,
  ): void;
  columnsToImage(
    columns: number,
    stride: number,
    side: number,
    channels: number,
    kernel: number,
    image: number,
  ): void;
  poolImage(
    g: number,
    stride: number,
    side: number,
    filters: number,
    pool: number,
    h: number,
    places: number,
  ): void;
  poolBack(
    h: number,
    places: number,
    stride: number,
    side: number,
    filters: number,
    pool: number,
    dg: number,
    d: number,
  ): void;
  channelsLast(from: number, to: number, side: number, channels: number): void;

  dropoutFactors(
    to: number,
    count: number,
    step: number,
    first: number,
    stream: number,
    seedLow: number,
    seedHigh: number,
    threshold: number,
    kept: number,
  ): void;
}

/** What becomes of a gradient in `gemmGradient`. */
export const GRADIENT = { keep: 0, add: 1, step: 2 } as const;

/** The numbers of losses in kernel/networks/outputs.ts. */
export const LOSS_NUMBERS: Readonly<Record<DeepProblem['loss'], number>> = {
  squared: 0,
  'cross-entropy': 1,
  'binary-cross-entropy': 2,
};

/** The numbers of activations in kernel/networks/activations.ts, and the slope of relu and its like. */
const ACTIVATIONS: Readonly<Record<string, { kind: number; slope?: number }>> = {
  linear: { kind: 0 },
  tanh: { kind: 1 },
  relu: { kind: 2, slope: 0 },
  'leaky-relu': { kind: 2, slope: 0.01 },
  abs: { kind: 3 },
  logistic: { kind: 4 },
  erf: { kind: 5 },
  swish: { kind: 6 },
};

export function activationNumbers(activation: ActivationSpec): { kind: number; slope: number } {
  if (typeof activation === 'object') return { kind: 2, slope: activation['leaky-relu'] };
  const { kind, slope = 0 } = ACTIVATIONS[activation];
  return { kind, slope };
}

/** A compiled kernel, and what of WebAssembly it needs. */
export interface Compiled {
  readonly text: string;
  readonly needs: string;
  bytes?: Uint8Array<ArrayBuffer>;
  module?: WebAssembly.Module;
}

/** The same bits on every engine. */
export const STRICT: Compiled = { text: kernelBytes, needs: 'SIMD' };
/** Faster on new engines, with bits that are the machine's own. */
export const RELAXED: Compiled = {
  text: relaxedBytes,
  needs: 'relaxed SIMD (Node 22 has it; Node 20 with --experimental-wasm-relaxed-simd)',
};

const binary = (it: Compiled): Uint8Array<ArrayBuffer> => {
  it.bytes ??= Uint8Array.from(atob(it.text), (character) => character.charCodeAt(0));
  return it.bytes;
};

/** Why a kernel does not run here; undefined if it does. */
export function kernelMissing(it: Compiled): string | undefined {
  if (typeof WebAssembly === 'undefined') return 'there is no WebAssembly here';
  return WebAssembly.validate(binary(it)) ? undefined : `this WebAssembly has no ${it.needs}`;
}

/** A fresh instance; its memory is freed with it. */
export function startKernel(it: Compiled = STRICT): NetworkKernel {
  it.module ??= new WebAssembly.Module(binary(it));
  const kernel = new WebAssembly.Instance(it.module, {}).exports as unknown as NetworkKernel;
  const rows = erfRows(pointActivations.erf);
  const address = kernel.reserve(8 * rows.length);
  new Float64Array(kernel.memory.buffer, address, rows.length).set(rows);
  kernel.setErfTable(address);
  return kernel;
}
