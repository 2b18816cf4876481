/**
 * ln x for x positive and normal, to a relative error of 1.5e-7, also next to 1. (WGSL's own log may be wrong by
 * 2^-21.)
 *
 * x is 2^k·m with m between √½ and √2, found in its bits: counted from those of √½, the exponent is k and the fraction
 * that of m. Then ln x = k ln 2 + ln(1 + f), where f = m − 1 is exact. ln 2 rounded to single precision is wrong by
 * 3e-9 of itself, so that one part of it is enough.
 *
 * The coefficients are from scripts/gpu-coefficients.mjs, ln(1 + f)/f; relative error 3.4e-8. All polynomials here are
 * written so that each step is one multiply-add, fused or not.
 */
export const logarithm = /* wgsl */ `
const ROOT_HALF_BITS = 0x3f3504f3u;

// k and f, from the bits of x in excess of those of √½.
fn logarithm_parts(excess: u32) -> vec2f {
  let k = f32(bitcast<i32>(excess) >> 23u);
  let m = bitcast<f32>((excess & 0x007fffffu) + ROOT_HALF_BITS);
  return vec2f(k, m - 1.0);
}

// k ln 2 + ln(1 + f).
fn logarithm_of_parts(k: f32, f: f32) -> f32 {
  let high = 0.19963066 + f * (-0.16577588 + f * (0.14914751 + f * (-0.14267458 + f * 0.08700439)));
  let ratio = 1.0 + f * (-0.5 + f * (0.3333391 + f * (-0.25001338 + f * high)));
  return k * 0.6931472 + f * ratio;
}

fn ln(x: f32) -> f32 {
  let parts = logarithm_parts(bitcast<u32>(x) - ROOT_HALF_BITS);
  return logarithm_of_parts(parts.x, parts.y);
}
`;
