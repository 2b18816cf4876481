/**
 * Philox4x32-10, the counter-based generator of Salmon, Moraes, Dror & Shaw, "Parallel random numbers: as easy
 * as 1, 2, 3", SC11 (2011): ten rounds of a bijection of four 32-bit words under a 64-bit key. There is no state
 * to carry, so any number can be had at any time, by any thread, in any order.
 *
 * The readable version, in BigInt, is test/random/readablePhilox.ts; the two are tested equal.
 */

/** The multipliers of the round (SC11, the Philox4x32 of its Random123 library). */
const M0 = 0xd2511f53;
const M1 = 0xcd9e8d57;

/** The Weyl sequence of the keys: the golden ratio and sqrt(3) - 1. */
const W0 = 0x9e3779b9;
const W1 = 0xbb67ae85;

const ROUNDS = 10;

/**
 * The high 32 bits of the 64-bit product a·b. JavaScript has only the low ones (Math.imul), so this multiplies
 * in 16-bit halves; each partial sum below is at most 2^32 - 1 and loses no carry.
 */
function highProduct(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const middle = Math.imul(aHigh, bLow) + (Math.imul(aLow, bLow) >>> 16);
  const carry = Math.imul(aLow, bHigh) + (middle & 0xffff);
  return (Math.imul(aHigh, bHigh) + (middle >>> 16) + (carry >>> 16)) | 0;
}

/** Writes the four words of the block at `counter` under `key` to out[offset .. offset + 3]. All are uint32. */
export function philox4x32(
  counter0: number,
  counter1: number,
  counter2: number,
  counter3: number,
  key0: number,
  key1: number,
  out: Uint32Array,
  offset: number,
): void {
  let x0 = counter0 | 0;
  let x1 = counter1 | 0;
  let x2 = counter2 | 0;
  let x3 = counter3 | 0;
  let k0 = key0 | 0;
  let k1 = key1 | 0;
  for (let round = 0; round < ROUNDS; round++) {
    const high0 = highProduct(M0, x0);
    const high1 = highProduct(M1, x2);
    const low0 = Math.imul(M0, x0);
    const low1 = Math.imul(M1, x2);
    x0 = high1 ^ x1 ^ k0;
    x1 = low1;
    x2 = high0 ^ x3 ^ k1;
    x3 = low0;
    k0 = (k0 + W0) | 0;
    k1 = (k1 + W1) | 0;
  }
  out[offset] = x0;
  out[offset + 1] = x1;
  out[offset + 2] = x2;
  out[offset + 3] = x3;
}
