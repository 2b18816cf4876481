/** log2 e, and ln 2 in two parts, the first with zeros at its end so that its product with a small integer is exact. */
const LOG2E: f32 = <f32>Math.LOG2E;
const LN2_HIGH: f32 = 0.693145751953125;
const LN2_LOW: f32 = 1.4286068203094173e-6;

/** Below it e^x has no normal number. */
const LEAST: f32 = -87.0;

/**
 * e^x of four numbers up to 0, within about a unit of the last place; e^−87 for what is less. x = k ln 2 + r with
 * |r| ≤ ln 2/2, where seven terms of the series leave 6e−9.
 */
export function exp(x: v128): v128 {
  x = f32x4.max(x, f32x4.splat(LEAST));
  const k = f32x4.nearest(f32x4.mul(x, f32x4.splat(LOG2E)));
  const high = f32x4.sub(x, f32x4.mul(k, f32x4.splat(LN2_HIGH)));
  const r = f32x4.sub(high, f32x4.mul(k, f32x4.splat(LN2_LOW)));
  let p = f32x4.add(f32x4.splat(1.0 / 720.0), f32x4.mul(r, f32x4.splat(1.0 / 5040.0)));
  p = f32x4.add(f32x4.splat(1.0 / 120.0), f32x4.mul(r, p));
  p = f32x4.add(f32x4.splat(1.0 / 24.0), f32x4.mul(r, p));
  p = f32x4.add(f32x4.splat(1.0 / 6.0), f32x4.mul(r, p));
  p = f32x4.add(f32x4.splat(0.5), f32x4.mul(r, p));
  const y = f32x4.add(f32x4.splat(1.0), f32x4.add(r, f32x4.mul(f32x4.mul(r, r), p)));
  const power = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(k), i32x4.splat(127)), 23);
  return f32x4.mul(y, power);
}
