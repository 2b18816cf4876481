import erf from '@stdlib/math-base-special-erf';
import { expect, it } from 'vitest';
import { leakyRelu, pointActivations } from '../../../src/deep/problem/activations.ts';

const logistic = (a: number): number => 1 / (1 + Math.exp(-a));

/** Each activation by the functions of the engine or of another library, and its derivative. */
const REFERENCES: Record<string, [g: (a: number) => number, dg: (a: number) => number]> = {
  linear: [(a) => a, () => 1],
  tanh: [Math.tanh, (a) => 1 / Math.cosh(a) ** 2],
  relu: [(a) => Math.max(0, a), (a) => (a > 0 ? 1 : 0)],
  'leaky-relu': [(a) => Math.max(0.01 * a, a), (a) => (a > 0 ? 1 : 0.01)],
  abs: [(a) => Math.hypot(a), (a) => (a > 0 ? 1 : -1)],
  logistic: [logistic, (a) => Math.exp(-a) / (1 + Math.exp(-a)) ** 2],
  erf: [(a) => erf(a / Math.SQRT2), (a) => Math.sqrt(2 / Math.PI) * Math.exp(-(a ** 2) / 2)],
  swish: [(a) => a / (1 + Math.exp(-a)), (a) => logistic(a) + (a * Math.exp(-a)) / (1 + Math.exp(-a)) ** 2],
};

const SIZES = [1e-300, 1e-17, 1e-9, 1e-4, 0.03, 0.1249, 0.125, 0.1251, 0.4, 0.9, 1.7, 3, 5.5, 9, 19, 21, 35];
const POINTS = SIZES.flatMap((a) => [-a, a]);

it('every activation has a reference', () => {
  expect(Object.keys(REFERENCES)).toEqual(Object.keys(pointActivations));
});

it.each(Object.entries(REFERENCES))('%s is what other programs find', (name, [g]) => {
  for (const a of POINTS) {
    const error = Math.abs(pointActivations[name].g(a) - g(a));
    expect(error, `g(${a})`).toBeLessThanOrEqual(1e-13 * Math.abs(g(a)));
  }
});

it.each(Object.entries(REFERENCES))('%s has the derivative that other programs find', (name, [, dg]) => {
  for (const a of POINTS) {
    const error = Math.abs(pointActivations[name].dg(a) - dg(a));
    expect(error, `g'(${a})`).toBeLessThanOrEqual(1e-13 * Math.min(1, Math.abs(dg(a))) + 2e-16);
  }
});

it.each(Object.entries(pointActivations))('the derivative of %s is its slope', (_name, { g, dg }) => {
  const h = 1e-3;
  for (const a of POINTS.filter((point) => Math.abs(point) > 0.01)) {
    const slope = (8 * (g(a + h) - g(a - h)) - (g(a + 2 * h) - g(a - 2 * h))) / (12 * h);
    expect(Math.abs(dg(a) - slope), `g'(${a})`).toBeLessThan(3e-12 * Math.max(1, Math.abs(a)));
  }
});

it('at the kink the derivative of relu and of the absolute value is zero', () => {
  for (const name of ['relu', 'abs']) {
    for (const zero of [0, -0]) expect(Math.abs(pointActivations[name].dg(zero)), name).toBe(0);
    expect(pointActivations[name].g(0), name).toBe(0);
  }
});

it('tanh, the logistic function and erf saturate', () => {
  const { tanh, logistic: sigma, erf: erfOf, swish } = pointActivations;
  for (const a of [40, 800, 1e300, Number.POSITIVE_INFINITY]) {
    expect([tanh.g(a), tanh.g(-a), sigma.g(a), erfOf.g(a), erfOf.g(-a)]).toEqual([1, -1, 1, 1, -1]);
    expect(sigma.g(-a)).toBeLessThan(1e-17);
    for (const { dg } of [tanh, sigma, erfOf]) for (const x of [a, -a]) expect(dg(x)).toBeLessThan(1e-17);
  }
  expect([swish.g(800), swish.dg(800), Math.abs(swish.g(-800)), Math.abs(swish.dg(-800))]).toEqual([
    800, 1, 0, 0,
  ]);
});

it('what is not a number stays so', () => {
  const stays = Object.entries(pointActivations).filter(([, { g }]) => Number.isNaN(g(Number.NaN)));
  expect(stays.map(([name]) => name)).toEqual(Object.keys(pointActivations));
});

it('a leaky relu has the slope it is given', () => {
  const { g, dg } = leakyRelu(0.3);
  expect([g(-2), dg(-2), g(2), dg(2)]).toEqual([-0.6, 0.3, 2, 1]);
});
