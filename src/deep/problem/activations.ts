import { erf as erfOf, exp } from '../../numbers/index.ts';
import type { ActivationSpec } from './types.ts';

/** A pointwise non-linearity g and its derivative. */
export interface PointActivation {
  g(a: number): number;
  dg(a: number): number;
}

const ROOT_HALF = Math.SQRT1_2;
/** √(2/π). */
const ERF_SLOPE = 0.797_884_560_802_865_4;

const logistic = (a: number): number => {
  const small = exp(-Math.abs(a));
  return a >= 0 ? 1 / (1 + small) : small / (1 + small);
};

/** tanh a = (1 − e^{−2a}) / (1 + e^{−2a}); below 1/8 by its continued fraction, where the difference would cancel. */
function tanh(a: number): number {
  const size = Math.abs(a);
  if (size < 0.125) {
    const q = a * a;
    return a / (1 + q / (3 + q / (5 + q / (7 + q / (9 + q / (11 + q / 13))))));
  }
  const small = exp(-2 * size);
  const value = (1 - small) / (1 + small);
  return a < 0 ? -value : value;
}

/** 1 − tanh²a, where that would cancel: 4s/(1 + s)² with s = e^{−2|a|}. */
function tanhSlope(a: number): number {
  const small = exp(-2 * Math.abs(a));
  return (4 * small) / (1 + small) ** 2;
}

export const leakyRelu = (slope: number): PointActivation => ({
  g: (a) => (a < 0 ? (slope === 0 ? 0 : slope * a) : a),
  dg: (a) => (a > 0 ? 1 : slope),
});

/** Every activation by the name that problem files use; relu'(0) = |·|'(0) = 0. */
export const pointActivations: Readonly<Record<string, PointActivation>> = {
  linear: { g: (a) => a, dg: () => 1 },
  tanh: { g: tanh, dg: tanhSlope },
  relu: leakyRelu(0),
  'leaky-relu': leakyRelu(0.01),
  abs: { g: Math.abs, dg: (a) => Math.sign(a) },
  logistic: { g: logistic, dg: (a) => logistic(a) * logistic(-a) },
  /** erf(a/√2), as in two layers. */
  erf: { g: (a) => erfOf(a * ROOT_HALF), dg: (a) => ERF_SLOPE * exp(-0.5 * a * a) },
  /** a/(1 + e^{−a}). */
  swish: {
    g: (a) => a * logistic(a),
    dg: (a) => logistic(a) * (1 + a * logistic(-a)),
  },
};

/** The activation that a problem names. */
export const activationOf = (spec: ActivationSpec): PointActivation =>
  typeof spec === 'string' ? pointActivations[spec] : leakyRelu(spec['leaky-relu']);
