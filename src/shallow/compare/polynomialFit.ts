import { inverse, Matrix } from 'ml-matrix';
import { combine, type Estimate, inflate } from '../../numbers/estimate.ts';
import { power } from '../../numbers/index.ts';

/** y = c_0 + c_1 x + c_2 x² + .. through points with errors. */
export interface PolynomialFit {
  /** c_0, c_1, .. */
  coefficients: Estimate[];
  /** The polynomial at x without c_0, the errors of its coefficients taken together. */
  rise(x: number): Estimate;
  chiSquare: number;
  /** Points less coefficients. */
  dof: number;
}

/**
 * Weighted least squares, c = (XᵀWX)⁻¹ XᵀW y with X_ik = x_i^k and W_ii = 1/variance_i. Every coefficient is a sum over
 * the points, and so is every sum of coefficients.
 */
export function polynomialFit(x: readonly number[], y: readonly Estimate[], degree: number): PolynomialFit {
  // In units of the largest x, so that no power is tiny.
  const unit = x.reduce((most, xi) => Math.max(most, Math.abs(xi)), 0);
  const inUnit = (xi: number, k: number): number => power(xi / unit, k);
  const size = degree + 1;
  const heaviest = y.reduce((most, { variance }) => Math.max(most, 1 / variance), 0);
  const weighted = new Matrix(size, x.length);
  const X = new Matrix(x.length, size);
  x.forEach((xi, i) => {
    for (let k = 0; k < size; k++) {
      X.set(i, k, inUnit(xi, k));
      weighted.set(k, i, inUnit(xi, k) / y[i].variance / heaviest);
    }
  });
  const functionals = inverse(weighted.mmul(X)).mmul(weighted);
  const sumOf = (factors: readonly number[]): Estimate =>
    combine(
      y.map((point, i) => [
        factors.reduce((sum, factor, k) => sum + factor * functionals.get(k, i), 0),
        point,
      ]),
    );
  const unitVector = (k: number, length: number): number[] =>
    Array.from({ length: size }, (_, j) => (j === k ? length : 0));
  const inUnits = Array.from({ length: size }, (_, k) => sumOf(unitVector(k, 1)).value);
  return {
    coefficients: inUnits.map((_, k) => sumOf(unitVector(k, power(unit, -k)))),
    rise: (at) => sumOf(Array.from({ length: size }, (_, k) => (k === 0 ? 0 : inUnit(at, k)))),
    chiSquare: y.reduce((sum, { value, variance }, i) => {
      const fitted = inUnits.reduce((total, c, k) => total + c * inUnit(x[i], k), 0);
      return sum + (value - fitted) ** 2 / variance;
    }, 0),
    dof: x.length - size,
  };
}

/**
 * The fit with all errors larger by √(χ²/dof) where that is above 1, as in the tables of the Particle Data Group: what
 * the polynomial cannot follow then moves it by a few of its errors at most, however large it is.
 */
export function widened({ coefficients, rise, chiSquare, dof }: PolynomialFit): PolynomialFit {
  const factor = Math.sqrt(Math.max(1, chiSquare / dof));
  return {
    coefficients: coefficients.map((c) => inflate(c, factor)),
    rise: (x) => inflate(rise(x), factor),
    chiSquare,
    dof,
  };
}
