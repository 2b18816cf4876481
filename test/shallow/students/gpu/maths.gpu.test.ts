import { afterAll, beforeAll, expect, test } from 'vitest';
import { threefry4x32 } from '../../../../src/random/threefry.ts';
import { erf } from '../../../../src/shallow/gaussian/erf.ts';
import { linear } from '../../../../src/shallow/gaussian/linear.ts';
import { relu } from '../../../../src/shallow/gaussian/relu.ts';
import { type Gpu, openGpu } from '../../../../src/shallow/students/gpu/device.ts';
import { activationWgsl, gaussian } from '../../../../src/shallow/students/gpu/wgsl/activations.ts';
import { logarithm } from '../../../../src/shallow/students/gpu/wgsl/logarithm.ts';
import { logRemainder } from '../../../../src/shallow/students/gpu/wgsl/logRemainder.ts';
import { normals } from '../../../../src/shallow/students/gpu/wgsl/normals.ts';
import { threefry } from '../../../../src/shallow/students/gpu/wgsl/threefry.ts';
import { exactDirection, exactRadius } from '../../../random/exactNormals.ts';
import { describeGpu } from '../../../support/gpu.ts';
import { evaluate } from '../../../support/wgsl.ts';

const ONES = 0xffffffff;

/** Words as random as any. */
const randomWords = new Uint32Array(200_000);
for (let i = 0; i < randomWords.length; i += 4) threefry4x32(i, 0, 0, 0, 7, 11, randomWords, i);

/** Those, and the neighbourhoods of everything that is special about words. */
const words = (() => {
  const rootHalf = 0xb504f334;
  // Eighths of the range, where quarter turns are, and where the radius changes its way.
  const special = Array.from({ length: 8 }, (_, eighth) => eighth * 0x20000000).concat(rootHalf);
  const near = special.flatMap((word) => Array.from({ length: 2000 }, (_, i) => word + i - 1000));
  const powers = Array.from({ length: 32 }, (_, i) => [2 ** i - 1, 2 ** i, 2 ** i + 1, ONES - 2 ** i]).flat();
  return Uint32Array.from([...near, ...powers, ...randomWords]);
})();

/** Every size of number up to `most`, positive and negative, and many evenly between. */
function reals(most: number): Float32Array<ArrayBuffer> {
  const even = Array.from({ length: 100_000 }, (_, i) => most * (i / 50_000 - 1));
  const sizes = Array.from({ length: 20_000 }, (_, i) => most * 2 ** (-i / 200)).flatMap((x) => [x, -x]);
  return Float32Array.from([0, -0, ...even, ...sizes]);
}

/** Expects the errors of all results to be within a bound. NaN is not. */
function expectErrors(inputs: ArrayLike<number>, bound: number, error: (input: number, i: number) => number) {
  let worst = 0;
  let at = 0;
  for (let i = 0; i < inputs.length; i++) {
    const found = error(inputs[i], i);
    if (found <= worst) continue;
    worst = Number.isNaN(found) ? Number.POSITIVE_INFINITY : found;
    at = inputs[i];
  }
  expect(worst, `the worst is at ${at}`).toBeLessThanOrEqual(bound);
}

const relative = (found: number, truth: number) => (found === truth ? 0 : Math.abs((found - truth) / truth));

