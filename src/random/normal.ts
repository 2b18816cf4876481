/**
 * Standard normals from Philox blocks by the transformation of Box & Muller (1958), "A note on the generation of
 * random normal deviates". It is chosen over rejection because one block is four normals, always: the i-th normal
 * has a fixed place, and a GPU without branches finds the same one.
 *
 * The map is a promise. Words (x0, x1, x2, x3) become
 *
 *     r0·cos φ0, r0·sin φ0, r1·cos φ1, r1·sin φ1,
 *     r0 = sqrt(-2 ln((x0 + ½)·2^-32)),   φ0 = 2π(x1 + ½)·2^-32,   r1, φ1 likewise from (x2, x3).
 *
 * The words are the same bits on every backend; the normals agree to the rounding of its log, sqrt, cos and sin.
 * The half keeps u = (x0 + ½)·2^-32 off zero, so the tails end at sqrt(2·33·ln 2) ≈ 6.76, beyond which the normal
 * law leaves 1.3e-11 of its mass.
 */
import { checkPlace, randomBlock } from './streams.ts';

const TWO_MINUS_32 = 2 ** -32;

/** The radius r of Box & Muller from one word. */
export function boxMullerRadius(word: number): number {
  return Math.sqrt(-2 * Math.log((word + 0.5) * TWO_MINUS_32));
}

/** The angle φ of Box & Muller from one word. */
export function boxMullerAngle(word: number): number {
  return 2 * Math.PI * ((word + 0.5) * TWO_MINUS_32);
}

// Filled before every read and never kept: JavaScript runs one call at a time, so results stay pure.
const words = new Uint32Array(4);
const tail = new Float64Array(4);

/** Writes the four normals of the block out of `words` to out[offset .. offset + 3]. */
export function normalsOfBlock(words: Uint32Array, out: Float64Array, offset: number): void {
  const r0 = boxMullerRadius(words[0]);
  const phi0 = boxMullerAngle(words[1]);
  const r1 = boxMullerRadius(words[2]);
  const phi1 = boxMullerAngle(words[3]);
  out[offset] = r0 * Math.cos(phi0);
  out[offset + 1] = r0 * Math.sin(phi0);
  out[offset + 2] = r1 * Math.cos(phi1);
  out[offset + 3] = r1 * Math.sin(phi1);
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
