import { describe, expect, it } from 'vitest';
import { activationNumbers, LOSS_NUMBERS, startKernel } from '../../../../src/deep/networks/cpu/kernel.ts';
import { dropoutMask, dropThreshold, LAYER_BLOCKS } from '../../../../src/deep/networks/dropout.ts';
import { losses, pointActivations } from '../../../../src/deep/problem/index.ts';
import { normals, STREAMS } from '../../../../src/random/index.ts';

/* The kernel's functions in single precision against those in double precision. */

/** Small and large arguments of both signs, and zero. */
const ARGUMENTS = Float32Array.from({ length: 4000 }, (_, i) => {
  const size = 10 ** (((i >> 1) % 1000) / 1000) * 10 ** ((i >> 1) % 8) * 1e-7;
  return i === 0 ? 0 : i % 2 ? size : -size;
}).map((x) => (Math.abs(x) > 30 ? x / 10 : x));

describe.each(Object.keys(pointActivations))('%s', (name) => {
  const kernel = startKernel();
  const count = ARGUMENTS.length;
  const [a, h, dg] = [0, 0, 0].map(() => kernel.reserve(4 * count));
  const numbers = (at: number) => new Float32Array(kernel.memory.buffer, at, count);
  numbers(a).set(ARGUMENTS);
  const { kind, slope } = activationNumbers(name);
  const flag = kernel.activate(kind, slope, a, h, dg, count);
  const wanted = pointActivations[name];

  it('is within three units of the last place, of the largest that the function has where it cancels', () => {
    let most = 0;
    let mostSlope = 0;
    ARGUMENTS.forEach((x, i) => {
      const exact = wanted.g(x);
      most = Math.max(most, Math.abs(numbers(h)[i] - exact) / Math.max(Math.abs(exact), 1e-30));
      mostSlope = Math.max(mostSlope, Math.abs(numbers(dg)[i] - wanted.dg(x)));
    });
    // 2⁻²³ is a unit of the last place.
    expect(most).toBeLessThan(3 * 2 ** -23);
    expect(mostSlope).toBeLessThan(3 * 2 ** -23);
  });
  // Where a unit saturates, its slope is small, and yet all that it learns by.
  if (['tanh', 'logistic', 'erf'].includes(name))
    it('has a slope with all its digits where it is small', () => {
      ARGUMENTS.forEach((x, i) => {
        if (Math.abs(x) < 9) expect(Math.abs(numbers(dg)[i] / wanted.dg(x) - 1)).toBeLessThan(1e-5);
      });
    });
  it('notices what is not finite', () => {
    expect(flag).toBe(0);
    for (const odd of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      numbers(a).fill(1);
      numbers(a)[7] = odd;
      expect(kernel.activate(kind, slope, a, h, dg, 16)).toBeNaN();
    }
  });
});

describe.each(Object.keys(LOSS_NUMBERS))('the error of %s', (name) => {
  it.each([1, 3, 10, 16])('with %i outputs', (outputs) => {
    const kernel = startKernel();
    const stride = 64;
    const rows = 50;
    const [z, y, e] = [0, 0, 0].map(() => kernel.reserve(stride * rows));
    const numbers = (at: number) => new Float32Array(kernel.memory.buffer, at, outputs);
    const drawn = new Float64Array(2 * rows * outputs);
    normals(drawn, drawn.length, 1, 0, 0, 0);
    for (let i = 0; i < rows; i++)
      for (let k = 0; k < outputs; k++) {
        numbers(z + i * stride)[k] = 4 * drawn[i * outputs + k];
        numbers(y + i * stride)[k] = drawn[(rows + i) * outputs + k];
      }
    kernel.errors(LOSS_NUMBERS[name as keyof typeof LOSS_NUMBERS], z, y, e, rows, outputs, stride);
    const out = new Float64Array(outputs);
    for (let i = 0; i < rows; i++) {
      losses[name].output(Float64Array.from(numbers(z + i * stride)), out);
      numbers(e + i * stride).forEach((found, k) => {
        expect(Math.abs(found - (out[k] - numbers(y + i * stride)[k]))).toBeLessThan(2e-6);
      });
    }
  });
});

it('drops the units that the definition drops, for any number of them', () => {
  const kernel = startKernel();
  for (const [count, p, seed, step, l] of [
    [1, 0.5, 1, 0, 0],
    [130, 0.3, 7, 12, 1],
    [96, 0.9, 2 ** 40 + 5, 2 ** 31 + 3, 63],
  ]) {
    const to = kernel.reserve(4 * count + 128);
    kernel.dropoutFactors(
      to,
      count,
      step,
      LAYER_BLOCKS * l,
      STREAMS.dropout,
      seed | 0,
      Math.floor(seed / 2 ** 32) | 0,
      dropThreshold(p),
      1 / (1 - p),
    );
    const wanted = new Float64Array(count);
    dropoutMask(wanted, p, seed, step, l);
    expect(new Float32Array(kernel.memory.buffer, to, count)).toEqual(Float32Array.from(wanted));
  }
});