describeGpu('functions in WGSL', () => {
  let gpu: Gpu;
  beforeAll(async () => {
    gpu = await openGpu({ allowSoftware: true });
  });
  afterAll(() => gpu.close());

  test('threefry gives the known answer of Random123, and the words of src/random, to the bit', async () => {
    const inputs = randomWords.slice();
    // Words with many ones or zeros are where a carry goes missing.
    const hard = [0, 1, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xffff0000, ONES];
    for (let i = 0; i < 80_000; i++) inputs[i] = hard[randomWords[i] >>> 29];
    inputs.fill(0, 0, 8);

    const found = new Uint32Array(
      await evaluate(gpu, threefry, 'vec4u', 'array<vec4u, 2>', 'threefry(x[0], x[1].xy)', inputs),
    );
    // Random123, tests/kat_vectors, "threefry4x32 13" of zeros.
    expect([...found.subarray(0, 4)]).toEqual([0x531c7e4f, 0x39491ee5, 0x2c855a92, 0x3d6abf9a]);
    const truth = new Uint32Array(found.length);
    for (let i = 0; i < found.length; i += 4) {
      const [c0, c1, c2, c3, k0, k1] = inputs.subarray(2 * i);
      threefry4x32(c0, c1, c2, c3, k0, k1, truth, i);
    }
    expect(found).toEqual(truth);
  });

  test('radius is sqrt(-2 ln u), to a relative 3e-7', async () => {
    const r = new Float32Array(await evaluate(gpu, logarithm + normals, 'f32', 'u32', 'radius(x)', words));
    expectErrors(words, 3e-7, (word, i) => relative(r[i], exactRadius(word)));
  });

  test('direction is the promised point of the circle, to 1.5e-7', async () => {
    const found = await evaluate(gpu, logarithm + normals, 'vec2f', 'u32', 'direction(x)', words);
    const direction = new Float32Array(found);
    expectErrors(words, 1.5e-7, (word, i) => Math.abs(direction[2 * i] - exactDirection(word)[0]));
    expectErrors(words, 1.5e-7, (word, i) => Math.abs(direction[2 * i + 1] - exactDirection(word)[1]));
  });

  test('normals come in the order that src/random promises', async () => {
    const found = await evaluate(gpu, logarithm + normals, 'vec4f', 'vec4u', 'normals(x)', randomWords);
    const xs = new Float32Array(found);
    expectErrors(xs, 1e-6, (x, i) => {
      const pair = i & ~1;
      const r = exactRadius(randomWords[pair]);
      return Math.abs(x - r * exactDirection(randomWords[pair + 1])[i - pair]) / Math.max(1, r);
    });
  });

  test('gaussian is exp(-x²/2), to 1e-7 and, up to 9, to a relative 1e-5', async () => {
    for (const most of [10, 3.4e38]) {
      const inputs = reals(most);
      const found = new Float32Array(await evaluate(gpu, gaussian, 'f32', 'f32', 'gaussian(x)', inputs));
      const truth = (x: number) => Math.exp((-x * x) / 2);
      expectErrors(inputs, 1e-7, (x, i) => Math.abs(found[i] - truth(x)));
      expectErrors(inputs, 1e-5, (x, i) => (Math.abs(x) > 9 ? 0 : relative(found[i], truth(x))));
    }
  });

  test.each([erf, linear, relu])('$name: g to a relative 3e-7, g′ to 2e-7', async ({ name, g, dg }) => {
    for (const most of [2, 10, 3.4e38]) {
      const inputs = reals(most);
      const found = await evaluate(gpu, activationWgsl[name], 'vec2f', 'f32', 'activate(x)', inputs);
      const both = new Float32Array(found);
      expectErrors(inputs, 3e-7, (x, i) => relative(both[2 * i], g(x)));
      expectErrors(inputs, 2e-7, (x, i) => Math.abs(both[2 * i + 1] - dg(x)));
      if (name === 'erf') expectErrors(inputs, 1, (_, i) => Math.abs(both[2 * i]));
    }
  });

  test('NaN is not mistaken for a number, nor infinity for NaN', async () => {
    const inputs = Float32Array.of(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY);
    const activations = Object.entries(activationWgsl).map(async ([name, source]) => [
      name,
      [...new Float32Array(await evaluate(gpu, source, 'vec2f', 'f32', 'activate(x)', inputs))],
    ]);
    const { NaN: none, POSITIVE_INFINITY: infinity } = Number;
    expect(Object.fromEntries(await Promise.all(activations))).toEqual({
      erf: [none, none, 1, 0, -1, 0],
      linear: [none, 1, infinity, 1, -infinity, 1],
      relu: [none, 0, infinity, 1, 0, 0],
    });
  });

  test('ln, to a relative 3e-7, also next to 1', async () => {
    const next = Array.from({ length: 20_000 }, (_, i) => 1 + (i - 10_000) * 2 ** -24);
    const between = Array.from({ length: 100_000 }, (_, i) => 0.5 + i / 50_000);
    const sizes = Array.from({ length: 100_000 }, (_, i) => 2 ** (-126 + (253.9 * i) / 100_000));
    const inputs = Float32Array.from([...next, ...between, ...sizes]);
    const found = new Float32Array(await evaluate(gpu, logarithm, 'f32', 'f32', 'ln(x)', inputs));
    expectErrors(inputs, 3e-7, (x, i) => relative(found[i], Math.log(x)));
  });

  test('log_remainder, to a relative 1e-6 of itself or, from ½ on, of 1', async () => {
    const even = Array.from({ length: 100_000 }, (_, i) => 3.5 - (4.5 * i) / 100_000);
    const toMinusOne = Array.from({ length: 20_000 }, (_, i) => -1 + 2 ** ((-24 * i) / 20_000));
    // Below 2^-30 the fourth power is soon too small for single precision.
    const toZero = Array.from({ length: 20_000 }, (_, i) => (-1) ** i * 2 ** ((-30 * i) / 20_000));
    const inputs = Float32Array.from([...even, ...toMinusOne, ...toZero]).filter((t) => t > -1);
    const source = logarithm + logRemainder;
    const found = new Float32Array(await evaluate(gpu, source, 'f32', 'f32', 'log_remainder(x)', inputs));
    expectErrors(inputs, 1e-6, (t, i) => {
      const truth = remainder(t);
      if (Math.abs(t) < 0.5) return relative(found[i], truth);
      return Math.abs(found[i] - truth) / Math.max(1, Math.abs(truth));
    });
  });
});

/** ln(1 + t) − t + t²/2 − t³/3, for small t by its series. */
function remainder(t: number): number {
  if (Math.abs(t) > 0.25) return Math.log1p(t) - t + t ** 2 / 2 - t ** 3 / 3;
  let sum = 0;
  for (let n = 40; n >= 4; n--) sum = sum * t + (n % 2 === 0 ? -1 : 1) / n;
  return sum * t ** 4;
}
