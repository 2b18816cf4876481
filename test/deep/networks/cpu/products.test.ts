import { describe, expect, it } from 'vitest';
import { GRADIENT, type NetworkKernel, startKernel } from '../../../../src/deep/networks/cpu/kernel.ts';
import {
  fromPanels,
  panelsOf,
  sizeInPanels,
  strideOf,
  toPanels,
} from '../../../../src/deep/networks/cpu/panels.ts';
import { normals } from '../../../../src/random/index.ts';

/*
 * The packed products against loops that anyone can read: every sum in the order of its terms, rounded to single precision
 * after each product and each addition. They must agree to the last bit.
 */

/** Σ_k a_ik b_kj, starting from c_ij. */
function plainProduct(
  a: (i: number, k: number) => number,
  b: (k: number, j: number) => number,
  n: number,
  terms: number,
  m: number,
  start: (j: number) => number = () => 0,
): Float32Array {
  const out = new Float32Array(n * m);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < m; j++) {
      let sum = Math.fround(start(j));
      for (let k = 0; k < terms; k++) sum = Math.fround(sum + Math.fround(a(i, k) * b(k, j)));
      out[i * m + j] = sum;
    }
  return out;
}

function drawn(count: number, seed: number): Float32Array {
  const out = new Float64Array(count);
  normals(out, count, seed, 0, 0, 0);
  return Float32Array.from(out);
}

interface Setting {
  kernel: NetworkKernel;
  numbers(at: number, count: number): Float32Array;
  /** Rows at a stride, their address. */
  rows(values: Float32Array, rows: number, columns: number, stride: number): number;
  panels(values: Float32Array, rows: number, columns: number): number;
  read(at: number, rows: number, columns: number, stride: number): Float32Array;
}

function setting(): Setting {
  const kernel = startKernel();
  const numbers = (at: number, count: number) => new Float32Array(kernel.memory.buffer, at, count);
  kernel.setColumns(kernel.reserve(20 * 4096));
  return {
    kernel,
    numbers,
    rows: (values, rows, columns, stride) => {
      const at = kernel.reserve(rows * stride);
      for (let i = 0; i < rows; i++)
        numbers(at + i * stride, columns).set(values.subarray(i * columns, (i + 1) * columns));
      return at;
    },
    panels: (values, rows, columns) => {
      const at = kernel.reserve(4 * sizeInPanels(rows, columns));
      toPanels(numbers(at, sizeInPanels(rows, columns)), values, rows, columns);
      return at;
    },
    read: (at, rows, columns, stride) => {
      const out = new Float32Array(rows * columns);
      for (let i = 0; i < rows; i++) out.set(numbers(at + i * stride, columns), i * columns);
      return out;
    },
  };
}

/** Examples, units below, units above: whole blocks and all kinds of rests; sums longer than a block of the cache. */
const SIZES = [
  [32, 196, 100],
  [1, 1, 1],
  [2, 3, 10],
  [3, 5, 8],
  [6, 11, 17],
  [7, 64, 24],
  [11, 1030, 9],
  [33, 7, 40],
] as const;

describe.each(SIZES)('%i examples, %i × %i', (examples, below, above) => {
  const H = drawn(examples * below, 1);
  const W = drawn(above * below, 2);
  const b = drawn(above, 3);
  const D = drawn(examples * above, 4);
  const padded = 8 * panelsOf(above);

  it('forward: H Wᵀ + b', () => {
    const { kernel, rows, panels, read, numbers } = setting();
    const h = rows(H, examples, below, strideOf(below));
    const w = panels(W, above, below);
    const bias = kernel.reserve(4 * padded);
    numbers(bias, above).set(b);
    const z = kernel.reserve(examples * strideOf(above));
    kernel.gemmForward(h, strideOf(below), examples, below, w, panelsOf(above), z, strideOf(above), bias);
    const wanted = plainProduct(
      (i, k) => H[i * below + k],
      (k, j) => W[j * below + k],
      examples,
      below,
      above,
      (j) => b[j],
    );
    expect(read(z, examples, above, strideOf(above))).toEqual(wanted);
  });

  it('back: δ W', () => {
    const { kernel, rows, panels, read } = setting();
    const delta = rows(D, examples, above, strideOf(above));
    const w = panels(W, above, below);
    const packed = kernel.reserve(4 * (examples + 8) * padded);
    const to = kernel.reserve(examples * strideOf(below));
    kernel.packTransposed(delta, strideOf(above), examples, panelsOf(above), packed);
    kernel.gemmBack(packed, examples, w, panelsOf(above), below, to, strideOf(below));
    const wanted = plainProduct(
      (i, k) => D[i * above + k],
      (k, j) => W[k * below + j],
      examples,
      above,
      below,
    );
    expect(read(to, examples, below, strideOf(below))).toEqual(wanted);
  });

  it('gradient: δᵀ H, kept, added and taken as a step', () => {
    const { kernel, rows, panels, numbers } = setting();
    const h = rows(H, examples, below, strideOf(below));
    const delta = rows(D, examples, above, strideOf(above));
    const packed = kernel.reserve(4 * examples * padded);
    kernel.packPanels(delta, strideOf(above), examples, panelsOf(above), packed);
    const wanted = plainProduct(
      (j, k) => D[k * above + j],
      (k, i) => H[k * below + i],
      above,
      examples,
      below,
    );
    const count = sizeInPanels(above, below);
    const run = (mode: number, rate: number): Float32Array => {
      const to = panels(W, above, below);
      kernel.gemmGradient(h, strideOf(below), examples, below, packed, panelsOf(above), to, mode, rate);
      return fromPanels(numbers(to, count), above, below);
    };
    expect(run(GRADIENT.keep, 0)).toEqual(wanted);
    expect(run(GRADIENT.add, 0)).toEqual(W.map((w, at) => Math.fround(w + wanted[at])));
    const rate = Math.fround(0.3);
    expect(run(GRADIENT.step, rate)).toEqual(
      W.map((w, at) => Math.fround(w - Math.fround(rate * wanted[at]))),
    );
  });
});

it('leaves what is beyond the last column zero', () => {
  const { kernel, rows, panels, numbers } = setting();
  const h = rows(drawn(5 * 3, 1), 5, 3, strideOf(3));
  const w = panels(drawn(10 * 3, 2), 10, 3);
  const z = kernel.reserve(5 * strideOf(10));
  kernel.gemmForward(h, strideOf(3), 5, 3, w, 2, z, strideOf(10), 0);
  for (let i = 0; i < 5; i++) expect([...numbers(z + i * strideOf(10) + 40, 6)]).toEqual([0, 0, 0, 0, 0, 0]);
});
