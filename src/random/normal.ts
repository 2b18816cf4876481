/**
 * Standard normals from random words by the transformation of Box & Muller (1958), "A note on the generation of random
 * normal deviates". It is chosen over rejection because one block is four normals, always: the i-th normal has a fixed
 * place, and a GPU without branches finds the same one.
 *
 * The map is a promise. Words (x0, x1, x2, x3) become
 *
 *     r0·c0, r0·s0, r1·c1, r1·s1,   r0 = √(−2 ln u),   u = (x0 + ½)·2^-32,
 *
 * with (c0, s0) the point of the unit circle that x1 names: its lowest 30 bits are an angle within an eighth turn of
 * the first axis, bit 30 exchanges the axes, and bit 31 is the sign of both. r1, c1, s1 likewise come from (x2, x3).
 *
 * All arithmetic is single precision, each operation rounded to nearest and none fused, with the polynomials below: so
 * every backend on the CPU finds the same normals to the last bit, four in one instruction. They agree with the map in
 * exact arithmetic to 2.6e-7 of themselves, or of r where c or s is small; the mean of r² over all words is 2 to 1e-8.
 *
 * The half keeps u off zero, so the tails end at √(2·33·ln 2) ≈ 6.76, beyond which the normal law leaves 1.3e-11 of its
 * mass.
 */
import { checkPlace, randomBlock } from './streams.ts';

const single = Math.fround;

/** a·b + c, rounded twice. */
const multiplyAdd = (a: number, b: number, c: number): number => single(single(a * b) + c);

/** √½ as the nearest single, by its bits. */
const ROOT_HALF_BITS = 0x3f3504f3;
const FRACTION_BITS = 0x007fffff;

const LN2 = single(Math.LN2);

/** ln(1 + f)/f, from the constant up; by scripts/gpu-coefficients.mjs, relative error 3.4e-8. */
const LOG = [
  1, -0.5, 0.3333391, -0.25001338, 0.19963066, -0.16577588, 0.14914751, -0.14267458, 0.08700439,
].map(single);
const [L0, L1, L2, L3, L4, L5, L6, L7, L8] = LOG;

/** cos and sin(πx/2)/x in x², from the constant up; by the same script, absolute errors 6.7e-9 and 4.1e-9. */
const COS = [1, -1.2337005, 0.25366923, -0.020860288, 0.00090402155].map(single);
const [C0, C1, C2, C3, C4] = COS;
const SIN = [1.5707964, -0.6459648, 0.07968988, -0.004622953].map(single);
const [S0, S1, S2, S3] = SIN;

/** A single and its bits. */
const asSingle = new Float32Array(1);
const asBits = new Int32Array(asSingle.buffer);

/**
 * r from one word. y is the smaller of u and 1 − u, so that each is known to single precision where it is small: in the
 * tail, and next to r = 0. Then ln u = k ln 2 + ln(1 + f), with u = 2^k (1 + f) and 1 + f between √½ and √2; next to r
 * = 0, where k is 0, f is −y.
 */
export function boxMullerRadius(word: number): number {
  const signed = word | 0;
  const y = single(single(single(signed ^ (signed >> 31)) + 0.5) * 2 ** -32);
  asSingle[0] = signed < 0 ? 1 - y : y;
  const excess = asBits[0] - ROOT_HALF_BITS;
  const k = excess >> 23;
  asBits[0] = (excess & FRACTION_BITS) + ROOT_HALF_BITS;
  const f = k === 0 ? -y : single(asSingle[0] - 1);
  let ratio = multiplyAdd(L8, f, L7);
  ratio = multiplyAdd(ratio, f, L6);
  ratio = multiplyAdd(ratio, f, L5);
  ratio = multiplyAdd(ratio, f, L4);
  ratio = multiplyAdd(ratio, f, L3);
  ratio = multiplyAdd(ratio, f, L2);
  ratio = multiplyAdd(ratio, f, L1);
  ratio = multiplyAdd(ratio, f, L0);
  const ln = single(single(k * LN2) + single(f * ratio));
  return single(Math.sqrt(-2 * ln));
}

/**
 * The angle of the point that a word names, in quarter turns from its axis. `along` and `across` give its coordinates
 * along that axis and at right angles to it.
 */
const quarterTurns = (word: number): number => multiplyAdd((word << 2) >> 2, 2 ** -30, 2 ** -31);

function along(x: number): number {
  const q = single(x * x);
  return multiplyAdd(multiplyAdd(multiplyAdd(multiplyAdd(C4, q, C3), q, C2), q, C1), q, C0);
}

function across(x: number): number {
  const q = single(x * x);
  return single(multiplyAdd(multiplyAdd(multiplyAdd(S3, q, S2), q, S1), q, S0) * x);
}

/** The first normal of a radius and a word. */
export function boxMullerFirst(r: number, word: number): number {
  const x = quarterTurns(word);
  return single((word & 0x80000000 ? -r : r) * (word & 0x40000000 ? across(x) : along(x)));
}

/** The second. */
export function boxMullerSecond(r: number, word: number): number {
  const x = quarterTurns(word);
  return single((word & 0x80000000 ? -r : r) * (word & 0x40000000 ? along(x) : across(x)));
}

// Filled before every read and never kept: JavaScript runs one call at a time, so results stay pure.
const words = new Uint32Array(4);
const tail = new Float64Array(4);

/** Writes the four normals of the block out of `words` to out[offset .. offset + 3]. */
export function normalsOfBlock(words: Uint32Array, out: Float64Array, offset: number): void {
  const r0 = boxMullerRadius(words[0]);
  out[offset] = boxMullerFirst(r0, words[1]);
  out[offset + 1] = boxMullerSecond(r0, words[1]);
  const r1 = boxMullerRadius(words[2]);
  out[offset + 2] = boxMullerFirst(r1, words[3]);
  out[offset + 3] = boxMullerSecond(r1, words[3]);
}

/**
 * Fills out[0 .. n - 1] with the standard normals of a place, four from each of the blocks 0, 1, 2, …: out[i] is
 * lane i mod 4 of block ⌊i / 4⌋, whatever n is.
 */
export function normals(
  out: Float64Array,
  n: number,
  seed: number,
  step: number,
  student: number,
  stream: number,
): void {
  checkPlace('normals', seed, step, student, stream);
  if (!(Number.isInteger(n) && n >= 0 && n <= out.length)) {
    throw new RangeError(`normals: 'n' must be an integer from 0 to out.length = ${out.length}, got ${n}`);
  }
  const whole = Math.floor(n / 4);
  for (let block = 0; block < whole; block++) {
    randomBlock(words, 0, seed, step, student, block, stream);
    normalsOfBlock(words, out, 4 * block);
  }
  if (4 * whole < n) {
    randomBlock(words, 0, seed, step, student, whole, stream);
    normalsOfBlock(words, tail, 0);
    for (let i = 4 * whole; i < n; i++) out[i] = tail[i - 4 * whole];
  }
}
