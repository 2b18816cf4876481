/** What π and π/2 exceed `Math.PI` and `Math.PI / 2` by, by scripts/number-coefficients.mjs. */
const PI_REST = 1.2246467991473532e-16;
const HALF_PI_REST = 6.123233995736766e-17;

/**
 * The angle of the point (x, y), within 2 ulp. With a ≤ b the sizes of the two, t = a/b,
 *
 *     atan t = t + t³·p(t²) for t ≤ 1/2,   atan t = π/4 − atan((b − a)/(b + a)) beyond,
 *
 * p of degree 11 by scripts/number-coefficients.mjs; one division either way.
 */
export function atan2(y: number, x: number): number {
  const width = Math.abs(x);
  const height = Math.abs(y);
  const steep = height > width;
  const a = steep ? width : height;
  const b = steep ? height : width;
  if (!(b > 1e-290 && b < 1e300)) return farAtan2(y, x, b);
  const diagonal = a > 0.5 * b;
  const t = diagonal ? (a - b) / (a + b) : a / b;
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
  const correction = t * q * p;
  // The angle is a multiple of π/4 and t with its sign, in the order that keeps the small terms.
  let angle: number;
  if (x > 0) {
    if (diagonal)
      angle = Math.PI / 4 + ((steep ? -t : t) + ((steep ? -correction : correction) + 0.5 * HALF_PI_REST));
    else angle = steep ? Math.PI / 2 - (t + (correction - HALF_PI_REST)) : t + correction;
  } else if (diagonal)
    angle = steep
      ? Math.PI / 2 + (Math.PI / 4 + (t + (correction + 1.5 * HALF_PI_REST)))
      : Math.PI - (Math.PI / 4 + (t + (correction - 0.75 * PI_REST)));
  else
    angle = steep ? Math.PI / 2 + (t + (correction + HALF_PI_REST)) : Math.PI - (t + (correction - PI_REST));
  return y < 0 || (y === 0 && 1 / y < 0) ? -angle : angle;
}

/** The same where the larger size is zero, infinite, no number, or near the ends of the range. */
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
