import { exp, ln, log1p } from '../../numbers/index.ts';

/** A loss of the outputs a_L of one example; for each of them ∂J/∂a_L is e = output − y. */
export interface Loss {
  /** Writes the outputs f(a) of one example into out. */
  output(a: Float64Array, out: Float64Array): void;
  value(a: Float64Array, y: Float64Array): number;
}

/** ln(1 + e^a). */
const softplus = (a: number): number => Math.max(a, 0) + log1p(exp(-Math.abs(a)));

const largest = (a: Float64Array): number =>
  a.reduce((most, x) => Math.max(most, x), Number.NEGATIVE_INFINITY);

/** Every loss by the name that problem files use. */
export const losses: Readonly<Record<string, Loss>> = {
  /** ½|a − y|². */
  squared: {
    output: (a, out) => out.set(a),
    value: (a, y) => 0.5 * a.reduce((sum, x, j) => sum + (x - y[j]) ** 2, 0),
  },
  /** −Σ y ln softmax(a). */
  'cross-entropy': {
    output(a, out) {
      const most = largest(a);
      let sum = 0;
      for (let j = 0; j < a.length; j++) {
        out[j] = exp(a[j] - most);
        sum += out[j];
      }
      for (let j = 0; j < a.length; j++) out[j] /= sum;
    },
    value(a, y) {
      const most = largest(a);
      const rest = ln(a.reduce((sum, x) => sum + exp(x - most), 0));
      return a.reduce((sum, x, j) => sum + y[j] * (most + rest - x), 0);
    },
  },
  /** −Σ y ln σ(a) + (1 − y) ln(1 − σ(a)). */
  'binary-cross-entropy': {
    output(a, out) {
      for (let j = 0; j < a.length; j++) {
        const small = exp(-Math.abs(a[j]));
        out[j] = a[j] >= 0 ? 1 / (1 + small) : small / (1 + small);
      }
    },
    value: (a, y) => a.reduce((sum, x, j) => sum + softplus(x) - y[j] * x, 0),
  },
};
