/**
 * ln 2 in two parts, by scripts/number-coefficients.mjs. The first has 42 bits: its product with an exponent is exact.
 */
export const LN2_HIGH = 0.6931471805598903;
export const LN2_LOW = 5.497923018708371e-14;
