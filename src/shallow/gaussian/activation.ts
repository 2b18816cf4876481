/** C, row by row: the covariance of the fields. */
export type Covariance = ArrayLike<ArrayLike<number>>;

/**
 * The sums over the fields that the equations of motion are made of. The first K of the n fields are students;
 * w holds the signed output weights of all n (v, then −A). All arrays are row by row.
 */
export interface FieldSums {
  /** Σ_j w_j I2(k,j): K values. */
  readonly I2: Float64Array;
  /** Σ_j w_j I3(k,b,j): K × n values. */
  readonly I3: Float64Array;
  /** Σ_j Σ_j' w_j w_j' I4(k,l,j,j'): K × K values, symmetric. */
  readonly I4: Float64Array;
  /** J2(k,l): K × K values, symmetric. */
  readonly J2: Float64Array;
}

/**
 * Computes the sums for a covariance C (n × n, row by row) and weights w; allocates nothing. With `diagonalOnly` the
 * sums I4(k,l), k ≠ l, by far the most expensive ones, are skipped.
 */
export type SumKernel = (C: Float64Array, w: Float64Array, out: FieldSums, diagonalOnly?: boolean) => void;

/**
 * What an activation is to the rest of the program: the function, its derivative, the averages over Gaussian
 * local fields that the order-parameter equations need, and the symmetries of its minima.
 *
 * Averages are over zero-mean Gaussian fields x with covariance C; the arguments a, b, c, d are indices into C
 * and may repeat.
 */
export interface Activation {
  readonly name: string;
  /** The activation itself. */
  g(x: number): number;
  /** The derivative g'. */
  dg(x: number): number;
  /** E g(x_a) g(x_b). */
  I2(C: Covariance, a: number, b: number): number;
  /** E g'(x_a) x_b g(x_c). */
  I3(C: Covariance, a: number, b: number, c: number): number;
  /** E g'(x_a) g'(x_b) g(x_c) g(x_d). */
  I4(C: Covariance, a: number, b: number, c: number, d: number): number;
  /** E g'(x_a) g'(x_b). */
  J2(C: Covariance, a: number, b: number): number;
  /** The fast sums for K students among n fields. Tested equal to `readableSums`, built from I2, I3, I4, J2. */
  sumKernel(n: number, K: number): SumKernel;
  /** What can be done to a hidden unit and its output weight without changing the network's output. */
  readonly symmetry: {
    /** g(−x) = −g(x): both weights may change sign. */
    readonly signFlip: boolean;
    /** g(cx) = c g(x) for c > 0: the input weights may be scaled, the output weight unscaled. */
    readonly rescaling: boolean;
  };
  /** g' is continuous at 0, so a unit with zero weights has a well-defined motion. */
  readonly smoothAtZero: boolean;
}

export function emptySums(n: number, K: number): FieldSums {
  return {
    I2: new Float64Array(K),
    I3: new Float64Array(K * n),
    I4: new Float64Array(K * K),
    J2: new Float64Array(K * K),
  };
}
