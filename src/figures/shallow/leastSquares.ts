import { inverse, Matrix } from 'ml-matrix';

/** A number and its standard error. */
export type Measured = { value: number; error: number };

/**
 * y_i = Σ_k c_k f_k(x_i) through points with known errors: c = (XᵀWX)⁻¹ XᵀW y with X_ik = f_k(x_i) and
 * W_ii = 1/error_i², and the errors of c from the diagonal of (XᵀWX)⁻¹.
 */
export function leastSquares(
  x: readonly number[],
  y: readonly Measured[],
  functions: readonly ((x: number) => number)[],
): Measured[] {
  // Columns of size 1, so that no function is tiny beside another.
  const sizes = functions.map((f) => Math.max(...x.map((xi) => Math.abs(f(xi)))));
  const rows = x.map((xi, i) => functions.map((f, k) => f(xi) / sizes[k] / y[i].error));
  const X = new Matrix(rows);
  const covariance = inverse(X.transpose().mmul(X));
  const c = covariance
    .mmul(X.transpose())
    .mmul(Matrix.columnVector(y.map(({ value, error }) => value / error)));
  return sizes.map((size, k) => ({
    value: c.get(k, 0) / size,
    error: Math.sqrt(covariance.get(k, k)) / size,
  }));
}
