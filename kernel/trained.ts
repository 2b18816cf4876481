import { activate } from './activation';
import { boxMuller } from './boxMuller';
import { reserve } from './memory';
import {
  activation,
  decay1,
  decay2,
  INPUTS,
  K,
  LABEL_NOISE,
  M,
  ownSignal,
  rate1,
  rate2,
  sigma,
  TEST_SET,
  trainSecondLayer,
} from './problem';
import { lastKey, threefry } from './threefry';

/*
 * The trained student of src/shallow/students/trained/reference.ts, with two numbers in each instruction. Inputs are
 * made sixteen at a time and kept in the order in which they are made (`trainedPlace`). Rows of weights have the same
 * order; they are padded with zeros to whole sixteens, and their number is even.
 */
const GROUP: i32 = 16;
let N: i32 = 0;
let inputs: i32 = 0;
let rowBytes: usize = 0;
let key0: v128 = i32x4.splat(0);
let key1: v128 = i32x4.splat(0);
let key4: v128 = i32x4.splat(0);
let step: u64 = 0;
let rootN: f64 = 0;

/** Rows 0 … K−1 are students, K … K+M−1 teachers. */
let weights: usize = 0;
let x: usize = 0;
/** A mask for the last sixteen inputs: all bits set, or none where there is no such input. */
let inside: usize = 0;
/** λ and ν, and g and g' of pairs of them: two and two numbers. */
let fields: usize = 0;
let values: usize = 0;
let v: usize = 0;
let A: usize = 0;
let F: usize = 0;
let words: usize = 0;
let normals: usize = 0;

/** Makes room for one student; its weights, second layers and feedback are then written by the host. */
export function trainedStart(dimension: i32, seedLow: i32, seedHigh: i32): void {
  N = dimension;
  rootN = Math.sqrt(<f64>N);
  inputs = (N + GROUP - 1) & ~(GROUP - 1);
  rowBytes = (<usize>inputs) << 3;
  key0 = i32x4.splat(seedLow);
  key1 = i32x4.splat(seedHigh);
  key4 = lastKey(key0, key1);
  step = 0;
  const rows = (K + M + 1) & ~1;
  weights = reserve(<usize>rows * rowBytes);
  // Thirty-two are made at a time.
  x = reserve(rowBytes + 8 * GROUP);
  inside = reserve(8 * GROUP);
  for (let i = inputs - GROUP; i < N; i++)
    store<i64>(inside + ((<usize>(trainedPlace(i) & (GROUP - 1))) << 3), -1);
  fields = reserve((<usize>rows) << 3);
  values = reserve((<usize>rows) << 4);
  v = reserve((<usize>K) << 3);
  A = reserve((<usize>M) << 3);
  F = reserve((<usize>K) << 3);
  words = reserve(128);
  normals = reserve(64);
}

export function trainedWeights(row: i32): usize {
  return weights + <usize>row * rowBytes;
}
export function trainedV(): usize {
  return v;
}
export function trainedA(): usize {
  return A;
}
export function trainedF(): usize {
  return F;
}
/** The input at hand. */
export function trainedX(): usize {
  return x;
}

export function trainedAdvance(steps: i32): void {
  for (let i = 0; i < steps; i++) {
    trainedInput(step, INPUTS);
    let e = error();
    if (sigma > 0) e -= sigma * labelNoise(step);
    trainedLearn(e);
    step++;
  }
}

/** ½(ŷ − y)² summed over `count` inputs of the test set, from `from` on. */
export function trainedSquares(from: u32, count: i32): f64 {
  let sum: f64 = 0;
  for (let i = 0; i < count; i++) {
    trainedInput(<u64>from + <u64>i, TEST_SET);
    const e = error();
    sum += 0.5 * e * e;
  }
  return sum;
}

/** Where input i stands: of sixteen, four blocks of four normals, as `boxMuller` writes them. */
export function trainedPlace(i: i32): i32 {
  const block = (i >> 2) & 3;
  const normal = i & 3;
  return (i & ~(GROUP - 1)) | ((normal >> 1) << 3) | ((block >> 1) << 2) | ((normal & 1) << 1) | (block & 1);
}

/** The normals of a place, zero beyond N. */
export function trainedInput(place: u64, stream: i32): void {
  const counter0 = i32x4.splat(<i32>place);
  const counter3 = i32x4.splat(stream + ((<i32>(place >> 32)) << 8));
  let block = i32x4(0, 1, 2, 3);
  for (let to = x, end = x + rowBytes; to < end; to += 256) {
    const next = i32x4.add(block, i32x4.splat(4));
    threefry(words, counter0, block, counter3, next, counter3, key0, key1, key4);
    fourBlocks(to, words);
    fourBlocks(to + 128, words + 64);
    block = i32x4.add(next, i32x4.splat(4));
  }
  if (N === inputs) return;
  const last = x + rowBytes - 8 * GROUP;
  for (let i: usize = 0; i < 8 * GROUP; i += 16)
    v128.store(last + i, v128.and(v128.load(last + i), v128.load(inside + i)));
}

