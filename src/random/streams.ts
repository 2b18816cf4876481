/**
 * Where every random number lives. A place is (seed, step, student, block, stream), and the four words there are
 *
 *     Threefry4x32-13( counter = (step mod 2^32, student, block, stream + 2^8·⌊step / 2^32⌋),
 *                      key     = (seed mod 2^32, ⌊seed / 2^32⌋, 0, 0) )
 *
 * so every backend finds the same bits whatever the order, the chunks and the threads. A step can exceed 2^32
 * (α = step / N, with N large or α long), so its high part fills the upper 24 bits of the stream word, of which a
 * safe integer needs 21; stream numbers keep the low 8. The map from places to counters is one to one.
 */
import { threefry4x32 } from './threefry.ts';

/**
 * What each stream is for. The numbers are a promise: they are never changed or used again for something else;
 * a new use takes the next free one, up to 255.
 */
export const STREAMS = {
  teacherWeights: 0,
  teacherSecondLayer: 1,
  studentWeights: 2,
  studentSecondLayer: 3,
  feedback: 4,
  inputs: 5,
  labelNoise: 6,
  projectedChiSquare: 7,
  testSet: 8,
  weightAxes: 9,
  runSeeds: 10,
  scalingSeeds: 11,
  plearnSeeds: 12,
  deepWeights: 13,
  deepFeedback: 14,
  deepData: 15,
  gradientTurns: 16,
  exampleOrder: 17,
  dropout: 18,
  bottleneck: 19,
  signSizes: 20,
  rateSeeds: 21,
} as const;

const TWO_32 = 2 ** 32;

/**
 * Writes the four uint32 at a place to out[offset .. offset + 3]. This is the hot loop of every backend on the CPU: it
 * does not check its arguments, whose ranges `checkPlace` states.
 */
export function randomBlock(
  out: Uint32Array,
  offset: number,
  seed: number,
  step: number,
  student: number,
  block: number,
  stream: number,
): void {
  const streamWord = stream + 256 * Math.floor(step / TWO_32);
  threefry4x32(step, student, block, streamWord, seed, Math.floor(seed / TWO_32), out, offset);
}

/** Throws for a place outside the layout, where words would wrap around and two places would silently coincide. */
export function checkPlace(
  caller: string,
  seed: number,
  step: number,
  student: number,
  stream: number,
): void {
  checkInteger(caller, 'seed', seed, Number.MAX_SAFE_INTEGER);
  checkInteger(caller, 'step', step, Number.MAX_SAFE_INTEGER);
  checkInteger(caller, 'student', student, TWO_32 - 1);
  checkInteger(caller, 'stream', stream, 255);
}

/** Refuses anything but an integer from 0 to max. */
export function checkInteger(caller: string, name: string, value: number, max: number): void {
  if (!(Number.isInteger(value) && value >= 0 && value <= max)) {
    throw new RangeError(`${caller}: '${name}' must be an integer from 0 to ${max}, got ${value}`);
  }
}
