import { EigenvalueDecomposition, Matrix, SingularValueDecomposition } from 'ml-matrix';
import type { DeepCurve } from './curve.ts';

const SMALL = 1e-100;

/** How well conditioned the alignment matrices are; index l − 2 is that of A_l. */
export interface Conditioning {
  /** The largest singular value over the smallest, condition[i][l − 2] at time[i]; infinite for a singular matrix, NaN for zero. */
  condition: number[][];
  /** [real, imaginary] parts, largest modulus first. */
  eigenvalues: [number, number][][][];
}

/**
 * Gradients align as far as the alignment matrices are multiples of the identity (Refinetti et al. 2021, section 2.2):
 * their condition numbers and eigenvalues along a curve. Null where the curve has none.
 */
export function conditioning({ alignmentMatrices }: DeepCurve): Conditioning | null {
  if (alignmentMatrices === null) return null;
  return {
    condition: alignmentMatrices.map((layers) => layers.map(conditionOf)),
    eigenvalues: alignmentMatrices.map((layers) => layers.map(eigenvaluesOf)),
  };
}

export function conditionOf(A: number[][]): number {
  const { diagonal } = new SingularValueDecomposition(new Matrix(A), {
    computeLeftSingularVectors: false,
    computeRightSingularVectors: false,
    autoTranspose: true,
  });
  const largest = Math.max(...diagonal);
  return largest > 0 ? largest / Math.min(...diagonal) : Number.NaN;
}

/** Of A in units of its own size: squares of elements of 1e-200 are no numbers. */
function eigenvaluesOf(A: number[][]): [number, number][] {
  const largest = Math.max(...A.flat().map(Math.abs));
  const unit = largest > 0 && largest < SMALL ? largest : 1;
  const { realEigenvalues, imaginaryEigenvalues } = new EigenvalueDecomposition(
    new Matrix(A.map((row) => row.map((x) => x / unit))),
  );
  const square = ([re, im]: [number, number]): number => re * re + im * im;
  return realEigenvalues
    .map((re, i): [number, number] => [re, imaginaryEigenvalues[i]])
    .sort((a, b) => square(b) - square(a) || b[1] - a[1])
    .map(([re, im]) => [re * unit, im * unit]);
}
