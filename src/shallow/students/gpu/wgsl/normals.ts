/**
 * Standard normals from random words by Box & Muller (1958), with the map and the polynomials of src/random/normal.ts,
 * in the same single precision. A GPU may fuse operations, and may round roots and divisions otherwise. `radius` has a
 * relative error of 1.6e-7 for every word, `direction` an absolute one of 8.7e-8 in each component. Use with
 * `logarithm`.
 */
export const normals = /* wgsl */ `
fn radius(word: u32) -> f32 {
  // y is u, or 1 − u where u is the larger, which the first bit of the word says.
  let large = (word & 0x80000000u) != 0u;
  let y = (f32(bitcast<i32>(select(word, ~word, large))) + 0.5) * 0x1p-32;
  let u = select(y, 1.0 - y, large);
  let parts = logarithm_parts(bitcast<u32>(u) - ROOT_HALF_BITS);
  let f = select(parts.y, -y, parts.x == 0.0);
  return sqrt(-2.0 * logarithm_of_parts(parts.x, f));
}

fn direction(word: u32) -> vec2f {
  let x = f32(bitcast<i32>(word << 2u) >> 2u) * 0x1p-30 + 0x1p-31;
  let q = x * x;
  let along = 1.0 + q * (-1.2337005 + q * (0.25366923 + q * (-0.020860288 + q * 0.00090402155)));
  let across = x * (1.5707964 + q * (-0.6459648 + q * (0.07968988 + q * -0.004622953)));
  let one = select(vec2f(along, across), vec2f(across, along), (word & 0x40000000u) != 0u);
  return select(one, -one, (word & 0x80000000u) != 0u);
}

fn normals(words: vec4u) -> vec4f {
  return vec4f(radius(words.x) * direction(words.y), radius(words.z) * direction(words.w));
}
`;
