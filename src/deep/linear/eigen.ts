import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { rowsOf } from '../../numbers/matrix.ts';

/** The eigenvalues of a symmetric n × n matrix, and component i of eigenvector k. */
export function symmetricEigen(
  S: Float64Array,
  n: number,
): { values: number[]; vector: (i: number, k: number) => number } {
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(new Matrix(rowsOf(S, n, n)), {
    assumeSymmetric: true,
  });
  return { values: realEigenvalues, vector: (i, k) => eigenvectorMatrix.get(i, k) };
}
