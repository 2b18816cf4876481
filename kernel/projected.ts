import { activate } from './activation';
import { boxMuller } from './boxMuller';
import { ln, ln1p } from './logarithm';
import { reserve } from './memory';
import {
  activation,
  CHI_SQUARE,
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
 * The projected student of src/shallow/students/projected/reference.ts, two at a time: student 0 in the lower lane of
 * every vector, student 1 in the upper one. The lanes are independent, so that a student's numbers do not depend on its
 * neighbour. Random numbers are made for many steps at a time: those of two steps, for both students, together.
 */
const CHUNK: i32 = 32;

/** K + M; the normals of a step, in whole blocks; the numbers of a step, with √χ² and label noise behind them. */
let n: i32 = 0;
let blocks: i32 = 0;
let perStep: usize = 0;

/** χ² of d' = N − n degrees of freedom, after Marsaglia & Tsang (2000) as src/random/chiSquare.ts has it. */
let degrees: f64 = 0;
let d: f64 = 0;
let c: f64 = 0;

let key0: v128 = i32x4.splat(0);
let key1: v128 = i32x4.splat(0);
let key4: v128 = i32x4.splat(0);
let step: u64 = 0;

/** Vectors of 16 bytes: P is K × M, L is K × (K + 1) with its last column zero between steps, teachers M × M. */
let P: usize = 0;
let L: usize = 0;
let teachers: usize = 0;
let v: usize = 0;
let A: usize = 0;
let F: usize = 0;

let z: usize = 0;
let u: usize = 0;
let values: usize = 0;
let words: usize = 0;
let scratch: usize = 0;

export function projectedStart(
  dimension: i32,
  seedLow0: i32,
  seedHigh0: i32,
  seedLow1: i32,
  seedHigh1: i32,
): void {
  n = K + M;
  blocks = (n + 3) >> 2;
  perStep = (<usize>(blocks << 2) + 2) << 4;
  degrees = <f64>(dimension - n);
  d = degrees / 2.0 - 1.0 / 3.0;
  c = 1.0 / Math.sqrt(9.0 * d);
  key0 = i32x4(seedLow0, seedLow1, seedLow0, seedLow1);
  key1 = i32x4(seedHigh0, seedHigh1, seedHigh0, seedHigh1);
  key4 = lastKey(key0, key1);
  step = 0;
  P = reserve((<usize>(K * M)) << 4);
  L = reserve((<usize>(K * (K + 1))) << 4);
  teachers = reserve((<usize>(M * M)) << 4);
  v = reserve((<usize>K) << 4);
  A = reserve((<usize>M) << 4);
  F = reserve((<usize>K) << 4);
  z = reserve(<usize>CHUNK * perStep);
  u = reserve((<usize>(K + 1)) << 4);
  values = reserve((<usize>n) << 5);
  words = reserve((<usize>blocks + 4) << 6);
  scratch = reserve(64);
}

export function projectedP(): usize {
  return P;
}
export function projectedL(): usize {
  return L;
}
export function projectedTeachers(): usize {
  return teachers;
}
export function projectedV(): usize {
  return v;
}
export function projectedA(): usize {
  return A;
}
export function projectedF(): usize {
  return F;
}
/** The random numbers of the current steps: for each first its blocks of four normals, then √χ² and the label noise. */
export function projectedZ(): usize {
  return z;
}

export function projectedAdvance(steps: i32): void {
  while (steps > 0) {
    const take = min(steps, CHUNK);
    projectedInputs(step, take);
    projectedSteps(take);
    step += take;
    steps -= take;
  }
}

/** The random numbers of `count` steps, 32 at most, from step `from` on. */
export function projectedInputs(from: u64, count: i32): void {
  // Of the blocks that two steps need, the normals' come first, then χ²'s first attempt, then the label noise's.
  const wanted = blocks + (sigma > 0 ? 2 : 1);
  for (let i = 0; i < count; i += 2) {
    const place = from + i;
    const to = z + <usize>i * perStep;
    for (let b = 0; b < wanted; b += 2) twoBlocks(place, b, INPUTS);
    putNormals(to);
    if (sigma > 0) putNoise(to, words + ((<usize>(blocks + 1)) << 6));
    // Last, because further attempts overwrite the words.
    putChi(place, to, words + ((<usize>blocks) << 6));
  }
}

/** Of the blocks that two steps need, writes the words of b and b + 1 to their places in `words`. */
function twoBlocks(place: u64, b: i32, inputs: i32): void {
  const next = b + 1;
  threefry(
    words + ((<usize>b) << 6),
    counter0(place),
    blockOf(b),
    counter3(place, streamOf(b, inputs)),
    blockOf(next),
    counter3(place, streamOf(next, inputs)),
    key0,
    key1,
    key4,
  );
}

function blockOf(b: i32): v128 {
  return i32x4.splat(b < blocks ? b : 0);
}

function streamOf(b: i32, inputs: i32): i32 {
  return b < blocks ? inputs : b === blocks ? CHI_SQUARE : LABEL_NOISE;
}

/** The steps themselves, with these numbers. */
export function projectedSteps(count: i32): void {
  for (let i = 0; i < count; i++) {
    const at = z + <usize>i * perStep;
    let e = error(at);
    if (sigma > 0) e = f64x2.sub(e, f64x2.mul(f64x2.splat(sigma), v128.load(noiseOf(at))));
    learn(e, at);
  }
}

/** ½(ŷ − y)² summed over `count` inputs of the test sets, from `from` on, for the student of a lane. */
export function projectedSquares(lane: i32, from: u32, count: i32): f64 {
  let sum: f64 = 0;
  for (let i = 0; i < count; i++) {
    const odd = i & 1;
    if (odd === 0) {
      for (let b = 0; b < blocks; b += 2) twoBlocks(<u64>from + <u64>i, b, TEST_SET);
      putNormals(z);
    }
    const e = error(z + <usize>odd * perStep);
    const own = lane === 0 ? f64x2.extract_lane(e, 0) : f64x2.extract_lane(e, 1);
    sum += 0.5 * own * own;
  }
  return sum;
}

/** The counters of steps `place` and `place` + 1 for two students: words 0 and 3 of the counter. */
function counter0(place: u64): v128 {
  const a = <i32>place;
  const b = <i32>(place + 1);
  return i32x4(a, a, b, b);
}

function counter3(place: u64, stream: i32): v128 {
  const a = stream + ((<i32>(place >> 32)) << 8);
  const b = stream + ((<i32>((place + 1) >> 32)) << 8);
  return i32x4(a, a, b, b);
}

/** The standard normals of two steps, from the words of their blocks. */
function putNormals(to: usize): void {
  let from = words;
  for (let b = 0; b < blocks; b++) {
    boxMuller(to, to + perStep, v128.load(from), v128.load(from, 16));
    boxMuller(to + 32, to + perStep + 32, v128.load(from, 32), v128.load(from, 48));
    from += 64;
    to += 64;
  }
}

/** Where a step has its √χ² and its label noise: behind the normals. */
function chiOf(at: usize): usize {
  return at + ((<usize>blocks) << 6);
}
function noiseOf(at: usize): usize {
  return chiOf(at) + 16;
}

function putNoise(to: usize, from: usize): void {
  boxMuller(scratch, scratch + 32, v128.load(from), v128.load(from, 16));
  v128.store(noiseOf(to), v128.load(scratch));
  v128.store(noiseOf(to + perStep), v128.load(scratch, 32));
}

/** √χ² of two steps. Each attempt takes the next block, for the students whose last attempt was rejected. */
function putChi(place: u64, to: usize, from: usize): void {
  const here = chiOf(to);
  const next = chiOf(to + perStep);
  v128.store(here, f64x2.splat(0));
  v128.store(next, f64x2.splat(0));
  if (degrees === 0) return;
  let pending0 = i64x2.splat(-1);
  let pending1 = i64x2.splat(-1);
  for (let attempt = 1; ; attempt++) {
    boxMuller(scratch, scratch + 32, v128.load(from), v128.load(from, 16));
    const x2 = v128.load(from, 32);
    const x3 = v128.load(from, 48);
    pending0 = tryChi(here, pending0, v128.load(scratch), x2, x3);
    const high2 = v128.shuffle<u64>(x2, x2, 1, 1);
    const high3 = v128.shuffle<u64>(x3, x3, 1, 1);
    pending1 = tryChi(next, pending1, v128.load(scratch, 32), high2, high3);
    if (!v128.any_true(v128.or(pending0, pending1))) return;
    const block = i32x4.splat(attempt);
    const stream = counter3(place, CHI_SQUARE);
    threefry(from, counter0(place), block, stream, block, stream, key0, key1, key4);
  }
}

/**
 * One attempt, from a normal and two words. Stores √χ² where it was pending and is accepted; returns what is still
 * pending.
 */
function tryChi(to: usize, pending: v128, x: v128, x2: v128, x3: v128): v128 {
  const one = f64x2.splat(1.0);
  if (degrees === 1) {
    v128.store(to, f64x2.abs(x));
    return i64x2.splat(0);
  }
  const t = f64x2.mul(f64x2.splat(c), x);
  const y = f64x2.add(one, t);
  const cube = f64x2.mul(f64x2.mul(y, y), y);
  // The uniform of src/random/uniform.ts: 26 bits of each of two words.
  const high = f64x2.mul(f64x2.convert_low_i32x4_u(i32x4.shr_u(x2, 6)), f64x2.splat(67108864.0));
  const low = f64x2.add(f64x2.convert_low_i32x4_u(i32x4.shr_u(x3, 6)), f64x2.splat(0.5));
  const uniform = f64x2.mul(f64x2.add(high, low), f64x2.splat(2.220446049250313e-16));
  // The squeeze test of Marsaglia & Tsang: it implies the exact test and t > −1, and needs no logarithm.
  const square = f64x2.mul(x, x);
  let accepted = f64x2.lt(uniform, f64x2.sub(one, f64x2.mul(f64x2.splat(0.0331), f64x2.mul(square, square))));
  const possible = f64x2.gt(t, f64x2.splat(-1.0));
  if (v128.any_true(v128.andnot(pending, accepted))) {
    const inside = v128.bitselect(t, f64x2.splat(0), possible);
    const tt = f64x2.mul(inside, inside);
    const cubic = f64x2.sub(
      f64x2.add(f64x2.sub(ln1p(inside), inside), f64x2.mul(tt, f64x2.splat(0.5))),
      f64x2.div(f64x2.mul(tt, inside), f64x2.splat(3.0)),
    );
    const least = f64x2.mul(f64x2.splat(3.0 * d), cubic);
    accepted = v128.or(accepted, v128.and(possible, f64x2.lt(ln(uniform), least)));
  }
  const chi = f64x2.sqrt(f64x2.mul(f64x2.splat(2.0 * d), cube));
  v128.store(to, v128.bitselect(chi, v128.load(to), v128.and(pending, accepted)));
  return v128.andnot(pending, accepted);
}

/** Finds the fields of z, g and g'; returns ŷ − y without noise. */
function error(at: usize): v128 {
  let e = f64x2.splat(0);
  let row = P;
  let residual = L;
  for (let k = 0; k < K; k++) {
    let lambda = f64x2.splat(0);
    for (let j = 0; j < M; j++) lambda = f64x2.add(lambda, f64x2.mul(vector(row, j), vector(at, j)));
    for (let j = 0; j <= k; j++)
      lambda = f64x2.add(lambda, f64x2.mul(vector(residual, j), vector(at, M + j)));
    activate(activation, lambda, values + ((<usize>k) << 5));
    e = f64x2.add(e, f64x2.mul(vector(v, k), g(k)));
    row += (<usize>M) << 4;
    residual += (<usize>(K + 1)) << 4;
  }
  row = teachers;
  for (let m = 0; m < M; m++) {
    let nu = f64x2.splat(0);
    for (let j = 0; j <= m; j++) nu = f64x2.add(nu, f64x2.mul(vector(row, j), vector(at, j)));
    activate(activation, nu, scratch);
    e = f64x2.sub(e, f64x2.mul(vector(A, m), v128.load(scratch)));
    row += (<usize>M) << 4;
  }
  return e;
}

function vector(base: usize, i: i32): v128 {
  return v128.load(base + ((<usize>i) << 4));
}
function g(k: i32): v128 {
  return v128.load(values + ((<usize>k) << 5));
}
function dg(k: i32): v128 {
  return v128.load(values + ((<usize>k) << 5), 16);
}

function learn(e: v128, at: usize): void {
  const signal = ownSignal ? v : F;
  const rate = f64x2.splat(-rate1);
  for (let j = 0; j < K; j++) v128.store(u + ((<usize>j) << 4), vector(at, M + j));
  v128.store(u + ((<usize>K) << 4), v128.load(chiOf(at)));
  turnToFirstAxis();
  const length = v128.load(u);
  const keep = f64x2.splat(1.0 - decay1);
  for (let k = 0; k < K; k++) {
    const move = f64x2.mul(f64x2.mul(f64x2.mul(rate, vector(signal, k)), dg(k)), e);
    let to = P + ((<usize>(k * M)) << 4);
    for (let j = 0; j < M; j++) {
      const kept = decay1 > 0 ? f64x2.mul(keep, v128.load(to)) : v128.load(to);
      v128.store(to, f64x2.add(kept, f64x2.mul(move, vector(at, j))));
      to += 16;
    }
    to = L + ((<usize>(k * (K + 1))) << 4);
    if (decay1 > 0) for (let j = 0; j <= k + 1; j++) scale(to + ((<usize>j) << 4), keep);
    v128.store(to, f64x2.add(v128.load(to), f64x2.mul(move, length)));
  }
  backToTriangle();
  if (!trainSecondLayer) return;
  const rates = f64x2.splat(rate2);
  for (let k = 0; k < K; k++) {
    let change = f64x2.mul(f64x2.mul(rates, g(k)), e);
    if (decay2 > 0) change = f64x2.add(change, f64x2.mul(f64x2.splat(decay2), vector(v, k)));
    v128.store(v + ((<usize>k) << 4), f64x2.sub(vector(v, k), change));
  }
}

function scale(at: usize, factor: v128): void {
  v128.store(at, f64x2.mul(factor, v128.load(at)));
}

/** Rotates u onto the first axis, from the last axis down, and L with it. */
function turnToFirstAxis(): void {
  let b = vector(u, K);
  for (let j = K - 1; j >= 0; j--) {
    const a = vector(u, j);
    b = rotate(j, a, b);
  }
  v128.store(u, b);
}

/** Rotates away the entries above the diagonal of L, from the first row down. */
function backToTriangle(): void {
  for (let k = 0; k < K; k++) {
    const diagonal = L + ((<usize>(k * (K + 1) + k)) << 4);
    rotate(k, v128.load(diagonal), v128.load(diagonal, 16));
    v128.store(diagonal, f64x2.splat(0), 16);
  }
}

/**
 * Rotates columns j and j + 1 of rows j and below, so that the direction (a, b) becomes column j; returns its length.
 */
function rotate(j: i32, a: v128, b: v128): v128 {
  const square = f64x2.add(f64x2.mul(a, a), f64x2.mul(b, b));
  const r = f64x2.sqrt(square);
  // Below this squares have lost digits to underflow: the columns are left as they are.
  const some = f64x2.gt(square, f64x2.splat(1e-290));
  const inverse = f64x2.div(f64x2.splat(1.0), v128.bitselect(r, f64x2.splat(1.0), some));
  const cos = v128.bitselect(f64x2.mul(a, inverse), f64x2.splat(1.0), some);
  const sin = v128.and(f64x2.mul(b, inverse), some);
  let at = L + ((<usize>(j * (K + 1) + j)) << 4);
  for (let k = j; k < K; k++) {
    const p = v128.load(at);
    const q = v128.load(at, 16);
    v128.store(at, f64x2.add(f64x2.mul(cos, p), f64x2.mul(sin, q)));
    v128.store(at, f64x2.sub(f64x2.mul(cos, q), f64x2.mul(sin, p)), 16);
    at += (<usize>(K + 1)) << 4;
  }
  return r;
}