/** The sixteen normals of four blocks. */
function fourBlocks(to: usize, from: usize): void {
  boxMuller(to, to + 32, v128.load(from), v128.load(from, 16));
  boxMuller(to + 64, to + 96, v128.load(from, 32), v128.load(from, 48));
}

function labelNoise(place: u64): f64 {
  const zero = i32x4.splat(0);
  const counter3 = i32x4.splat(LABEL_NOISE + ((<i32>(place >> 32)) << 8));
  threefry(words, i32x4.splat(<i32>place), zero, counter3, zero, counter3, key0, key1, key4);
  boxMuller(normals, normals + 32, v128.load(words), v128.load(words, 16));
  return load<f64>(normals);
}

/** The fields of x. */
export function trainedFields(): void {
  for (let i = 0; i < K + M; i += 2) dotPair(weights + <usize>i * rowBytes, fields + ((<usize>i) << 3));
}

/** Finds the fields of x, g and g'; returns ŷ − y without noise. */
function error(): f64 {
  const n = K + M;
  trainedFields();
  for (let i = 0; i < n; i += 2)
    activate(activation, v128.load(fields + ((<usize>i) << 3)), values + ((<usize>i) << 4));
  let e: f64 = 0;
  for (let k = 0; k < K; k++) e += load<f64>(v + ((<usize>k) << 3)) * g(k);
  for (let m = 0; m < M; m++) e -= load<f64>(A + ((<usize>m) << 3)) * g(K + m);
  return e;
}

function g(i: i32): f64 {
  return load<f64>(values + ((<usize>(i & ~1)) << 4) + ((<usize>(i & 1)) << 3));
}

function dg(i: i32): f64 {
  return load<f64>(values + ((<usize>(i & ~1)) << 4) + ((<usize>(i & 1)) << 3), 16);
}

/**
 * The fields of two rows: a vector of two sums each, four elements at a time, so that additions need not wait for each
 * other.
 */
function dotPair(row: usize, out: usize): void {
  let a0 = f64x2.splat(0);
  let a1 = f64x2.splat(0);
  let b0 = f64x2.splat(0);
  let b1 = f64x2.splat(0);
  let other = row + rowBytes;
  for (let at = x, end = x + rowBytes; at < end; at += 32) {
    const x0 = v128.load(at);
    const x1 = v128.load(at, 16);
    a0 = f64x2.add(a0, f64x2.mul(v128.load(row), x0));
    a1 = f64x2.add(a1, f64x2.mul(v128.load(row, 16), x1));
    b0 = f64x2.add(b0, f64x2.mul(v128.load(other), x0));
    b1 = f64x2.add(b1, f64x2.mul(v128.load(other, 16), x1));
    row += 32;
    other += 32;
  }
  const a = f64x2.add(a0, a1);
  const b = f64x2.add(b0, b1);
  const sum = f64x2.add(v128.shuffle<u64>(a, b, 0, 2), v128.shuffle<u64>(a, b, 1, 3));
  v128.store(out, f64x2.div(sum, f64x2.splat(rootN)));
}

/** Updates both layers; all right-hand sides are taken before the step. */
export function trainedLearn(e: f64): void {
  const signal = ownSignal ? v : F;
  for (let k = 0; k < K; k++) {
    // (η₁/√N) f g' e; rate1 is η₁/N.
    const move = f64x2.splat(rate1 * rootN * load<f64>(signal + ((<usize>k) << 3)) * dg(k) * e);
    let row = weights + <usize>k * rowBytes;
    if (decay1 > 0) {
      const keep = f64x2.splat(1.0 - decay1);
      for (let at = x, end = x + rowBytes; at < end; at += 32, row += 32) {
        const w0 = f64x2.sub(f64x2.mul(v128.load(row), keep), f64x2.mul(move, v128.load(at)));
        const w1 = f64x2.sub(f64x2.mul(v128.load(row, 16), keep), f64x2.mul(move, v128.load(at, 16)));
        v128.store(row, w0);
        v128.store(row, w1, 16);
      }
    } else
      for (let at = x, end = x + rowBytes; at < end; at += 32, row += 32) {
        v128.store(row, f64x2.sub(v128.load(row), f64x2.mul(move, v128.load(at))));
        v128.store(row, f64x2.sub(v128.load(row, 16), f64x2.mul(move, v128.load(at, 16))), 16);
      }
  }
  if (!trainSecondLayer) return;
  for (let k = 0; k < K; k++) {
    const at = v + ((<usize>k) << 3);
    store<f64>(at, load<f64>(at) - (rate2 * g(k) * e + decay2 * load<f64>(at)));
  }
}
