import { EigenvalueDecomposition, Matrix } from 'ml-matrix';

/** Nodes and weights of ∫ f(x) e^(−x²/2) dx/√2π, from the Jacobi matrix of the Hermite polynomials (Golub & Welsch 1969). */
export function gaussHermite(n: number): { x: number[]; w: number[] } {
  const jacobi = Matrix.zeros(n, n);
  for (let i = 1; i < n; i++) {
    jacobi.set(i, i - 1, Math.sqrt(i));
    jacobi.set(i - 1, i, Math.sqrt(i));
  }
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(jacobi, {
    assumeSymmetric: true,
  });
  return { x: realEigenvalues, w: realEigenvalues.map((_, i) => eigenvectorMatrix.get(0, i) ** 2) };
}
