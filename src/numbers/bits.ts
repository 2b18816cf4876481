/*
 * A number as a power of two and what is left. Little-endian, as is every machine that runs JavaScript and as
 * WebAssembly always is.
 */

const real = new Float64Array(1);
const words = new Int32Array(real.buffer);

/** The high word of √½, rounded up: sign, exponent and the upper twenty bits of the fraction. */
const ROOT_HALF = 0x3fe6a09f;

/** Below this, numbers are subnormal and have fewer bits. */
export const SMALLEST_NORMAL = 2 ** -1022;

/** The k for which a positive normal number is 2^k·m with m between √½ and √2. */
export function exponentOf(x: number): number {
  real[0] = x;
  return (words[1] - ROOT_HALF) >> 20;
}

const LEAST = -1074;
const powers = new Float64Array(1024 - LEAST);
for (let k = 0; k < 1024; k++) powers[k - LEAST] = k === 0 ? 1 : 2 * powers[k - 1 - LEAST];
for (let k = -1; k >= LEAST; k--) powers[k - LEAST] = powers[k + 1 - LEAST] / 2;

/** 2^k for whole k from −1074 to 1023, from a table: building its bits would keep the processor waiting for memory. */
export function powerOfTwo(k: number): number {
  return powers[k - LEAST];
}
