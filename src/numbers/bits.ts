/*
 * A number as its bits. Little-endian, as is every machine that runs JavaScript and as WebAssembly always is.
 */

const real = new Float64Array(1);
const words = new Int32Array(real.buffer);

/** Sign, exponent and the upper twenty bits of the fraction. */
export function highWord(x: number): number {
  real[0] = x;
  return words[1];
}

/** x with its high word replaced. */
export function withHighWord(x: number, high: number): number {
  real[0] = x;
  words[1] = high;
  return real[0];
}

/** 2^k for k from −1022 to 1023. */
export function powerOfTwo(k: number): number {
  words[0] = 0;
  words[1] = (k + 1023) << 20;
  return real[0];
}

/** The high word of √½, rounded up: a positive number is 2^k·m with m between √½ and √2, and k is read from here. */
export const ROOT_HALF = 0x3fe6a09f;
