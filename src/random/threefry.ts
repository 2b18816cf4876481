/**
 * Threefry4x32-13, the counter-based generator of Salmon, Moraes, Dror & Shaw, "Parallel random numbers: as easy as 1,
 * 2, 3", SC11 (2011): thirteen rounds of additions, rotations and exclusive ors, which mix four 32-bit words under a
 * 128-bit key. It has no state, so any number can be had at any time, by any thread, in any order. It needs no
 * products, which vector units and WGSL have for small integers only: docs/students.md says how it was chosen.
 *
 * The readable version is test/random/readableThreefry.ts; the two are tested equal.
 */

/** The parity word of the key schedule (Skein's constant C240, cut to 32 bits by the authors' Random123). */
const PARITY = 0x1bd11bda;

const rotated = (x: number, by: number): number => (x << by) | (x >>> (32 - by));

/**
 * Writes the four words of the block at `counter` under the key (key0, key1, 0, 0) to out[offset .. offset + 3]. All
 * are uint32. Half the key is zero, so that half the additions of the key schedule fall away.
 */
export function threefry4x32(
  counter0: number,
  counter1: number,
  counter2: number,
  counter3: number,
  key0: number,
  key1: number,
  out: Uint32Array,
  offset: number,
): void {
  const k0 = key0 | 0;
  const k1 = key1 | 0;
  const k4 = PARITY ^ k0 ^ k1;
  let x0 = ((counter0 | 0) + k0) | 0;
  let x1 = ((counter1 | 0) + k1) | 0;
  let x2 = counter2 | 0;
  let x3 = counter3 | 0;

  x0 = (x0 + x1) | 0;
  x1 = rotated(x1, 10) ^ x0;
  x2 = (x2 + x3) | 0;
  x3 = rotated(x3, 26) ^ x2;
  x0 = (x0 + x3) | 0;
  x3 = rotated(x3, 11) ^ x0;
  x2 = (x2 + x1) | 0;
  x1 = rotated(x1, 21) ^ x2;
  x0 = (x0 + x1) | 0;
  x1 = rotated(x1, 13) ^ x0;
  x2 = (x2 + x3) | 0;
  x3 = rotated(x3, 27) ^ x2;
  x0 = (x0 + x3) | 0;
  x3 = rotated(x3, 23) ^ x0;
  x2 = (x2 + x1) | 0;
  x1 = rotated(x1, 5) ^ x2;
  // The key, turned by one word: (k1, 0, 0, k4), and the number of the injection.
  x0 = (x0 + k1) | 0;
  x3 = (x3 + k4 + 1) | 0;

  x0 = (x0 + x1) | 0;
  x1 = rotated(x1, 6) ^ x0;
  x2 = (x2 + x3) | 0;
  x3 = rotated(x3, 20) ^ x2;
  x0 = (x0 + x3) | 0;
  x3 = rotated(x3, 17) ^ x0;
  x2 = (x2 + x1) | 0;
  x1 = rotated(x1, 11) ^ x2;
  x0 = (x0 + x1) | 0;
  x1 = rotated(x1, 25) ^ x0;
  x2 = (x2 + x3) | 0;
  x3 = rotated(x3, 10) ^ x2;
  x0 = (x0 + x3) | 0;
  x3 = rotated(x3, 18) ^ x0;
  x2 = (x2 + x1) | 0;
  x1 = rotated(x1, 20) ^ x2;
  // (0, 0, k4, k0)
  x2 = (x2 + k4) | 0;
  x3 = (x3 + k0 + 2) | 0;

  x0 = (x0 + x1) | 0;
  x1 = rotated(x1, 10) ^ x0;
  x2 = (x2 + x3) | 0;
  x3 = rotated(x3, 26) ^ x2;
  x0 = (x0 + x3) | 0;
  x3 = rotated(x3, 11) ^ x0;
  x2 = (x2 + x1) | 0;
  x1 = rotated(x1, 21) ^ x2;
  x0 = (x0 + x1) | 0;
  x1 = rotated(x1, 13) ^ x0;
  x2 = (x2 + x3) | 0;
  x3 = rotated(x3, 27) ^ x2;
  x0 = (x0 + x3) | 0;
  x3 = rotated(x3, 23) ^ x0;
  x2 = (x2 + x1) | 0;
  x1 = rotated(x1, 5) ^ x2;
  // (0, k4, k0, k1)
  x1 = (x1 + k4) | 0;
  x2 = (x2 + k0) | 0;
  x3 = (x3 + k1 + 3) | 0;

  x0 = (x0 + x1) | 0;
  x1 = rotated(x1, 6) ^ x0;
  x2 = (x2 + x3) | 0;
  x3 = rotated(x3, 20) ^ x2;
  out[offset] = x0;
  out[offset + 1] = x1;
  out[offset + 2] = x2;
  out[offset + 3] = x3;
}
