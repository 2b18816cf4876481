/**
 * Philox4x32-10 of Salmon et al. (SC11, 2011), to the bit that of src/random/philox.ts: ten rounds, each of two products
 * of 64 bits. WGSL has only the low 32 of a product; the high ones are put together from 16-bit halves,
 *
 *     a·b = (a_h·2^16 + a_l)(b_h·2^16 + b_l),
 *
 * where each partial sum below is at most 2^32 − 1 and loses no carry. The two products of a round go side by side.
 */
export const philox = /* wgsl */ `
const PHILOX_FACTORS = vec2u(0xd2511f53u, 0xcd9e8d57u);
const PHILOX_KEY_STEPS = vec2u(0x9e3779b9u, 0xbb67ae85u);

fn high_products(a: vec2u, b: vec2u) -> vec2u {
  let a_low = a & vec2u(0xffffu);
  let a_high = a >> vec2u(16u);
  let b_low = b & vec2u(0xffffu);
  let b_high = b >> vec2u(16u);
  let middle = a_high * b_low + ((a_low * b_low) >> vec2u(16u));
  let carry = a_low * b_high + (middle & vec2u(0xffffu));
  return a_high * b_high + (middle >> vec2u(16u)) + (carry >> vec2u(16u));
}

fn philox(counter: vec4u, key: vec2u) -> vec4u {
  var x = counter;
  var k = key;
  for (var round = 0u; round < 10u; round++) {
    let high = high_products(x.xz, PHILOX_FACTORS);
    let low = x.xz * PHILOX_FACTORS;
    x = vec4u(high.y ^ x.y ^ k.x, low.y, high.x ^ x.w ^ k.y, low.x);
    k += PHILOX_KEY_STEPS;
  }
  return x;
}
`;
