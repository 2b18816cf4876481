/**
 * Standard normals from random words by Box & Muller (1958), in the order that src/random/normal.ts promises:
 *
 *     r0·cos φ0, r0·sin φ0, r1·cos φ1, r1·sin φ1,
 *     r0 = √(−2 ln((x + ½)·2^-32)),   φ0 = 2π(y + ½)·2^-32,   r1, φ1 likewise from z and w.
 *
 * `radius` has a relative error of 1.6e-7 for every word, `direction` an absolute one of 8.7e-8 in each component. Use with
 * `logarithm`. Sine and cosine, of x quarter turns, are from scripts/gpu-coefficients.mjs, absolute errors 4.1e-9 and 6.7e-9.
 */
export const normals = /* wgsl */ `
fn radius(word: u32) -> f32 {
  // From √½ on, u = (word + ½)·2^-32 is too near to 1 for its rounding to be harmless. There 1 − u, which is
  // (~word + ½)·2^-32 exactly, is what is rounded, and ln u = ln(1 + f) with f = −(1 − u).
  let near_one = word >= 0xb504f334u;
  let y = f32(select(word, ~word, near_one)) + 0.5;
  // The 32 takes the factor 2^-32 off the exponent.
  let parts = logarithm_parts(bitcast<u32>(y) - (ROOT_HALF_BITS + (32u << 23u)));
  let k = select(parts.x, 0.0, near_one);
  let f = select(parts.y, y * -0x1p-32, near_one);
  return sqrt(-2.0 * logarithm_of_parts(k, f));
}

fn direction(word: u32) -> vec2f {
  // The nearest quarter turn is taken off the integer, so that what is left, within an eighth turn, is exact.
  let rest = bitcast<i32>(word << 2u) >> 2u;
  let x = f32(rest) * 0x1p-30 + 0x1p-31;
  let q = x * x;
  let cosine = 1.0 + q * (-1.2337005 + q * (0.25366923 + q * (-0.020860288 + q * 0.00090402155)));
  let sine = x * (1.5707964 + q * (-0.6459648 + q * (0.07968988 + q * -0.004622953)));
  // How many quarter turns they were stands in the first two bits: one, two, or both.
  let turns = word + 0x20000000u;
  let one = select(vec2f(cosine, sine), vec2f(-sine, cosine), (turns & 0x40000000u) != 0u);
  return select(one, -one, (turns & 0x80000000u) != 0u);
}

fn normals(words: vec4u) -> vec4f {
  return vec4f(radius(words.x) * direction(words.y), radius(words.z) * direction(words.w));
}
`;
