/**
 * The law of inputs x and targets y = T x + noise, the noise independent of x: all that a linear network sees of it.
 * Matrices are rows one after the other.
 */
export interface Law {
  inputs: number;
  outputs: number;
  /** Σ_x. */
  Sigma: Float64Array;
  T: Float64Array;
  /** The covariance of the noise. */
  noise: Float64Array;
}
