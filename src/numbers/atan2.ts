/*
 * The angle of a point (x, y) is a multiple of π/4 plus or minus an angle of at most atan ½. Three tables hold the
 * multiple, the sign of the other angle, and the rounding error of the multiple (scripts/number-coefficients.mjs).
 * Their index is the sum of 1 if |y| > |x|, 2 if the smaller of these is more than half of the larger, and 4 if x < 0.
 */
const MULTIPLE = Float64Array.of(
  0,
  Math.PI / 2,
  Math.PI / 4,
  Math.PI / 4,
  Math.PI,
  Math.PI / 2,
  2.356194490192345,
  2.356194490192345,
);
const SIGN = Float64Array.of(1, -1, 1, -1, -1, 1, -1, 1);
const EXCESS = Float64Array.of(
  0,
  6.123233995736766e-17,
  3.061616997868383e-17,
  3.061616997868383e-17,
  1.2246467991473532e-16,
  6.123233995736766e-17,
  9.184850993605148e-17,
  9.184850993605148e-17,
);

/**
 * The angle of the point (x, y), within 1.6 ulp. With a ≤ b the sizes of the two, t = a/b,
 *
 *     atan t = t + t³·p(t²) for t ≤ 1/2,   atan t = π/4 + atan((a − b)/(a + b)) beyond,
 *
 * p of degree 11 by scripts/number-coefficients.mjs. Tables and factors of 0 and 1 replace branches, which a processor
 * cannot predict for arbitrary angles.
 */
export function atan2(y: number, x: number): number {
  const width = Math.abs(x);
  const height = Math.abs(y);
  const a = Math.min(width, height);
  const b = Math.max(width, height);
  if (!(b > 1e-290 && b < 1e300)) return farAtan2(y, x, b);
  const near = a > 0.5 * b ? 1 : 0;
  const at = (height > width ? 1 : 0) | (near << 1) | (x < 0 ? 4 : 0);
  const t = (a - near * b) / (b + near * a);
  const q = t * t;
  const qq = q * q;
  const q4 = qq * qq;
  const p =
    -0.33333333333333326 +
    0.199999999999916 * q +
    qq * (-0.14285714284106285 + 0.11111110990139533 * q) +
    q4 *
      (-0.09090904370311348 +
        0.07692198451257941 * q +
        qq * (-0.06665052856794013 + 0.058664967492257074 * q) +
        q4 *
          (-0.05157516225552972 +
            0.04283578705573422 * q +
            qq * (-0.02895352123252625 + 0.011152908092096216 * q)));
  const sign = SIGN[at];
  const angle = MULTIPLE[at] + (sign * t + (sign * (t * q * p) + EXCESS[at]));
  return y < 0 || (y === 0 && 1 / y < 0) ? -angle : angle;
}

/** The same where the larger of |x| and |y| is zero, infinite, NaN, or near the ends of the range. */
function farAtan2(y: number, x: number, b: number): number {
  if (b === Number.POSITIVE_INFINITY) {
    const unit = (v: number): number => (Math.abs(v) === b ? Math.sign(v) : Math.sign(v) * 0);
    return atan2(unit(y), unit(x));
  }
  if (b > 0) {
    const scale = b < 1 ? 2 ** 600 : 2 ** -600;
    return atan2(y * scale, x * scale);
  }
  if (!(x === 0 && y === 0)) return Number.NaN;
  return 1 / x > 0 ? y : 1 / y > 0 ? Math.PI : -Math.PI;
}
